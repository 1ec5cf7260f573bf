"""One module a step. A step only adds, so that replicas of the version before go on working."""
