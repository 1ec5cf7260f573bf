"""/budget through Telegram: one message edited in place, typed figures, the file, questions beside it."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.local.conversation import Shown
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, chosen, figures, labels, press, say

TOTAL = {"lv": "Kopā: ", "en": "Total: "}


def starting(shown: Shown, text: str) -> int:
    """The number of the one button that begins so."""
    found = [number for number, label in enumerate(labels(shown), 1) if label.startswith(text)]
    assert len(found) == 1, (text, labels(shown))
    return found[0]


@BOTH
async def test_a_whole_budget_by_buttons_alone_in_one_message(begin: Begin, language: str) -> None:
    talk = await chosen(begin, language)
    card = await say(talk, "/budget")
    shown = card
    for label in (
        "📅", "24", "⬅️", "🏛", "5", "⬅️",
        "🤝", "➕", "+5", "100", "⬅️", "⬅️",
        "🎓", "➕", {"lv": "Mācību", "en": "Learners"}[language], "500", "⬅️", "⬅️",
        "💰", {"lv": "Izņēmuma", "en": "Exceptional"}[language], {"lv": "+10\xa0", "en": "+10,"}[language],
    ):  # fmt: skip
        shown = await press(talk, starting(shown, label), card.message_id)
        assert (shown.edited, shown.message_id) == (True, card.message_id)
    for _ in range(2):
        shown = await press(talk, starting(shown, "⬅️"), card.message_id)
    expected = 24 * (500 + 4 * 250) + 9 * 575 + 4 * (275 + 3 * 58) + 7500
    assert f"{TOTAL[language]}{expected} EUR" in figures(shown)


@BOTH
async def test_typed_figures_change_the_open_card(begin: Begin, language: str) -> None:
    talk = await chosen(begin, language)
    card = await say(talk, "/budget 24 4")
    for typed, total in {
        "lv": (("36 mēneši", 45_000), ("2 sanāksmes 6 cilvēkiem 850 km", 51_900), ("izņēmuma 4000", 54_900)),
        "en": (
            ("36 months", 45_000),
            ("2 meetings of 6 people 850 km", 51_900),
            ("exceptional 4000", 54_900),
        ),
    }[language]:
        shown = await say(talk, typed)
        assert (shown.edited, shown.message_id) == (True, card.message_id)
        assert f"{TOTAL[language]}{total} EUR" in figures(shown)


@BOTH
async def test_the_spreadsheet_comes_as_a_file_and_the_card_stays_open(begin: Begin, language: str) -> None:
    talk = await chosen(begin, language)
    card = await say(talk, "/budget 24 4")
    file = await press(talk, starting(card, "📊"), card.message_id)
    assert file.message_id != card.message_id
    assert file.document is not None
    assert file.document.filename.endswith(".xlsx")
    names = load_workbook(BytesIO(file.document.content)).sheetnames
    assert names[0] == {"lv": "Kopsavilkums", "en": "Summary"}[language]
    again = await say(talk, {"lv": "36 mēneši", "en": "36 months"}[language])
    assert (again.edited, again.message_id) == (True, card.message_id)


async def test_the_total_can_be_copied(begin: Begin) -> None:
    talk = await chosen(begin, "lv")
    card = await say(talk, "/budget 24 4, izņēmuma 4001")
    button = card.flat_buttons[starting(card, "📋") - 1]
    assert button.value == "33000,75"


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("lv", "palīdzi aprēķināt projekta budžetu"),
        ("lv", "varat sarekinat budzetu?"),
        ("en", "can you calculate the whole budget"),
    ],
)
async def test_whoever_asks_for_a_budget_is_offered_the_card(begin: Begin, language: str, asked: str) -> None:
    talk = await begin(language)
    shown = await say(talk, asked)
    card = await press(talk, starting(shown, "💶"), shown.message_id)
    assert "💶" in card.text
    assert TOTAL[language] in card.text


async def test_the_ceiling_leads_to_the_card_with_its_months(begin: Begin) -> None:
    talk = await begin("lv")
    shown = await say(talk, "cik maksimāli var prasīt 18 mēnešu projektam?")
    assert "225 000" in shown.plain.replace("\xa0", " ")
    card = await press(talk, starting(shown, "💶"), shown.message_id)
    assert card.text.splitlines()[1].replace("\xa0", " ").startswith("18 mēnešu")


async def test_a_question_beside_the_card_is_answered_and_leads_back(begin: Begin) -> None:
    talk = await chosen(begin, "lv")
    card = await say(talk, "/budget 24 4")
    shown = await say(talk, "kāds ir pieteikumu termiņš?")
    assert not shown.edited
    number = labels(shown).index("💶 Turpināt /budget") + 1
    back = await press(talk, number, shown.message_id)
    assert figures(card).partition("📄")[0] == figures(back).partition("📄")[0]


async def test_after_half_an_hour_a_typed_figure_belongs_to_no_card(begin: Begin, clock: SetClock) -> None:
    talk = await chosen(begin, "lv")
    card = await say(talk, "/budget 24 4")
    clock.passes(minutes=31)
    shown = await say(talk, "36 mēneši")
    assert shown.message_id != card.message_id
    again = await press(talk, starting(card, "📅"), card.message_id)
    assert again.edited, "the buttons carry everything and work for ever"


@BOTH
async def test_every_figure_has_its_source_and_an_unsure_one_a_word(begin: Begin, language: str) -> None:
    text = (await say(await chosen(begin, language), "/budget 24 4")).text
    assert "INDIRE" in text
    assert {"lv": "2. slaids", "en": "slide 2"}[language] in text
    assert {"lv": "citas valsts aģentūra", "en": "country's agency"}[language] in text
