"""What a typed line or a free question says of a budget."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.budget_typed import Problem, fill
from knowledge.budgetplan import NOT_FAR, SUMS, Budget, Meeting, Training, fits
from knowledge.budgetreading import read_budget
from tests import worlds
from tests.budgets import CALL

START = Budget(12, 3)
SECTORS = worlds.services().sectors


def read(text: str, start: Budget = START) -> Budget:
    filled = fill(CALL, start, read_budget(text, SECTORS))
    assert filled.problems == ()
    return filled.budget


@pytest.mark.parametrize(
    ("text", "months", "organisations"),
    [
        ("24 mēneši 4 partneri", 24, 4),
        ("24 menesi, 4 partneri", 24, 4),
        ("divi gadi, pieci partneri", 24, 5),
        ("pusotrs gads un 3 skolas", 18, 3),
        ("cik naudas sanāks 24 mēnešiem ar 4 partneriem", 24, 4),
        ("koordinators un 3 partneri, 36 mēneši", 36, 4),
        ("3 skolas un 2 uzņēmumi, 12 mēneši", 12, 5),
        ("24 months with 4 partners", 24, 4),
        ("two years, six organisations", 24, 6),
        ("24 месяца 4 партнёра", 24, 4),
    ],
)
def test_months_and_organisations(text: str, months: int, organisations: int) -> None:
    budget = read(text)
    assert (budget.months, budget.organisations) == (months, organisations)


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("2 sanāksmes 6 cilvēkiem 850 km", [Meeting(2, 6, 100)]),
        ("2 sanaksmes x 6 cilveki x 850 km", [Meeting(2, 6, 100)]),
        ("sanāksmes: 2 × 6, 850 km", [Meeting(2, 6, 100)]),
        ("divas starpvalstu sanāksmes sešiem cilvēkiem, 2300 km", [Meeting(2, 6, 2000)]),
        ("3 meetings of 5 people 2,100 km", [Meeting(3, 5, 2000)]),
        ("2 sanāksmes 4 skolotājiem un 2 skolēniem 1200 km", [Meeting(2, 6, 100)]),
        ("1 sanāksme 3 cilvēkiem 80 km", [Meeting(1, 3, NOT_FAR)]),
        ("4 partneri, 2 sanāksmes", [Meeting(2, 3)]),
        ("3 partneru sanāksmes", [Meeting(3, 2)]),
        (
            "sanāksme 2 cilvēkiem 500 km, sanāksme 3 cilvēkiem 2500 km",
            [Meeting(1, 2, 100), Meeting(1, 3, 2000)],
        ),
        ("2 встречи 4 человека 850 км", [Meeting(2, 4, 100)]),
    ],
)
def test_meetings(text: str, meetings: list[Meeting]) -> None:
    assert list(read(text).meetings) == meetings


@pytest.mark.parametrize(
    ("text", "trainings"),
    [
        ("1 apmācība 10 skolēniem 5 dienas 850 km", [Training(1, 10, 5, True, 500)]),
        ("2 apmācības pa 5 dienām 6 skolotājiem 1200 km", [Training(2, 6, 5, False, 500)]),
        (
            "apmācība 6 skolotājiem un 12 skolēniem, 5 dienas, 1200 km",
            [Training(1, 6, 5, False, 500), Training(1, 12, 5, True, 500)],
        ),
        ("skolēnu apmaiņa 20 skolēni 5 dienas 90 km", [Training(1, 20, 5, True, 10)]),
        ("2 exchanges of 12 pupils and 2 teachers 5 days 1400 km",
         [Training(2, 2, 5, False, 500), Training(2, 12, 5, True, 500)]),
        ("2 mācību pasākumi, 4 cilvēki", [Training(2, 4, 3)]),
    ],
)  # fmt: skip
def test_training_activities(text: str, trainings: list[Training]) -> None:
    assert list(read(text).trainings) == trainings


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("izņēmuma izmaksas 4000", {"exceptional": 4000}),
        ("4000 EUR izņēmuma izmaksām, 300 īpašām vajadzībām", {"exceptional": 4000, "special-needs": 300}),
        ("iznemuma 4000 ipasam 1500 izplatisanas pasakumiem 2000",
         {"exceptional": 4000, "special-needs": 1500, "events": 2000}),
        ("intelektuālajiem rezultātiem 60 000 EUR", {"outputs": 60_000}),
        ("exceptional costs EUR 4,000 and special needs 1500", {"exceptional": 4000, "special-needs": 1500}),
        ("dārgi ceļa izdevumi 2 300,50", {"expensive": 2301}),
        ("ilgtermiņa uzturēšanās 7000 eiro", {"support": 7000}),
    ],
)  # fmt: skip
def test_planned_sums(text: str, sums: dict[str, int]) -> None:
    budget = read(text)
    assert {name: amount for name, amount in zip(SUMS, budget.sums, strict=True) if amount} == sums


@pytest.mark.parametrize(
    ("text", "sector", "project_type"),
    [
        ("KA203 24 mēneši inovācijas", "he", "innovation"),
        ("pieredzes apmaiņas projekts 18 mēneši pieaugušo izglītībā", "adult", "exchange"),
        ("good practice project, 18 months, vocational", "vet", "exchange"),
        ("apmaiņas projekts skolām", "school", "exchange"),
        ("24 mēneši 3 skolas 12 skolēni", None, None),
        ("sarēķini visu budžetu 2 gadu projektam", None, None),
    ],
)
def test_sector_and_type(text: str, sector: str | None, project_type: str | None) -> None:
    said = read_budget(text, SECTORS)
    assert (said.sector, said.project_type) == (sector, project_type)


def test_one_line_says_it_all() -> None:
    assert read(
        "KA201 24 mēneši 4 partneri, 2 sanāksmes 6 cilvēkiem 850 km; "
        "1 apmācība 10 skolēniem 5 dienas 1200 km\n"
        "izņēmuma izmaksas 4000, īpašām vajadzībām 1 500 EUR"
    ) == Budget(
        24, 4, "school", None, (Meeting(2, 6, 100),), (Training(1, 10, 5, True, 500),),
        (0, 0, 0, 0, 1500, 4000),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("500 mēneši", "months"),
        ("0 mēnešu", "months"),
        ("2,5 mēneši", "months"),
        ("10000 partneri", "organisations"),
        ("0 partneru", "organisations"),
        ("2 sanāksmes 10000 cilvēkiem 850 km", "people"),
        ("2 sanāksmes 0 cilvēkiem", "people"),
        ("500 sanāksmes 4 cilvēkiem", "times"),
        ("1 apmācība 90 dienas 4 skolēniem", "days"),
        ("2 sanāksmes 4 cilvēkiem 90000 km", "km"),
        ("izņēmuma izmaksas 5000000", "money"),
        ("izņēmuma izmaksas -500", "negative"),
        ("-24 mēneši", "negative"),
        ("; ".join(["1 sanāksme 2 cilvēkiem"] * 7), "meetings"),
        ("; ".join(["1 apmācība 2 skolēniem 5 dienas"] * 5), "trainings"),
    ],
)
def test_what_is_beyond_a_limit_is_named_and_left_out(text: str, problem: Problem) -> None:
    filled = fill(CALL, START, read_budget(text, SECTORS))
    assert filled.problems == (problem,)
    assert fits(CALL, filled.budget)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sveiki",
        "2020-09-01",
        "24.03.2020",
        "850 km",
        "kas ir sanāksme",
        "pastāsti par intelektuālajiem rezultātiem",
    ],
)
def test_a_text_without_figures_of_a_project_says_nothing(text: str) -> None:
    assert not read_budget(text, SECTORS).anything


PIECES = """
24 4 0 10000 -5 2,5 999999999999 850 1 500 12.05. 24. × x KA203 un , ; : % cik ? e+ ∞ ٣ ½ pieredzes budžets
mēneši gadi partneri partneru skolas skolēniem skolotāji dienas km EUR koordinators
sanāksmes apmācība izņēmuma īpašām dārgi rezultāti izplatīšanas inovācijas apmaiņa
"""
WORDS = st.sampled_from((*PIECES.split(), "\n"))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=14).map(" ".join))
def test_no_input_raises_and_what_comes_of_it_always_fits(text: str) -> None:
    said = read_budget(text, SECTORS)
    assert fits(CALL, fill(CALL, START, said).budget)
    assert said.months is None or isinstance(said.months, Decimal)
