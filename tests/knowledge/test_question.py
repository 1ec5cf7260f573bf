"""Words of a question as the search weighs them."""

from __future__ import annotations

import pytest

from tests import worlds


def features(question: str) -> dict[str, frozenset[str]]:
    """Each word and what it counts as."""
    read = worlds.services().search.read(question)
    return {word.text: frozenset(feature for feature, _ in word.features) for word in read}


@pytest.mark.parametrize(
    "question",
    ["do we have to cover al the priorities", "vai mums jāaizpilda al prioritātes", "is teh project ours"],
)
def test_a_latvian_or_english_message_holds_no_russian_in_latin_letters(question: str) -> None:
    assert not [f for read in features(question).values() for f in read if "ru:" in f]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("kakoj srok podachi", "podachi"),
        ("srok podachi", "podachi"),
        ("какой срок подачи for adults", "podachi"),
        ("skolko deneg dajut", "deneg"),
    ],
)
def test_a_message_that_may_be_russian_is_read_as_russian_in_either_script(question: str, word: str) -> None:
    assert any("ru:" in feature for feature in features(question)[word])


@pytest.mark.parametrize("question", ["register a new company for KA2", "register a new company for KA203"])
def test_who_names_our_action_is_rather_not_sent_where_it_is_never_mentioned(question: str) -> None:
    search = worlds.services().search
    elsewhere = search.index.entries.index("outside-companies-law")
    answer = search.index.entries.index("oid-pic")
    factors = search._factors(question, search.read(question), (elsewhere, answer))
    assert factors[elsewhere] == search.tuning.elsewhere
    assert factors[answer] >= 1
    assert search._factors("register a company", search.read("register a company"), (elsewhere,)) == {}
