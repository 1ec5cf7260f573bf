"""The measuring of `make bench`, on questions and phrasings made for it."""

import pytest

from benchmarks.judge import Judge, Totals, Verdict, best_threshold, strict_at, totals
from benchmarks.measure import phrasings_of, typos
from benchmarks.peers import ENGINES
from benchmarks.tenfold import enlarged
from bot.questionset import Question
from handlers.context import Services
from knowledge.entry import phrasings
from knowledge.load import Knowledge
from tests import worlds

PHRASINGS = [
    ("money", "lv", "cik daudz naudas var dabūt"),
    ("money", "en", "how much money can we get"),
    ("partners", "lv", "cik partneru vajag"),
    ("partners", "ru", "сколько нужно партнёров"),
]


def question(**more: object) -> Question:
    return Question.model_validate({"id": "t-1", "q": "cik naudas?", "lang": "lv"} | more)


def inside(score: float, *, right: bool) -> Verdict:
    return Verdict(question(must=["x"]), score, right=right, answers=True)


def outside(score: float) -> Verdict:
    return Verdict(question(), score, right=False, answers=True)


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "ka2bot"])
def test_every_peer_finds_a_phrasing_typed_without_diacritics(name: str) -> None:
    if name.startswith("bm25s"):
        pytest.importorskip("bm25s")
    if name == "char n-grams":
        pytest.importorskip("sklearn")
    engine = ENGINES[name]()
    engine.build(worlds.knowledge(), PHRASINGS)
    assert engine.best("cik daudz naudas var dabut?")[0] == "money"
    assert engine.best("Сколько нужно партнеров")[0] == "partners"
    assert engine.best("😀")[1] <= engine.best("how much money")[1]


def test_our_search_takes_part_with_the_confidence_in_its_first_candidate() -> None:
    engine = ENGINES["ka2bot"]()
    engine.build(worlds.knowledge(), [])
    entry, score = engine.best("cik naudas var dabūt")
    assert entry == "grant-ceiling"
    assert 0.9 < score <= 1
    assert engine.best("jjgghh zzkk")[1] < 0.2


def test_our_rate_beside_a_peers_is_that_with_no_more_wrong_and_false_answers() -> None:
    ours = [inside(0.9, right=True), inside(0.8, right=False), outside(0.7), inside(0.6, right=True)]
    third = 1 / 3
    assert strict_at(ours, Totals(0.1, 0.0, 0.0)) == pytest.approx(third)
    assert strict_at(ours, Totals(0.1, 0.5, 0.5)) == pytest.approx(third)
    assert strict_at(ours, Totals(0.1, 0.5, 1.0)) == pytest.approx(2 * third)
    assert strict_at([inside(0.9, right=False)], Totals(0.1, 0.0, 0.0)) == 0.0


def test_the_best_threshold_weighs_a_wrong_answer_five_times() -> None:
    verdicts = [inside(0.9, right=True), outside(0.8), *(inside(0.7, right=True) for _ in range(4))]
    assert best_threshold(verdicts) == 0.9
    assert best_threshold([*verdicts, *(inside(0.6, right=True) for _ in range(4))]) == 0.6
    assert best_threshold([inside(0.5, right=False)]) == float("inf")


def test_finds_of_one_score_are_shown_all_or_none() -> None:
    tied = [inside(0.9, right=True), *(inside(0.9, right=False) for _ in range(2))]
    assert best_threshold(tied) == float("inf")


def test_rates_count_what_is_shown() -> None:
    verdicts = [inside(0.9, right=True), inside(0.8, right=False), inside(0.2, right=True), outside(0.9)]
    reached = totals(verdicts, 0.5)
    assert (round(reached.strict, 3), round(reached.wrong, 3), reached.false) == (0.333, 0.333, 1.0)
    assert totals(verdicts, 0.95).false == 0.0


def test_a_find_is_judged_by_its_text_and_kind(services: Services) -> None:
    judge = Judge(services)
    asked = question(must=["450.?000"])
    assert judge.verdict(asked, "grant-ceiling", 0.5).right
    assert not judge.verdict(asked, "duration", 0.5).right
    assert not judge.verdict(asked, None, 0.0).answers
    assert judge.verdict(question(), "youth-field", 0.5).right, "a redirect tells nothing wrong"
    assert judge.verdict(question(), "duration", 0.5).answers


def test_ten_times_the_entries_have_ten_times_the_phrasings() -> None:
    knowledge = worlds.knowledge()
    large = enlarged(knowledge, 3)
    assert len(large.entries) == 3 * len(knowledge.entries)
    assert len(phrasings_of(large)) == 3 * len(phrasings_of(knowledge))
    assert _lengths(large)[: len(knowledge.entries)] == _lengths(large)[-len(knowledge.entries) :]
    assert enlarged(knowledge, 2).entries.keys() <= large.entries.keys()


def _lengths(knowledge: Knowledge) -> list[list[int]]:
    return [[len(line.split()) for line in phrasings(e.lv.asks)] for e in knowledge.entries.values()]


def test_the_flood_of_typos_is_as_long_as_a_message_may_be() -> None:
    made = typos()
    assert len(made) == 4096
    assert len(set(made.split())) > 20
