"""What a message says of a trip besides its places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.trip import Kind
from knowledge.trip_words import kind_named, only_tells, told, without_trip_words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("projekta sanāksme Brno", "meeting"),
        ("uz sanaksmi", "meeting"),
        ("partneru tikšanās Viļņā", "meeting"),
        ("a kick-off meeting", "meeting"),
        ("TPM", "meeting"),
        ("apmācības Porto", "training"),
        ("training in Porto", "training"),
        ("tikai 4 cilvēki", None),
        ("no Rīgas uz Brno", None),
        ("4 mācību apguvēji", None),
    ],
)
def test_the_kind_is_read_from_its_words(text: str, kind: Kind | None) -> None:
    assert kind_named(text) == kind


@pytest.mark.parametrize(
    ("text", "amount", "each", "ticket"),
    [
        ("reālās ceļa izmaksas 900 EUR", "900", True, True),
        ("realas cela izmaksas ir 900,50 eiro", "900.50", True, True),
        ("biļetes maksā kopā 3600 EUR", "3600", False, True),
        ("visas biļetes 3600 EUR katram", "3600", True, True),
        ("actual travel costs €900 each", "900", True, True),
        ("real cost 1,200.50 EUR altogether", "1200.50", False, True),
        ("reālās izmaksas -900 EUR", "-900", True, True),
        ("900 EUR", "900", True, False),
    ],
)
def test_the_real_cost_is_read_with_whom_it_counts_for(
    text: str, amount: str, each: bool, ticket: bool
) -> None:
    said = told(text, "EUR")
    assert (said.amount, said.each, said.ticket) == (Decimal(amount), each, ticket)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("uz 5 dienām", 5), ("uz nedēļu", 7), ("for a week", 7), ("divas nedēļas", 14), ("2 weeks", 14),
        ("1 nedēļa", 7), ("0 dienas", 0), ("2,5 dienas", Decimal("2.5")),
        ("24. martā", None), ("2 mēneši", None),
    ],
)  # fmt: skip
def test_days_are_read_and_a_week_has_seven(text: str, days: int | Decimal | None) -> None:
    assert told(text, "EUR").days == days


def test_amounts_are_those_of_the_call_s_currency() -> None:
    assert told("biļete 9000 CZK", "CZK").amount == 9000
    assert told("biļete 9000 czk", "CZK").amount == 9000
    assert told("biļete CZK 9000", "CZK").amount == 9000
    assert told("biļete 9000 EUR", "CZK").amount is None
    assert told("biļete 9000 CZK", "EUR").amount is None


@pytest.mark.parametrize(
    "text",
    [
        "5 dienas", "6 skolēni un 2 skolotāji", "un četriem?", "reālās ceļa izmaksas 900 EUR", "sanāksme",
        "projekta sanāksme", "and for four?", "real travel cost 900 EUR", "1200 km",
        "biļete maksā 900 eiro katram",
    ],
)  # fmt: skip
def test_a_change_of_a_card_says_nothing_else(text: str) -> None:
    assert only_tells(text, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "cik partneru vajag", "no Rīgas uz Brno", "kāds ir termiņš", "vai apmaksā vīzu", "24 mēneši",
        "what is the deadline", "biļete uz Lisabonu 900 EUR", "80 % no 900 EUR", "24. marts",
    ],
)  # fmt: skip
def test_a_question_of_its_own_is_no_change_of_a_card(text: str) -> None:
    assert not only_tells(text, "EUR")


def test_words_of_the_trip_leave_the_places_alone() -> None:
    assert without_trip_words("projekta sanāksme Brno", "EUR") == "projekta , Brno"
    assert without_trip_words("no Rīgas uz Vila Real", "EUR") == "no Rīgas uz Vila Real"
    assert without_trip_words("biļete 900 CZK", "CZK") == ", 900 EUR"


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    told(text, "EUR")
    only_tells(text, "SEK")
    without_trip_words(text, "SEK")
