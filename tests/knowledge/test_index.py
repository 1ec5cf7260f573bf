"""The lookup tables hold what the phrasings hold, and the search finds by them what a plain count would."""

from __future__ import annotations

import marshal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import words
from knowledge.features import feature_of, idea, pairs
from knowledge.index import Index
from knowledge.likeness import Likeness
from knowledge.question import Word
from knowledge.search import Search
from knowledge.tables import FIRMLY, Tables, pair_key
from tests import worlds

SEARCH = worlds.services().search
INDEX = SEARCH.index
PHRASINGS = len(INDEX.built.masses)

some_phrasing = st.integers(0, PHRASINGS - 1)
some_words = st.lists(
    some_phrasing.map(INDEX.phrasing).flatmap(lambda phrasing: st.sampled_from(phrasing[2].split())),
    min_size=1,
    max_size=9,
).map(" ".join)


def features(number: int) -> list[tuple[str, ...]]:
    """The features of each word of a phrasing, read from its text."""
    _, language, text = INDEX.phrasing(number)
    stems = [feature_of(token, language) for token in words.tokens(text)]
    return [(stem, *INDEX.concepts.get(stem, ())) for stem in stems]


def holds(number: int, feature: str) -> bool:
    """Whether the tables say that a phrasing holds a feature."""
    owner = INDEX.phrasing(number)[0]
    place = INDEX.phrasings(owner).index(number)
    return any(bits >> place & 1 for _, bits in INDEX.holding(feature, (owner,)))


def test_tables_come_back_from_a_file_as_they_were() -> None:
    read = marshal.loads(marshal.dumps(INDEX.built.plain()))  # noqa: S302 - written a moment ago
    assert Tables.of(read) == INDEX.built


@pytest.mark.parametrize("broken", [(), (1, 2), "text", (*INDEX.built.plain()[:-1],)])
def test_what_is_no_table_is_refused(broken: tuple[object, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Tables.of(broken)


@given(some_phrasing, some_phrasing)
def test_a_phrasing_holds_its_own_features_and_no_others(number: int, other: int) -> None:
    own = {feature for found in features(number) for feature in found}
    foreign = {feature for found in features(other) for feature in found} - own
    assert all(holds(number, feature) for feature in own)
    assert not any(holds(number, feature) for feature in foreign)


@given(some_phrasing)
def test_a_feature_belongs_to_an_entry_as_firmly_as_it_is_often_there(number: int) -> None:
    owner = INDEX.phrasing(number)[0]
    for found in features(number):
        held = sum(bits.bit_count() for _, bits in INDEX.holding(found[0], (owner,)))
        assert INDEX.firmly(found[0])[owner] == FIRMLY[min(held, len(FIRMLY) - 1)]
        everywhere = INDEX.holding(found[0], range(len(INDEX.entries)))
        assert INDEX.frequency(found[0]) == sum(bits.bit_count() for _, bits in everywhere)


@given(some_phrasing)
def test_neighbouring_ideas_lead_to_their_entry_in_either_order(number: int) -> None:
    owner = INDEX.phrasing(number)[0]
    for one, other in pairs([idea(found) for found in features(number)]):
        assert owner in dict(INDEX.neighbours((one, other)))
        assert INDEX.neighbours((one, other)) == INDEX.neighbours((other, one))


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_two_features_make_one_figure_and_the_figure_tells_them(one: int, other: int) -> None:
    assert divmod(pair_key(one, other), 2**32) == (min(one, other), max(one, other))


def test_the_phrasings_of_an_entry_stand_together_the_lightest_first() -> None:
    for entry in range(len(INDEX.entries)):
        numbers = INDEX.phrasings(entry)
        masses = [INDEX.built.masses[number] for number in numbers]
        assert masses == sorted(masses)
        assert {INDEX.phrasing(number)[0] for number in numbers} == {entry}


def test_of_what_nobody_typed_nothing_is_known() -> None:
    assert not INDEX.knows("qzxwvk")
    assert INDEX.firmly("qzxwvk") == {}
    assert [*INDEX.holding("qzxwvk", (0, 1))] == []
    assert INDEX.frequency("qzxwvk") == 0
    assert INDEX.neighbours(("qzxwvk", "qzxwvk")) == ()


@settings(deadline=None)
@given(some_words)
def test_the_nearest_phrasing_is_the_one_that_a_look_at_each_would_find(question: str) -> None:
    read = SEARCH.read(question)
    asked = sum(word.weight for word in read) or 1.0
    for entry, (likeness, number) in Likeness(INDEX, SEARCH.tuning, read, asked).nearest(range(40)).items():
        each = {number: _likeness(read, asked, number) for number in INDEX.phrasings(entry)}
        assert likeness == pytest.approx(max(each.values()))
        assert likeness == pytest.approx(each[number])


def _likeness(read: tuple[Word, ...], asked: float, number: int) -> float:
    held = {feature for found in features(number) for feature in found}
    mass = sum(
        next((strength * word.weight for feature, strength in word.features if feature in held), 0.0)
        for word in read
    )
    side = SEARCH.tuning.question_side
    return mass / (side * asked + (1 - side) * max(INDEX.built.masses[number], mass))


@settings(deadline=None, max_examples=25)
@given(some_words)
def test_a_search_on_kept_tables_finds_the_same(question: str) -> None:
    kept = Search(worlds.knowledge(), built=Tables.of(INDEX.built.plain()))
    assert kept.find(question) == SEARCH.find(question)
    assert isinstance(kept.index, Index)
