"""/travel as people type it: distance, people, the stepper, and what makes no sense."""

from __future__ import annotations

import pytest

from bot.local.conversation import Shown
from handlers.context import Services
from tests.conftest import Begin
from tests.journeys.screens import BOTH, chosen, figures, labels, press, say

# typed after /travel → rate of the band, people
SUMS = [
    ("850", 275, 1),
    ("850 km", 275, 1),
    ("850km", 275, 1),
    ("1 999", 275, 1),
    ("1999", 275, 1),
    ("1.999 km", 275, 1),
    ("850 4", 275, 4),
    ("850 x 4", 275, 4),
    ("850 × 4", 275, 4),
    ("850km x4", 275, 4),
    ("850 - 4", 275, 4),
    ("850, 4", 275, 4),
    ("850 km 4 cilvēki", 275, 4),
    ("850 km 4 cilveki", 275, 4),
    ("850 km četriem cilvēkiem", 275, 4),
    ("850 for 4 people", 275, 4),
    ("850 km for four people", 275, 4),
    ("4 cilvēki 850 km", 275, 4),
    ("850 km 4 skolēni un 2 skolotāji", 275, 6),
    ("850 km, 6 people, of them 2 teachers", 275, 6),
    ("2 teachers and 4 pupils, 850 km", 275, 6),
    ("2020", 360, 1),
    ("850 km 999 cilvēki", 275, 999),
    # edges of the bands, inclusive as printed
    ("10", 20, 1),
    ("99", 20, 1),
    ("100", 180, 1),
    ("499", 180, 1),
    ("500", 275, 1),
    ("2000", 360, 1),
    ("2999", 360, 1),
    ("3000", 530, 1),
    ("3999", 530, 1),
    ("4000", 820, 1),
    ("7999", 820, 1),
    ("8000", 1500, 1),
    ("20040", 1500, 1),
    ("499.0", 180, 1),
]


@BOTH
@pytest.mark.parametrize(("typed", "rate", "people"), SUMS)
async def test_distance_band_rate_people_and_sum(
    begin: Begin, language: str, typed: str, rate: int, people: int
) -> None:
    shown = await say(await begin(language), f"/travel {typed}")
    text = figures(shown)
    assert text.startswith(f"{rate * people} EUR ")
    assert f"→ {rate} EUR × {people} = {rate * people} EUR" in text
    for words in {
        "lv": ("vienā virzienā pa taisnu līniju", "turp un atpakaļ", "23. slaids"),
        "en": ("one way in a straight line", "there and back", "slide 23"),
    }[language]:
        assert words in text


@BOTH
@pytest.mark.parametrize(
    ("typed", "lower", "upper"),
    [
        ("99.5", 20, 180),
        ("99,5", 20, 180),
        ("499,5 km", 180, 275),
        ("1999.9", 275, 360),
        ("7999,5", 820, 1500),
    ],
)
async def test_between_two_bands_both_sums_stand_and_whom_to_ask(
    begin: Begin, language: str, typed: str, lower: int, upper: int
) -> None:
    text = figures(await say(await begin(language), f"/travel {typed} km 2 cilvēki"))
    assert f"{lower} EUR × 2 = {2 * lower} EUR" in text
    assert f"{upper} EUR × 2 = {2 * upper} EUR" in text
    assert text.index(f"{2 * lower} EUR") < text.index(f"{2 * upper} EUR")
    assert {"lv": "avotos nav teikts", "en": "the sources do not say"}[language] in text
    assert "VIAA" in text


@BOTH
@pytest.mark.parametrize("typed", ["1", "5", "9", "9,99", "9.5 km 4 cilvēki", "0,5"])
async def test_below_the_first_band_there_is_no_sum(begin: Begin, language: str, typed: str) -> None:
    shown = await say(await begin(language), f"/travel {typed}")
    assert "10 km" in figures(shown)
    assert "EUR" not in shown.text
    assert not any("👥" in label for label in labels(shown))


def assert_kind(shown: Shown) -> None:
    """No sum, an example to copy, distances to press."""
    assert "/travel 850" in shown.text
    assert "EUR" not in shown.text
    assert labels(shown) == ["50 km", "300 km", "850 km"]


@BOTH
@pytest.mark.parametrize(
    "typed",
    [
        "", "0", "0 km", "-5", "-850 km", "−850", "asdf", "tālu", "km", "četri €", "850 EUR",
        "20041", "99999999", "9" * 60, "850 0", "850 km 0 cilvēki", "850 x 0", "850 -3", "850 km -3 cilvēki",
        "850 1000", "850 km 10000 cilvēki", "10000 people 850 km", "<b>", "👍", "850.5.5", "99." + "1" * 60,
    ],
)  # fmt: skip
async def test_what_makes_no_sense_gets_a_kind_word_and_an_example(
    begin: Begin, language: str, typed: str
) -> None:
    assert_kind(await say(await begin(language), f"/travel {typed}"))


@BOTH
async def test_the_stepper_counts_up_and_down_in_one_message(begin: Begin, language: str) -> None:
    talk = await begin(language)
    first = await say(talk, "/travel 850")
    assert labels(first)[:2] == ["👥 1", "+"], "nobody travels with fewer than one"
    for people in (2, 3, 4):
        shown = await press(talk, "+")
        assert (shown.edited, shown.message_id) == (True, first.message_id)
        assert figures(shown).startswith(f"{275 * people} EUR ")
        assert labels(shown)[:3] == ["−", f"👥 {people}", "+"]
    back = await press(talk, "−")
    assert figures(back).startswith("825 EUR ")
    assert len([each for each in talk.screen() if "850" in each.text]) == 1


async def test_the_stepper_ends_at_the_most_people(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850 km 998 cilvēki")
    shown = await press(talk, "+")
    assert labels(shown)[:2] == ["−", "👥 999"]
    assert "+" not in labels(shown)


async def test_a_press_on_the_head_count_changes_nothing(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850 4")
    assert [each for each in await talk.press("👥 4") if each.kind == "new"] == []


@BOTH
async def test_an_example_distance_turns_the_question_into_the_card(begin: Begin, language: str) -> None:
    talk = await begin(language)
    asked = await say(talk, "/travel")
    shown = await press(talk, "300 km")
    assert (shown.edited, shown.message_id) == (True, asked.message_id)
    assert figures(shown).startswith("180 EUR ")


@BOTH
async def test_between_bands_the_stepper_works_too(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/travel 99,5")
    shown = await press(talk, "+")
    assert "20 EUR × 2 = 40 EUR" in figures(shown)
    assert "99" in shown.text


@BOTH
async def test_the_buttons_below_explain_the_distance_and_name_a_person(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await say(talk, "/travel 850")
    how = {"lv": "Kā mērīt", "en": "How distance"}[language]
    assert "distance-calculator" in (await press(talk, how, card.message_id)).plain
    assert "KA201" in str(labels(await press(talk, "👤", card.message_id)))


@BOTH
@pytest.mark.parametrize("asked", ["/travel", "/travel tālu"])
async def test_the_figure_may_follow_in_a_message_of_its_own(begin: Begin, language: str, asked: str) -> None:
    talk = await chosen(begin, language)
    await say(talk, asked)
    assert "275 EUR × 1 = 275 EUR" in figures(await say(talk, "850"))
    assert "275 EUR × 4 = 1100 EUR" in figures(await say(talk, "4"))


@BOTH
async def test_after_the_card_a_short_message_goes_on_from_it(begin: Begin, language: str) -> None:
    talk = await chosen(begin, language)
    await say(talk, "/deadline")
    await say(talk, "/travel 850")
    further = await say(talk, {"lv": "un četriem?", "en": "and for four?"}[language])
    assert "↪️" in further.text
    assert "275 EUR × 4 = 1100 EUR" in figures(further)
    farther = await say(talk, {"lv": "un 1200 km?", "en": "and 2500 km?"}[language])
    assert {"lv": "275 EUR × 4 = 1100 EUR", "en": "360 EUR × 4 = 1440 EUR"}[language] in figures(farther)


@BOTH
async def test_a_free_question_reaches_the_same_card(begin: Begin, services: Services, language: str) -> None:
    talk = await chosen(begin, language)
    question = {
        "lv": "cik maksās ceļš 850 km diviem skolēniem",
        "en": "how much is travel 850 km for 2 pupils",
    }
    shown = await say(talk, question[language])
    assert "275 EUR × 2 = 550 EUR" in figures(shown)
    assert figures(await press(talk, "+")).startswith("825 EUR ")
