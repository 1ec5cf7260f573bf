"""/travel between places, and the same asked freely."""

from __future__ import annotations

import pytest

from tests.conftest import Begin
from tests.journeys.screens import BOTH, figures, labels, press, say


@BOTH
@pytest.mark.parametrize(
    ("typed", "rate", "people"),
    [
        ("Rīga Lisabona", 530, 1),
        ("no Rīgas uz Lisabonu 4", 530, 4),
        ("Daugavpils - Brno x 3", 275, 3),
        ("from Riga to Lisbon for 2 people", 530, 2),
        ("riga parize 2", 275, 2),
        ("Рига Лиссабон", 530, 1),
    ],
)
async def test_two_places_give_distance_band_and_sum(
    begin: Begin, language: str, typed: str, rate: int, people: int
) -> None:
    text = figures(await say(await begin(language), f"/travel {typed}"))
    assert f"→ {rate} EUR × {people} = {rate * people} EUR" in text
    assert "GeoNames, CC BY 4.0" in text


async def test_a_namesake_is_offered_and_chosen_in_the_same_message(begin: Begin) -> None:
    talk = await begin("lv")
    shown = await say(talk, "/travel Valmiera Halle 2")
    assert "Halle (BE)" in labels(shown)
    other = await press(talk, "Halle (BE)")
    assert other.edited
    assert "Halle (BE)" in other.text


async def test_the_stepper_of_a_journey_counts_people(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel Rīga Lisabona 2")
    assert "530 EUR × 3 = 1590 EUR" in figures(await press(talk, "+"))


async def test_several_origins_give_a_line_each_and_the_sum(begin: Begin) -> None:
    text = figures(await say(await begin("lv"), "/travel Lisabona: Rīga 4, Brno 3, Porto 2"))
    for line in ("530 EUR × 4 = 2120 EUR", "360 EUR × 3 = 1080 EUR", "180 EUR × 2 = 360 EUR"):
        assert line in text
    assert "3560 EUR" in text


@BOTH
async def test_an_unknown_place_is_named_with_what_works_instead(begin: Begin, language: str) -> None:
    shown = await say(await begin(language), "/travel Rīga Xyzzzz")
    assert "Xyzzzz" in shown.text
    assert "/travel 850 4" in shown.text


async def test_the_same_place_twice_brings_no_travel_money(begin: Begin) -> None:
    shown = await say(await begin("en"), "/travel Rīga Rīga")
    assert "no travel money" in shown.text
    assert "EUR" not in shown.text


async def test_nobody_and_a_crowd_get_a_kind_word(begin: Begin) -> None:
    talk = await begin("en")
    for people in ("0", "10000"):
        assert "/travel Riga Lisbon 4" in (await say(talk, f"/travel Rīga Parīze {people}")).text


async def test_a_forged_place_is_refused_politely(begin: Begin) -> None:
    talk = await begin("en")
    await say(talk, "/travel Rīga Lisabona")
    [shown] = await talk.press_data("j1:en:zzzzzz:9rzg:1")
    assert "/help" in shown.text


async def test_a_free_question_with_two_towns_is_calculated(begin: Begin) -> None:
    text = figures(await say(await begin("en"), "how much travel money from Riga to Lisbon for 3 people?"))
    assert "530 EUR × 3 = 1590 EUR" in text
