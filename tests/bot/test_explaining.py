"""`ask --explain` shows the steps of the search and where to change them."""

import re

import pytest

from bot import explaining
from bot.settings import Settings
from handlers.context import Services
from knowledge.explain import explain
from knowledge.index import Index
from tests import worlds

ASKED = ("cik naudas var dabūt", "how much monney can we get", "кто подаёт")


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(worlds.knowledge())


def shown(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], question: str
) -> str:
    monkeypatch.setattr(explaining, "build_services", lambda clock: services)
    explaining.explain(Settings(), question, None)
    return capsys.readouterr().out


@pytest.mark.parametrize("question", ASKED)
def test_the_parts_make_the_score_of_the_search(services: Services, index: Index, question: str) -> None:
    found = explain(question, services.search, index)
    assert found.outcome == services.search.find(question)
    for parts in found.candidates:
        assert 0 <= parts.phrasing <= 1
        assert 0 <= parts.entry <= 1
        assert parts.candidate.score == pytest.approx(parts.together + parts.rest, abs=0.001)
        assert abs(parts.rest) < 0.25, "the formula of search.py changed: follow it"


def test_a_phrasing_asked_as_written_is_its_own_likeness(services: Services, index: Index) -> None:
    best = explain("cik naudas var dabūt", services.search, index).candidates[0]
    assert (best.candidate.phrasing, best.phrasing) == ("cik naudas var dabūt", 1.0)


def test_a_misspelt_word_and_an_unknown_one_are_marked(services: Services, index: Index) -> None:
    read = {word.text: word for word in explain("kads ir projetks qzxwvk", services.search, index).words}
    assert read["projetks"].repaired
    assert not read["kads"].repaired
    assert not read["qzxwvk"].known


def test_the_steps_name_words_candidates_thresholds_outcome_and_lines(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(services, monkeypatch, capsys, "cik naudas var dabut")
    assert re.search(r"naudas +\d\.\d\d  naud 1\.00", said)
    assert re.search(r"grant-ceiling \(answer\): phrasing .*knowledge/data/entries/money\.yaml:\d+", said)
    assert re.search(r"nearest: “cik naudas var dabūt”  knowledge/data/entries/money\.yaml:\d+", said)
    assert "Thresholds: alone" in said
    assert "Outcome of the search: answer" in said
    assert "Reply: answer, grant-ceiling, score" in said
    assert "450" in said


def test_a_question_nobody_knows_and_an_empty_one_are_explained_too(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "unknown: no phrasing holds it" in shown(services, monkeypatch, capsys, "qzxwvk jjgghh")
    assert "Outcome of the search: fallback" in shown(services, monkeypatch, capsys, "😀")
