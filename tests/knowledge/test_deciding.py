"""What the search makes of scored candidates: one answer, two, a redirect first, topics, or nothing."""

from __future__ import annotations

import pytest

from knowledge.deciding import Candidate, Outcome
from knowledge.search import Search
from knowledge.tuning import Tuning
from tests import worlds

QUESTION = "cik partneru vajag"
FOREIGN = "cik ilgi jācep pankūkas"
"""With a word that only redirects know."""
OURS, OURS_TOO, NOT_OURS = "duration", "start-dates", "outside-everyday"


@pytest.fixture
def search() -> Search:
    return Search(worlds.knowledge(), built=worlds.services().search.index.built)


def decided(
    search: Search, monkeypatch: pytest.MonkeyPatch, question: str = QUESTION, **scores: float
) -> Outcome:
    """The outcome if these entries (`_` for `-`) had come out with these scores, best first."""
    found = tuple(Candidate(name.replace("_", "-"), score, "x", "lv") for name, score in scores.items())
    monkeypatch.setattr(search, "_rank", lambda *_: found)
    return search.find(question)


def test_a_likely_entry_far_ahead_answers_alone(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = decided(search, monkeypatch, duration=0.9, start_dates=0.4)
    assert (outcome.kind, outcome.candidates[0].entry, outcome.second) == ("answer", OURS, None)
    assert outcome.confidence >= search.tuning.alone


def test_of_two_close_entries_the_second_stands_beside_the_first(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(search, monkeypatch, duration=0.7, start_dates=0.65, outside_everyday=0.3)
    assert (outcome.kind, outcome.candidates[0].entry) == ("answer", OURS)
    assert outcome.second is not None
    assert outcome.second.entry == OURS_TOO


def test_a_redirect_close_behind_an_unsure_answer_stands_before_it(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(search, monkeypatch, FOREIGN, duration=0.7, outside_everyday=0.65, start_dates=0.3)
    assert (outcome.kind, outcome.candidates[0].entry) == ("redirect", NOT_OURS)
    assert outcome.second is not None
    assert outcome.second.entry == OURS
    assert [c.entry for c in outcome.candidates] == [NOT_OURS, OURS, OURS_TOO]


def test_a_redirect_close_behind_stays_behind_where_every_word_is_rather_ours(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(search, monkeypatch, duration=0.7, outside_everyday=0.65, start_dates=0.3)
    assert (outcome.kind, outcome.candidates[0].entry) == ("answer", OURS)
    assert outcome.second is not None
    assert outcome.second.entry == NOT_OURS


def test_a_redirect_well_behind_stays_behind(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    behind = 0.7 * (Tuning().not_ours - 0.01)
    outcome = decided(search, monkeypatch, FOREIGN, duration=0.7, outside_everyday=behind, start_dates=0.3)
    assert (outcome.kind, outcome.candidates[0].entry) == ("answer", OURS)


def test_a_redirect_close_behind_changes_nothing_where_no_entry_is_likely(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(search, monkeypatch, FOREIGN, duration=0.35, outside_everyday=0.34, start_dates=0.34)
    assert (outcome.kind, outcome.candidates[0].entry, outcome.second) == ("choices", OURS, None)


@pytest.mark.parametrize("score", [0.0, 0.1, Tuning().hint - 0.01])
def test_hardly_any_likeness_is_not_known(
    search: Search, monkeypatch: pytest.MonkeyPatch, score: float
) -> None:
    assert decided(search, monkeypatch, duration=score).kind == "fallback"


def test_nothing_found_is_not_known(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = decided(search, monkeypatch)
    assert (outcome.kind, outcome.candidates, outcome.confidence) == ("fallback", (), 0.0)


def test_a_second_redirect_gives_way_to_an_answer_as_near(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(
        search,
        monkeypatch,
        FOREIGN,
        other_programmes=0.6,
        outside_everyday=0.58,
        duration=0.56,
        travel_bands=0.3,
    )
    assert outcome.kind == "redirect"
    assert outcome.second is not None
    assert outcome.second.entry == OURS


def test_beside_an_answer_a_redirect_without_a_word_of_its_own_gives_way_to_the_next(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = decided(search, monkeypatch, duration=0.7, outside_everyday=0.6, start_dates=0.58)
    assert outcome.second is not None
    assert outcome.second.entry == OURS_TOO


def test_switzerland_typed_without_diacritics_is_no_greeting() -> None:
    assert worlds.services().search.find("un Sveice?").candidates[0].entry == "switzerland"
