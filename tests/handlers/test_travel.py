"""/travel in parts: what a line says, and a card for every sensible distance and head count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.markup import parse
from handlers import journey, travel
from handlers.buttons import Press, unpack
from handlers.context import Card
from handlers.travel import distance_and_people, km_reply
from handlers.trip_card import trip_reply
from handlers.trip_state import decode
from knowledge.model import LANGUAGES, Language
from knowledge.party import Party
from knowledge.places import load_places
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from knowledge.trip import Start, Trip
from tests.worlds import turn


def going(km: Decimal, people: int) -> Trip:
    return Trip((Start(Party(others=people)),), km=km)


@pytest.mark.parametrize(
    ("text", "km", "people"),
    [
        ("850", "850", 1),
        ("1 999", "1999", 1),
        ("1\xa0999 km", "1999", 1),
        ("99,5", "99.5", 1),
        ("850 4", "850", 4),
        ("850x4", "850", 4),
        ("4 cilvēki 850", "850", 4),
        ("850 km 3 skolas", "850", 3),
        ("850 km 4 skolēni un 2 skolotāji", "850", 6),
        ("850 km 6 cilvēki, no tiem 2 skolotāji", "850", 6),
        ("2020", "2020", 1),
        ("tūkstoš km", "1000", 1),
    ],
)
def test_a_line_names_distance_and_people(text: str, km: str, people: int) -> None:
    assert distance_and_people(text) == (Decimal(km), people)


@pytest.mark.parametrize(
    "text", ["", "km", "-850", "850 -4", "− 850", "Rīga", "4 cilvēki", "100 EUR", "KA203"]
)
def test_a_line_without_a_distance_names_nothing(text: str) -> None:
    assert distance_and_people(text) is None


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40)
    | st.from_regex(r"[-−]?\d{1,6}([.,]\d{1,3})?( ?(km|x|×|-|un|€)? ?\d{1,4})?", fullmatch=True)
)
async def test_whatever_is_typed_gets_a_reply_that_telegram_takes(text: str) -> None:
    reply = await travel.command(turn(), text)
    assert parse(reply.html).text
    assert reply.buttons


PIECES = st.sampled_from(
    [
        "Rīga",
        "Lisabona",
        "Brno",
        "Xyzq",
        "Francija",
        "no",
        "uz",
        ":",
        ",",
        "-",
        "→",
        "un",
        "x",
        "4",
        "0",
        "10000",
        "-3",
        "2,5",
        "99.5",
        "850",
        "km",
        "skolēni",
        "skolotāji",
        "pavadoņi",
        "dienas",
        "mēneši",
        "nedēļu",
        "sanāksme",
        "apmācības",
        "biļete",
        "reālās",
        "izmaksas",
        "900",
        "EUR",
        "katram",
        "kopā",
        "24.03.2020",
        "martā",
        "€",
        "(",
        ")",
        "?",
        "💥",
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from(LANGUAGES))
async def test_whatever_is_put_together_gets_a_reply_and_changes_a_card_or_not(
    text: str, language: Language
) -> None:
    at = turn(language)
    reply = await travel.command(at, text)
    assert parse(reply.html).text
    card = trip_reply(at, Trip((Start(Party(learners=4)),), km=Decimal(850), days=3)).card
    assert card is not None
    changed = journey.typed(replace(at, card=Card(1, card)), text)
    assert changed is None or parse(changed.html).text


@settings(max_examples=80, deadline=None)
@given(
    st.decimals(Decimal("0.01"), FARTHEST_KM, places=2) | st.integers(1, FARTHEST_KM).map(Decimal),
    st.integers(1, MOST_PEOPLE),
    st.sampled_from(LANGUAGES),
)
async def test_the_stepper_leads_to_one_more_and_one_fewer(
    km: Decimal, people: int, language: Language
) -> None:
    at = turn(language)
    reply = km_reply(at, going(km, people))
    assert parse(reply.html).text
    if reply.buttons[0][0].label not in ("−", "👥 1"):
        return  # no money, no people to count
    packed = [unpack(button.data or "") for button in reply.buttons[0]]
    trips = [decode(step.fields[0], load_places()) for step in packed if step]
    counts = [trip.people for trip in trips if trip]
    assert counts == [n for n in (people - 1, people, people + 1) if 1 <= n <= MOST_PEOPLE]
    assert all(trip.km == km for trip in trips if trip)
    same = next(step for step, trip in zip(packed, trips, strict=True) if trip and trip.people == people)
    assert same is not None
    assert (await journey.pressed(at, same)).html == reply.html
    older = Press(travel.KIND, language, (f"{km:f}", str(people)))
    assert (await travel.pressed(at, older)).html == reply.html


@pytest.mark.parametrize(
    ("km", "people", "key"),
    [
        ("0", 1, "travel.km_out_of_range"),
        ("-1", 1, "travel.km_out_of_range"),
        ("20041", 1, "travel.km_out_of_range"),
        ("850", 0, "travel.people_out_of_range"),
        ("850", 1000, "travel.people_out_of_range"),
        ("0", 0, "travel.km_out_of_range"),
    ],
)
def test_the_word_fits_the_mistake(km: str, people: int, key: str) -> None:
    at = turn("en")
    assert km_reply(at, going(Decimal(km), people)).html == at.say(key, most=MOST_PEOPLE)


async def test_the_card_is_what_a_short_message_continues() -> None:
    thread = (await travel.command(turn(), "850 4")).thread
    assert thread is not None
    assert (thread.reading.km, thread.reading.people) == (Decimal(850), 4)
