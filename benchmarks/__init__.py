"""`make bench`: the search beside others on the same phrasings and questions; never shipped."""
