"""/travel in parts: what a line says, and a card for every sensible distance and head count."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.markup import parse
from handlers import travel
from handlers.buttons import Press, unpack
from handlers.travel import distance_and_people, travel_reply
from knowledge.model import LANGUAGES, Language
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from tests.worlds import turn


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
    reply = travel_reply(at, km, people)
    assert parse(reply.html).text
    steps = [unpack(button.data or "") for button in reply.buttons[0]]
    counts = [int(step.fields[1]) for step in steps if step and step.kind == travel.KIND]
    if counts:
        assert counts == [n for n in (people - 1, people, people + 1) if 1 <= n <= MOST_PEOPLE]
        assert all(Decimal(step.fields[0]) == km for step in steps if step)
        pressed = Press(travel.KIND, language, (f"{km:f}", str(people)))
        assert (await travel.pressed(at, pressed)).html == reply.html


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
    assert travel_reply(at, Decimal(km), people).html == at.say(key, most=MOST_PEOPLE)


async def test_the_card_is_what_a_short_message_continues() -> None:
    thread = (await travel.command(turn(), "850 4")).thread
    assert thread is not None
    assert (thread.reading.km, thread.reading.people) == (Decimal(850), 4)
