"""The budget card in parts: every button leads somewhere, what is typed goes where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local.entities import utf16_length
from bot.local.markup import parse
from handlers import ask, budget
from handlers.budget_showing import KIND, WHOLE, Showing, View
from handlers.buttons import LIMIT, Button, unpack
from handlers.context import Card, Turn
from handlers.reply import Reply
from knowledge.budget import reckon
from knowledge.budgetplan import SUMS, Budget, Meeting, Training
from knowledge.budgetstate import decode
from knowledge.model import LANGUAGES, Language
from tests.budgets import CALL, budgets
from tests.handlers.test_budget_file import turn

VIEWS = (
    "",
    "m",
    "o",
    "p",
    "t",
    "t0",
    "t1",
    "l",
    "l0",
    "l3",
    "s",
    *(f"s{at}" for at in range(len(SUMS))),
    "t9",
    "?",
)
USUAL = Budget(
    24,
    4,
    meetings=(Meeting(2, 6, 100), Meeting(1, 2)),
    trainings=(Training(1, 10, 5, True, 500),),
    sums=(0, 0, 0, 0, 0, 4000),
)
WITH_A_MEETING = replace(USUAL, meetings=(*USUAL.meetings, Meeting(1, 3, 2000)))


def buttons(reply: Reply) -> Iterator[Button]:
    yield from (each for row in reply.buttons for each in row)


def label(reply: Reply, starts: str) -> Button:
    return next(each for each in buttons(reply) if each.label.startswith(starts))


def planned(reply: Reply) -> Budget:
    """The budget that a card carries."""
    press = unpack(reply.card or "")
    assert press is not None
    found = decode(CALL, press.fields[1])
    assert found is not None
    return found


async def press(at: Turn, button: Button) -> Reply:
    pressed = unpack(button.data or "")
    assert pressed is not None
    return await budget.pressed(at, pressed)


def carried(at: Turn, plan: Budget, view: str = "") -> Turn:
    """A turn in a chat with that card open."""
    return replace(at, card=Card(1, Showing(at, plan, View.read(view)).packed()))


def assert_telegram_takes(reply: Reply) -> None:
    assert 0 < utf16_length(parse(reply.html).text) <= 4096
    for each in buttons(reply):
        assert 0 < len(each.label) <= 60, each.label
        assert len((each.data or "").encode()) <= LIMIT
        assert sum(value is not None for value in (each.data, each.url, each.copy)) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(budgets(CALL), st.sampled_from(VIEWS), st.sampled_from(LANGUAGES))
async def test_every_view_of_every_budget_is_a_message_that_telegram_takes(
    plan: Budget, view: str, language: Language
) -> None:
    at = turn(language)
    data = unpack(Showing(at, plan, View.read(view)).packed())
    assert data is not None
    reply = await budget.pressed(at, data)
    assert_telegram_takes(reply)
    assert reply.in_place
    assert planned(reply) == plan


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_leads_to_another_card_that_is_drawn(language: Language) -> None:
    at, seen = turn(language), 0
    for view in VIEWS:
        data = unpack(Showing(at, USUAL, View.read(view)).packed())
        assert data is not None
        for button in buttons(await budget.pressed(at, data)):
            if (button.data or "").startswith(KIND) and not (button.data or "").endswith(":x"):
                assert_telegram_takes(await press(at, button))
                seen += 1
    assert seen > 100


async def test_the_card_begins_with_the_smallest_project_of_the_sector() -> None:
    at = turn("lv")
    assert planned(await budget.command(at, "")) == Budget(12, 3)
    for_universities = replace(at, profile=replace(at.profile, sector="he"))
    assert planned(await budget.command(for_universities, "")) == Budget(24, 3, "he")


@pytest.mark.parametrize(
    ("typed", "plan"),
    [
        ("24 mēneši 4 partneri", Budget(24, 4)),
        ("24 4", Budget(24, 4)),
        ("24", Budget(24, 3)),
        ("KA203", Budget(24, 3, "he")),
        ("24 mēneši 500 partneri", Budget(24, 3)),
        ("500 4", Budget(12, 4)),
        ("blah", Budget(12, 3)),
    ],
)
async def test_what_follows_the_command_fills_the_card(typed: str, plan: Budget) -> None:
    assert planned(await budget.command(turn("lv"), typed)) == plan


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("500 mēneši", "no 1 līdz 99"),
        ("0 partneri", "pieteicējs ir ieskaitīts"),
        ("izņēmuma izmaksas -500", "nevar būt negatīvi"),
        ("2 sanāksmes 10000 cilvēkiem", "sadaliet vairākās rindās"),
        ("blah", "/budget 24 mēneši 4 partneri"),
        ("2020-09-01", "Skaitļus neatradu"),
        ("; ".join(["1 sanāksme 2 cilvēkiem"] * 7), "ierakstīt izklājlapā"),
    ],
)
async def test_bad_input_gets_a_kind_word_with_an_example(typed: str, words: str) -> None:
    reply = await budget.command(turn("lv"), typed)
    first = parse(reply.html).text.split("\n\n")[0]
    assert first.startswith("⚠️")
    assert words in first
    assert "/budget" in first or "piemēram" in first or "izklājlapā" in first


@pytest.mark.parametrize(
    ("view", "typed", "plan"),
    [
        ("", "36 mēneši", replace(USUAL, months=36)),
        ("", "un ar 6 partneriem?", replace(USUAL, organisations=6)),
        ("", "inovācijas", replace(USUAL, project_type="innovation")),
        ("", "izņēmuma 5000", USUAL.with_sum("exceptional", 5000)),
        ("", "1 sanāksme 3 cilvēkiem 2100 km", WITH_A_MEETING),
        ("m", "30", replace(USUAL, months=30)),
        ("o", "7", replace(USUAL, organisations=7)),
        ("p", "skola", replace(USUAL, sector="school")),
        ("t0", "8", replace(USUAL, meetings=(Meeting(2, 8, 100), USUAL.meetings[1]))),
        ("t1", "5 cilvēki 2300 km", replace(USUAL, meetings=(USUAL.meetings[0], Meeting(1, 5, 2000)))),
        ("l0", "12 skolotāji 4 dienas", replace(USUAL, trainings=(Training(1, 12, 4, False, 500),))),
        ("l0", "80 km", replace(USUAL, trainings=(Training(1, 10, 5, True, 10),))),
        ("s4", "1500", USUAL.with_sum("special-needs", 1500)),
        ("s4", "1 500,40 EUR", USUAL.with_sum("special-needs", 1500)),
        ("s0", "60 tūkstoši", USUAL.with_sum("outputs", 60_000)),
    ],
)  # fmt: skip
async def test_typed_figures_go_to_what_is_open(view: str, typed: str, plan: Budget) -> None:
    reply = await ask.text(carried(turn("lv"), USUAL, view), typed)
    assert reply.in_place
    assert planned(reply) == plan


@pytest.mark.parametrize(
    ("view", "typed"),
    [
        ("", "7"),
        ("m", "850 km"),
        ("", "cik partneru vajag"),
        ("t0", "kas ir projekta sanāksme?"),
        ("", "un augstākajai izglītībai?"),
        ("", "vai 4 partneri ir par daudz?"),
        ("", "cik naudas var dabūt 18 mēnešiem"),
        ("s0", "sveiki"),
    ],
)
def test_a_question_or_a_figure_for_nothing_open_is_left_alone(view: str, typed: str) -> None:
    assert budget.typed(carried(turn("lv"), USUAL, view), typed) is None


async def test_a_figure_beyond_its_limit_is_told_in_place_and_changes_nothing() -> None:
    reply = await ask.text(carried(turn("en"), USUAL, "m"), "500")
    assert "whole number from 1 to 99" in reply.html
    assert planned(reply) == USUAL


async def test_another_question_under_an_open_card_leads_back_to_it() -> None:
    reply = await ask.text(carried(turn("lv"), USUAL), "kāds ir termiņš")
    assert "💶 Turpināt /budget" in [button.label for button in buttons(reply)]


async def test_a_button_of_another_edition_starts_again_below_and_says_so() -> None:
    at = turn("lv")
    data = unpack(Showing(at, USUAL).packed())
    assert data is not None
    for fields in (("0000", *data.fields[1:]), (data.fields[0], "%%%", ""), (), ("x",)):
        reply = await budget.pressed(at, replace(data, fields=fields))
        assert "no vecākas versijas" in reply.html
        assert not reply.in_place
        assert planned(reply) == Budget(12, 3)


@pytest.mark.parametrize(("language", "copied"), [("lv", "3000,75"), ("en", "3000.75")])
async def test_the_total_can_be_copied_as_the_language_writes_it(language: Language, copied: str) -> None:
    plan = Budget(1, 1).with_sum("exceptional", 4001)
    total = reckon(CALL, plan).total - 500
    assert str(total) == "3000.75"
    at = turn(language)
    data = unpack(Showing(at, plan).packed())
    assert data is not None
    button = label(await budget.pressed(at, data), "📋")
    assert button.copy == copied.replace("3000", "3500")


async def test_a_chosen_sector_or_type_is_taken_back_by_a_second_press() -> None:
    at = turn("en")
    reply = await press(at, label(await budget.command(at, ""), "⚙️"))
    chosen = await press(at, label(reply, "Innovation"))
    assert planned(chosen).project_type == "innovation"
    assert planned(await press(at, label(chosen, "✅ Innovation"))).project_type is None


async def test_lines_are_added_changed_and_removed() -> None:
    at = turn("lv")
    added = await press(at, label(await press(at, label(await budget.command(at, "24 4"), "🤝")), "➕"))
    assert planned(added).meetings == (Meeting(1, 3),)
    far = await press(at, label(added, "≥"))
    assert planned(far).meetings == (Meeting(1, 3, 2000),)
    assert "760" in far.html
    more = await press(at, label(far, "+5"))
    assert planned(more).meetings == (Meeting(1, 8, 2000),)
    assert planned(await press(at, label(more, "🗑"))).meetings == ()


async def test_a_full_card_offers_no_further_line_but_the_spreadsheet() -> None:
    at = turn("lv")
    full = replace(USUAL, meetings=(Meeting(1, 1, 100),) * 6, trainings=(Training(1, 1, 5),) * 4)
    for view in ("t", "l"):
        data = unpack(Showing(at, full, View.read(view)).packed())
        assert data is not None
        reply = await budget.pressed(at, data)
        assert not [each for each in buttons(reply) if each.label.startswith("➕")]
        assert "izklājlapā" in reply.html


async def test_the_file_comes_with_the_total_and_leaves_the_card_alone() -> None:
    at = turn("en")
    data = unpack(Showing(at, USUAL, View("x")).packed())
    assert data is not None
    reply = await budget.pressed(at, data)
    assert reply.document is not None
    assert reply.document.name == "budget-24-months-4-org.xlsx"
    assert reply.card is None
    assert not reply.in_place


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=50), st.sampled_from(VIEWS), st.sampled_from(LANGUAGES))
async def test_no_input_raises(text: str, view: str, language: Language) -> None:
    at = turn(language)
    assert_telegram_takes(await budget.command(at, text))
    reply = budget.typed(carried(at, USUAL, view), text)
    if reply is not None:
        assert_telegram_takes(reply)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters=":", codec="utf-8"), max_size=20), max_size=4))
async def test_no_forged_button_raises(fields: list[str]) -> None:
    at = turn("lv")
    data = unpack(Showing(at, USUAL).packed())
    assert data is not None
    assert_telegram_takes(await budget.pressed(at, replace(data, fields=tuple(fields))))
    assert_telegram_takes(await budget.pressed(at, replace(data, fields=(*data.fields[:2], *fields))))


def test_the_whole_card_is_the_empty_view() -> None:
    assert str(WHOLE) == ""
    assert View.read("t٣") == View("t")
