"""The rules of the quiz: both sides of every limit, every option, and another call's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.answersheet import Answers, Value
from knowledge.call import Call
from knowledge.eligibility import Judged, judge
from knowledge.facts.conditions import Consortium, Duration, Window
from knowledge.facts.money import Grant
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES, SECTORS, Language, Sector
from knowledge.quiz import next_step, offers, options_shown, step_back
from knowledge.render import Renderer
from tests.handlers.check_turns import packaged

CODES: dict[Sector, str] = {"school": "S", "vet": "V", "he": "H", "adult": "A"}

GOOD: dict[str, Value] = {
    "role": "L",
    "sector": "S",
    "type": "I",
    "organisations": 3,
    "countries": 3,
    "duration": 24,
    "start": date(2020, 10, 1),
    "grant": "Y",
    "priority": "H",
    "elsewhere": "N",
    "venue": "C",
}


def answers(**changes: Value) -> Answers:
    return Answers(tuple({**GOOD, **changes}.items()))


def verdicts(given: Answers, call: Call | None = None) -> dict[str, str]:
    knowledge = packaged()
    call = call or knowledge.call
    return {each.rule: each.verdict for each in judge(knowledge.checks[call.id], call, given)}


def judged(rule: str, given: Answers) -> Judged:
    knowledge = packaged()
    found = judge(knowledge.checks[knowledge.call.id], knowledge.call, given)
    return next(each for each in found if each.rule == rule)


def said(rule: str, given: Answers, language: Language = "en") -> str:
    one = judged(rule, given)
    renderer = Renderer(packaged())
    texts = [one.says, *([one.then] if one.then else [])]
    return " ".join(renderer.render(t.to(language), language, one.values).html for t in texts).replace(
        "\xa0", " "
    )


def test_a_project_within_all_limits_meets_every_rule() -> None:
    found = verdicts(answers())
    assert set(found.values()) == {"met"}
    assert len(found) == len(packaged().checks["ka2-2020"].rules)


@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize(("beyond", "verdict"), [(-1, "not_met"), (0, "met"), (1, "met")])
def test_the_shortest_duration_of_each_sector(sector: Sector, beyond: int, verdict: str) -> None:
    months = packaged().call.duration.of(sector).min_months + beyond
    assert verdicts(answers(sector=CODES[sector], duration=months))["duration"] == verdict


@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize(("beyond", "verdict"), [(-1, "met"), (0, "met"), (1, "not_met")])
def test_the_longest_duration_of_each_sector(sector: Sector, beyond: int, verdict: str) -> None:
    months = packaged().call.duration.of(sector).max_months + beyond
    assert verdicts(answers(sector=CODES[sector], duration=months))["duration"] == verdict


def test_eighteen_months_are_enough_for_schools_but_not_for_universities() -> None:
    assert verdicts(answers(duration=18))["duration"] == "met"
    assert verdicts(answers(sector="H", duration=18))["duration"] == "not_met"
    assert "24–36" in said("duration", answers(sector="H", duration=18))


def test_without_a_sector_a_duration_that_only_some_allow_is_unclear() -> None:
    assert verdicts(answers(sector="U", duration=18))["duration"] == "unclear"
    assert verdicts(answers(sector="U", duration=24))["duration"] == "met"
    assert verdicts(answers(sector="U", duration=6))["duration"] == "not_met"
    assert verdicts(answers(sector="U", duration=48))["duration"] == "not_met"
    assert "higher" not in said("duration", answers(sector="U", duration=18))


@pytest.mark.parametrize(("code", "verdict"), [("S", "not_met"), ("L", "not_met"), ("U", "unclear")])
def test_durations_that_are_not_named(code: str, verdict: str) -> None:
    assert verdicts(answers(duration=code))["duration"] == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [(1, "not_met"), (2, "not_met"), (3, "met"), (4, "met"), (99, "met"), ("M", "met"), ("U", "unclear")],
)
def test_organisations(given: Value, verdict: str) -> None:
    assert verdicts(answers(organisations=given, countries=1))["organisations"] == verdict


@pytest.mark.parametrize(
    ("given", "verdict"), [(1, "not_met"), (2, "not_met"), (3, "met"), ("M", "met"), ("U", "unclear")]
)
def test_countries(given: Value, verdict: str) -> None:
    assert verdicts(answers(countries=given))["countries"] == verdict


def test_there_cannot_be_more_countries_than_organisations() -> None:
    assert verdicts(answers(organisations=3, countries=4))["countries"] == "not_met"
    assert verdicts(answers(organisations="M", countries=12))["countries"] == "met"
    assert verdicts(answers(organisations="U", countries=4))["countries"] == "met"
    assert "than organisations" in said("countries", answers(organisations=3, countries=4))


def test_two_schools_hear_of_the_school_exchange_and_nobody_else_does() -> None:
    assert "KA229" in said("organisations", answers(organisations=2))
    assert "KA229" not in said("organisations", answers(organisations=1))
    assert "KA229" not in said("organisations", answers(organisations=2, sector="V"))


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2020, 8, 31), "not_met"),
        (date(2020, 9, 1), "met"),
        (date(2020, 12, 31), "met"),
        (date(2021, 1, 1), "not_met"),
        ("E", "not_met"),
        ("L", "not_met"),
        ("U", "unclear"),
    ],
)
def test_the_start(day: Value, verdict: str) -> None:
    assert verdicts(answers(start=day))["start"] == verdict


@pytest.mark.parametrize(
    ("months", "amount", "verdict"),
    [
        (24, 300_000, "met"),
        (24, 300_001, "not_met"),
        (36, 450_000, "met"),
        (36, 450_001, "not_met"),
        (48, 450_000, "met"),  # the total holds, too long though the project is
        (12, 150_000, "met"),
        (12, 150_001, "not_met"),
        ("U", 150_000, "met"),
        ("U", 150_001, "unclear"),
        ("U", 450_000, "unclear"),
        ("U", 450_001, "not_met"),
        ("S", 150_001, "not_met"),
        ("L", 450_000, "met"),
        (24, "Y", "met"),
        (24, "N", "not_met"),
        (24, "U", "unclear"),
        ("U", "Y", "met"),
    ],
)
def test_the_grant(months: Value, amount: Value, verdict: str) -> None:
    assert verdicts(answers(duration=months, grant=amount))["grant"] == verdict


def test_an_open_duration_says_how_long_a_sum_would_take() -> None:
    assert "at least 13 months" in said("grant", answers(duration="U", grant=150_001))


@pytest.mark.parametrize(
    ("sector", "code", "verdict"),
    [
        *((code, "I", "met") for code in "SVHAU"),
        *((code, "E", "met") for code in "SVA"),
        ("H", "E", "not_met"),
        ("U", "E", "unclear"),
        *((code, "U", "unclear") for code in "SVHAU"),
    ],
)
def test_project_types(sector: str, code: str, verdict: str) -> None:
    assert verdicts(answers(sector=sector, type=code))["type"] == verdict


@pytest.mark.parametrize(
    ("step", "rule", "expected"),
    [
        ("role", "applicant", {"L": "met", "P": "not_met", "N": "not_met", "I": "not_met"}),
        ("sector", "sector", {**dict.fromkeys("SVHA", "met"), "Y": "not_met", "U": "unclear"}),
        ("priority", "priority", {**dict.fromkeys("HSB", "met"), "N": "not_met", "U": "unclear"}),
        ("elsewhere", "applications", {"N": "met", "Y": "not_met", "U": "unclear"}),
        ("venue", "venue", {"C": "met", "E": "unclear", "O": "not_met", "U": "unclear"}),
    ],
)
def test_every_option_of_a_choice(step: str, rule: str, expected: dict[str, str]) -> None:
    knowledge = packaged()
    assert {o.code for o in knowledge.checks["ka2-2020"].step(step).options} == expected.keys()
    assert {code: verdicts(answers(**{step: code}))[rule] for code in expected} == expected


@pytest.mark.parametrize(("step", "code"), [("role", "I"), ("role", "N"), ("sector", "Y")])
def test_an_answer_that_ends_the_quiz_leaves_later_rules_unjudged(step: str, code: str) -> None:
    knowledge = packaged()
    checklist = knowledge.checks["ka2-2020"]
    given = answers(**{step: code})
    assert next_step(checklist, knowledge.call, given) is None
    assert [*verdicts(given)] == (["applicant"] if step == "role" else ["applicant", "sector"])
    assert verdicts(Answers(((step, code), ("organisations", 1)))) == {
        "applicant" if step == "role" else "sector": "not_met"
    }


def test_a_rule_is_judged_only_once_its_step_is_answered() -> None:
    assert [*verdicts(Answers((("duration", 24),)))] == ["duration"]


def test_steps_come_in_order_and_filled_ones_are_passed_over() -> None:
    knowledge = packaged()
    checklist, given, seen = knowledge.checks["ka2-2020"], Answers((("duration", 24),)), []
    while (step := next_step(checklist, knowledge.call, given)) is not None:
        seen.append(step.id)
        given = given.give(step.id, GOOD[step.id])
    assert seen == [step for step in GOOD if step != "duration"]


def test_back_undoes_the_answer_before_the_open_step() -> None:
    knowledge = packaged()
    checklist = knowledge.checks["ka2-2020"]
    given = Answers((("role", "L"), ("sector", "S"), ("duration", 24)))
    back = step_back(checklist, knowledge.call, given)
    assert back == Answers((("role", "L"), ("duration", 24)))
    assert step_back(checklist, knowledge.call, Answers((("duration", 24),))) is None
    whole = step_back(checklist, knowledge.call, answers())
    assert whole is not None
    assert whole.get("venue") is None


def test_back_from_an_early_end_undoes_what_ended_it() -> None:
    knowledge = packaged()
    given = Answers((("sector", "Y"), ("organisations", 2)))
    assert step_back(knowledge.checks["ka2-2020"], knowledge.call, given) == Answers((("organisations", 2),))


def test_no_more_countries_are_offered_than_there_are_organisations() -> None:
    knowledge = packaged()
    checklist = knowledge.checks["ka2-2020"]
    countries = checklist.step("countries")

    def offered(organisations: Value) -> tuple[tuple[Value, ...], str]:
        given = Answers((("organisations", organisations),))
        shown = options_shown(checklist, knowledge.call, given, countries)
        return offers(checklist, knowledge.call, given, countries), "".join(o.code for o in shown)

    assert offered(2) == ((1, 2), "U")
    assert offered("M")[1] == "MU"
    assert offered("U")[1] == "MU"
    assert offered(20)[1] == "MU"


def test_months_are_offered_from_the_limits_of_the_sector() -> None:
    knowledge = packaged()
    checklist = knowledge.checks["ka2-2020"]
    step = checklist.step("duration")
    assert offers(checklist, knowledge.call, answers(sector="S"), step) == (12, 18, 24, 30, 36)
    assert offers(checklist, knowledge.call, answers(sector="H"), step) == (24, 30, 36)


def test_the_months_of_the_window_are_offered_as_starts() -> None:
    knowledge = packaged()
    checklist = knowledge.checks["ka2-2020"]
    assert offers(checklist, knowledge.call, answers(), checklist.step("start")) == tuple(
        date(2020, month, 1) for month in (9, 10, 11, 12)
    )


def another_call() -> Knowledge:
    """Other limits everywhere: what was right becomes wrong, and the other way round."""
    knowledge = packaged()
    source = knowledge.call.consortium.source
    call = knowledge.call.model_copy(
        update={
            "consortium": Consortium(partners=4, countries=2, source=source),
            "duration": Duration(min_months=6, max_months=20, source=source),
            "start": Window(first="2021-01-15", last="2021-03-01", source=source),
            "grant": Grant(per_month=1000, total=15_000, source=source),
            "priority_rule": knowledge.call.priority_rule.model_copy(update={"at_least": 2}),
            "applications": knowledge.call.applications.model_copy(update={"per_deadline": 2}),
            "project_types": tuple(
                t.model_copy(update={"not_for": ("school",)}) for t in knowledge.call.project_types
            ),
        }
    )
    return replace(knowledge, calls={call.id: call})


def test_another_calls_limits_change_the_verdicts() -> None:
    call = another_call().call
    found = verdicts(answers(grant=15_001), call)
    expected = {"organisations", "duration", "start", "grant", "priority", "type"}
    assert {rule for rule, verdict in found.items() if verdict == "not_met"} == expected
    there = answers(
        organisations=4, countries=2, duration=15, start=date(2021, 3, 1), grant=15_000, priority="B",
        elsewhere="Y", sector="H", type="E",
    )  # fmt: skip
    assert set(verdicts(there, call).values()) == {"met"}


def test_another_calls_window_is_offered_from_its_first_day() -> None:
    knowledge = another_call()
    checklist = knowledge.checks["ka2-2020"]
    step = checklist.step("start")
    assert offers(checklist, knowledge.call, Answers(), step) == (
        date(2021, 1, 15), date(2021, 2, 1), date(2021, 3, 1),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_checklist_renders_in_every_case_it_can_meet(language: Language) -> None:
    knowledge = packaged()
    renderer = Renderer(knowledge)
    checklist, call = knowledge.checks["ka2-2020"], knowledge.call
    met: set[tuple[str, str]] = set()
    tries: dict[str, list[Value]] = {
        "organisations": [1, 2, 3, 21], "countries": [1, 2, 3, 21], "duration": [1, 11, 18, 24, 37],
        "grant": [1, 150_001, 450_001], "start": [date(2020, 8, 31), date(2020, 9, 1), date(2021, 1, 1)],
    }  # fmt: skip
    for step in checklist.steps:
        for value in (*(option.code for option in step.options), *tries.get(step.id, [])):
            for sector in "SVHAYU":
                for months in (24, "U"):
                    given = answers(**{"sector": sector, "duration": months, step.id: value})
                    for one in judge(checklist, call, given):
                        texts = [one.says, *([one.then] if one.then else [])]
                        rendered = [
                            renderer.render(text.to(language), language, one.values) for text in texts
                        ]
                        assert all(r.html and "None" not in r.html for r in rendered), rendered
                        assert one.sources or any(r.sources for r in rendered)
                        met.add((one.rule, one.says.en))
    said = {(rule.id, case.says.en) for rule in checklist.rules for case in rule.cases.values()}
    assert said == met


def test_every_source_named_is_a_document() -> None:
    knowledge = packaged()
    for rule in knowledge.checks["ka2-2020"].rules:
        for case in rule.cases.values():
            assert all(source.split("/")[0] in knowledge.documents for source in case.source)


def test_a_day_outside_the_window_by_one_is_told_from_one_inside() -> None:
    window = packaged().call.start
    first, last = date.fromisoformat(window.first), date.fromisoformat(window.last)
    one = timedelta(days=1)
    found = [verdicts(answers(start=day))["start"] for day in (first - one, first, last, last + one)]
    assert found == ["not_met", "met", "met", "not_met"]
