"""Figures in a free question: which calculator answers, and when none may."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handlers.ask import answer
from handlers.calculated import calculated_for
from handlers.replies import reply_to
from handlers.reply import Reply
from knowledge.model import Language
from knowledge.reading import Reading
from tests.worlds import services, turn


def plain(reply: Reply | None) -> str:
    assert reply is not None
    return reply.html.replace("\xa0", "").replace("<b>", "").replace("</b>", "")


def reading(**values: int | str) -> Reading:
    """A reading with figures as the message would give them."""
    decimal = ("km", "months", "days", "amount")
    return Reading(**{key: Decimal(v) if key in decimal else v for key, v in values.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "sector", "total", "noted"),
    [
        (12, None, 150_000, False),
        (24, None, 300_000, False),
        (24, "he", 300_000, False),
        (18, "he", 225_000, True),
        (6, None, 75_000, True),
        (36, None, 450_000, False),
    ],
)
def test_months_times_the_ceiling_with_a_note_where_too_short(
    months: int, sector: str | None, total: int, noted: bool
) -> None:
    named = {"months": months} | ({"sector": sector} if sector else {})
    text = plain(calculated_for(turn(), reading(**named), "grant-ceiling"))
    assert f"{total}EUR" in text
    assert ("Ievērojiet" in text) == noted


@pytest.mark.parametrize(
    ("amount", "months", "total", "refused"),
    [
        (600_000, None, 450_000, True),
        (350_000, 24, 300_000, True),
        (300_000, 24, 300_000, False),
        (120_000, 12, 150_000, False),
    ],
)
def test_a_sum_above_the_ceiling_is_refused_with_the_ceiling(
    amount: int, months: int | None, total: int, refused: bool
) -> None:
    named = {"amount": amount} | ({"months": months} if months else {})
    text = plain(calculated_for(turn(), reading(**named), "grant-ceiling"))
    assert text.startswith(f"Nē, {amount}EUR") == refused
    assert f"{total}EUR" in text


def test_a_distance_and_a_person_weigh_more_than_a_strange_word() -> None:
    question = "treniņš Tenerifē, kalkulators rāda 4500 km, cik maksās ceļš vienam cilvēkam"
    assert "820EUR" in plain(reply_to(question, turn()))


def test_a_number_too_great_for_people_is_no_error_in_a_question() -> None:
    assert "275EUR" in plain(reply_to("kids go from Warsaw to Rome, 1300 k one way, per head?", turn()))


def test_where_a_meeting_and_training_are_named_both_sums_are_told() -> None:
    question = "no Jelgavas uz Kauņu uz partneru tikšanos ar mācībām, 200 km, cik ceļam vienam skolotājam"
    text = plain(reply_to(question, turn()))
    assert "575EUR × 1 = 575EUR" in text
    assert "180EUR × 1 = 180EUR" in text


def test_counted_meetings_are_added_up() -> None:
    assert "1150EUR × 3 = 3450EUR" in plain(
        reply_to("cik dabusim par 3 sanaksmem 2 cilvekiem 1200km", turn())
    )


@pytest.mark.parametrize(
    "question", ["vai taisniba ka cela nauda ir 360 par 1000 km", "vai 1999 km ir 275", "1500 km tikai 275?"]
)
def test_a_rate_or_a_year_beside_a_distance_counts_no_people(question: str) -> None:
    assert "275EUR × 1 = 275EUR" in plain(reply_to(question, turn()))


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("no Liepājas uz Klaipēdu", "20EUR × 1"),
        ("no rigas uz oslo 5 skoleni", "275EUR × 5"),
        ("no rigas uz Vīni 5 skolēni", "275EUR × 5"),
        ("Sanāksme Londonā, 2 cilvēki no Rīgas", "575EUR × 2"),
    ],
)
def test_from_where_to_where_is_a_trip_whatever_the_words_resemble(question: str, total: str) -> None:
    assert total in plain(reply_to(question, turn()))


def test_a_flight_s_price_counts_as_the_real_cost() -> None:
    assert "960EUR" in plain(reply_to("if the flight is 1200 eur and distance 4500 km", turn()))


def test_only_the_kind_of_people_that_is_named_is_reckoned() -> None:
    text = plain(reply_to("cik naudas skolenam uz 14 dienam", turn()))
    assert "58EUR × 14" in text
    assert "106EUR" not in text


def test_accompanying_persons_are_not_dropped_in_silence() -> None:
    text = plain(reply_to("10 skoleni 5 dienas un 2 pavadosie cik uzturesanas", turn()))
    assert "2900EUR" in text
    assert "2pavadošajām personām" in text


def test_more_months_than_allowed_are_told_to_be_too_many() -> None:
    text = plain(reply_to("cik max 40 menesiem", turn()))
    assert "nevar ilgt 40" in text
    assert "450000EUR" in text


def test_a_sum_that_the_longest_project_can_have_says_nothing_of_itself() -> None:
    assert calculated_for(turn(), reading(amount=400_000), "grant-ceiling") is None


@pytest.mark.parametrize("months", ["0", "-3", "12.5", "1000"])
def test_months_outside_the_call_are_told_not_calculated(months: str) -> None:
    assert calculated_for(turn(), reading(months=months), "grant-ceiling") is None


@pytest.mark.parametrize(
    ("named", "sums", "together"),
    [
        ({"days": 5, "staff": 2}, (1060,), None),
        ({"days": 5, "learners": 3}, (870,), None),
        ({"days": 5, "staff": 2, "learners": 3}, (1060, 870), 1930),
        ({"days": 14, "people": 1}, (1484, 812), None),
        ({"days": 1}, (106, 58), None),
    ],
)
def test_days_times_rate_times_people(
    named: dict[str, int], sums: tuple[int, ...], together: int | None
) -> None:
    text = plain(calculated_for(turn(), reading(**named), "individual-support"))
    for total in sums:
        assert f"= {total}EUR" in text
    assert ("Kopā" in text) == (together is not None)
    assert together is None or f"{together}EUR" in text


@pytest.mark.parametrize(
    "named", [{"days": 15}, {"days": 60, "staff": 1}, {"named_day": 15}, {"named_day": 20}]
)
def test_after_the_last_known_day_the_gap_is_said(named: dict[str, int]) -> None:
    reply = calculated_for(turn(), reading(**named), "individual-support")
    assert reply is not None
    assert reply.finding is not None
    assert (reply.finding.kind, reply.finding.entry) == ("gap", "support-after-day-14")


@pytest.mark.parametrize(
    "named", [{}, {"days": "0"}, {"days": "2.5"}, {"days": "3", "staff": 0}, {"days": "3", "learners": 1000}]
)
def test_days_that_make_no_sense_are_told_not_calculated(named: dict[str, int | str]) -> None:
    assert calculated_for(turn(), reading(**named), "individual-support") is None


@pytest.mark.parametrize(("km", "total"), [(100, 575), (1999, 575), (2000, 760), (850, 575)])
def test_a_meeting_has_rates_of_its_own(km: int, total: int) -> None:
    assert f"= {total * 2}EUR" in plain(calculated_for(turn(), reading(km=km, people=2), "meeting-rates"))


def test_a_meeting_too_near_has_no_money() -> None:
    assert "100 km" in plain(calculated_for(turn(), reading(km=99), "meetings")).replace("100km", "100 km")


@pytest.mark.parametrize("named", [{"km": 0}, {"km": 850, "people": 1000}, {"km": 99_999}])
def test_a_meeting_nowhere_is_not_calculated(named: dict[str, int]) -> None:
    assert calculated_for(turn(), reading(**named), "meeting-rates") is None


def test_exceptional_costs_are_paid_in_part() -> None:
    assert "750EUR" in plain(calculated_for(turn(), reading(amount=1000), "exceptional-costs"))
    for amount in ("0", "-5", "100000000"):
        assert calculated_for(turn(), reading(amount=amount), "exceptional-costs") is None


def test_a_topic_without_a_calculator_is_told() -> None:
    assert calculated_for(turn(), reading(km=850, people=2, months=12), "deadline") is None


@pytest.mark.parametrize(
    ("question", "language", "entry", "total"),
    [
        ("cik maksās ceļš 850 km diviem skolēniem", "lv", "travel", 550),
        ("cik maksas cels 850 km diviem skoleniem un vienam skolotajam", "lv", "travel", 825),
        ("how much is travel 850 km for 4 people", "en", "travel", 1100),
        ("maksimālais finansējums 24 mēnešu projektam", "lv", "grant", 300_000),
        ("what is the maximum grant for 18 months", "en", "grant", 225_000),
        ("uzturēšanās nauda 5 dienas 2 skolotājiem", "lv", "support", 1060),
    ],
)
async def test_a_free_question_reaches_its_calculator(
    question: str, language: Language, entry: str, total: int
) -> None:
    reply = await answer(services(), question, language)
    assert reply.finding is not None
    assert (reply.finding.kind, reply.finding.entry) == ("answer", entry)
    assert f"{total}EUR" in plain(reply).replace(",", "")


async def test_a_number_alone_counts_people_where_the_distance_has_its_unit() -> None:
    assert "1100EUR" in plain(await answer(services(), "cik maksā ceļš 850 km četriem", "lv"))
