"""`ka2bot web` in a real browser, as people and curators use it; no test sleeps, each waits for the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot import application
from handlers.buttons import Button
from handlers.commands import COMMANDS, Command, listed
from handlers.context import Turn
from handlers.reply import Document, Reply
from tests.browser.conftest import Visit
from tests.browser.preview import DESKTOP, Preview

pytestmark = pytest.mark.asyncio(loop_scope="module")

MONEY = "entries/money.yaml"
TITLE = "title: Maksimālais finansējums"


async def test_an_empty_chat_says_what_the_bot_is_for_and_begins_by_a_button(visit: Visit) -> None:
    anna = await visit()
    await expect(anna.page.locator("#about")).to_contain_text("Atbildu uz jautājumiem")
    await anna.page.locator("#begin").click()
    await expect(anna.bot).to_have_count(1)
    await expect(anna.last).to_contain_text("Labdien!")
    await expect(anna.own.locator(".body")).to_have_text("/start")
    await expect(anna.page.locator("#about")).to_be_hidden()


async def test_a_question_is_answered_with_its_markup_and_buttons(visit: Visit) -> None:
    anna = await visit()
    await anna.says("cik naudas var dabut")
    await expect(anna.last.locator("b").first).to_contain_text("12\u00a0500\u00a0EUR")
    await expect(anna.last.locator(".body i").first).to_contain_text("VIAA prezentācija")
    await anna.presses("Projekta ilgums")
    await expect(anna.bot).to_have_count(2)
    await expect(anna.last).to_contain_text("12–36 mēneši")


async def test_what_a_person_types_is_never_markup(visit: Visit) -> None:
    anna = await visit()
    said = "<img src=x onerror=alert(1)> <b>cik</b> &amp; javascript:alert(1)"
    await anna.says(said)
    await expect(anna.own.locator(".body")).to_have_text(said)
    await expect(anna.page.locator("#log .body img, .own .body b")).to_have_count(0)


async def test_check_is_one_message_edited_by_its_buttons(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/check")
    for label, step in (
        ("Organizācija Latvijā", "2/11"),
        ("KA201 · skolu izglītība", "3/11"),
        ("Inovāciju atbalsts", "4/11"),
        ("3", "5/11"),
        ("⬅️ Atpakaļ", "4/11"),
    ):
        await anna.presses(label)
        await expect(anna.last.locator(".body")).to_contain_text(step)
    await expect(anna.bot).to_have_count(1)


async def test_the_stepper_of_travel_counts_in_place_and_by_the_keyboard_alone(visit: Visit) -> None:
    anna = await visit(DESKTOP)
    await anna.says("/travel 850 4")
    await expect(anna.last.locator("b").first).to_have_text("1\u00a0100\u00a0EUR")
    plus = anna.last.get_by_role("button", name="+", exact=True)
    await plus.focus()
    for total in ("1\u00a0375\u00a0EUR", "1\u00a0650\u00a0EUR"):
        await anna.page.keyboard.press("Enter")
        await expect(anna.last.locator("b").first).to_have_text(total)
        await expect(plus).to_be_focused()
    await expect(anna.bot).to_have_count(1)


async def test_a_file_that_the_bot_hands_over_is_downloaded_as_it_is(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = Document("plāns 2020.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Termiņš".encode())

    async def hand_over(turn: Turn, args: str) -> Reply:
        return Reply("<b>Termiņi</b>", document=plan)

    monkeypatch.setattr(application, "COMMANDS", (Command("plan", hand_over), *COMMANDS))
    anna = await visit()
    await anna.says("/plan")
    file = anna.last.locator("a.file")
    await expect(file).to_contain_text("0,1 kB")
    async with anna.page.expect_download() as download:
        await file.click()
    kept = tmp_path / "kept.ics"
    await (await download.value).save_as(kept)
    assert (kept.read_bytes(), (await download.value).suggested_filename) == (plan.content, plan.name)


async def test_the_calendar_file_is_downloaded_by_its_button(visit: Visit, tmp_path: Path) -> None:
    anna = await visit()
    await anna.says("/deadline")
    await anna.presses("📅 Kalendāra fails")
    file = anna.last.locator("a.file")
    async with anna.page.expect_download() as download:
        await file.click()
    await (await download.value).save_as(tmp_path / "kept.ics")
    assert (await download.value).suggested_filename.endswith(".ics")
    assert (tmp_path / "kept.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_a_link_to_the_bot_itself_is_followed_here(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def link(turn: Turn, args: str) -> Reply:
        own = Button("Sākt", url="https://t.me/ka2_local_bot?start=grant-ceiling")
        return Reply("saite", ((own, Button("Vadlīnijas", url="https://example.org/")),))

    monkeypatch.setattr(application, "COMMANDS", (Command("link", link), *COMMANDS))
    anna = await visit()
    await anna.says("/link")
    elsewhere = anna.last.get_by_role("link", name="Vadlīnijas")
    await expect(elsewhere).to_have_attribute("rel", "noopener noreferrer")
    await anna.last.get_by_role("link", name="Sākt").click()
    await expect(anna.own.last.locator(".body")).to_have_text("/start grant-ceiling")


async def test_a_reload_keeps_the_conversation_and_another_browser_has_its_own(
    visit: Visit,
) -> None:
    anna, boris = await visit(), await visit()
    await anna.says("cik naudas var dabut")
    await anna.page.reload()
    await anna.is_ready()
    await expect(anna.own.locator(".body")).to_have_text("cik naudas var dabut")
    await expect(anna.last.locator("b").first).to_contain_text("12\u00a0500")
    await expect(boris.bot).to_have_count(0)


async def test_a_new_chat_is_empty(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/help")
    await anna.page.locator("#anew").click()
    await expect(anna.page.locator("#begin")).to_be_visible()
    await expect(anna.bot).to_have_count(0)


async def test_the_language_switch_changes_page_menu_and_bot(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/deadline")
    await anna.page.locator("#text").fill("how many part")
    await anna.page.get_by_role("radio", name="EN").check(force=True)
    await expect(anna.page.locator("html")).to_have_attribute("lang", "en")
    await anna.is_ready()
    await expect(anna.page.locator("#text")).to_have_value("how many part")
    await expect(anna.page.get_by_role("textbox", name="Message")).to_be_visible()
    await anna.says("/check")
    await expect(anna.last).to_contain_text("Can you apply?")
    await anna.page.locator("#text").fill("/tra")
    await expect(anna.page.get_by_role("option")).to_contain_text("Calculate travel money")


async def test_on_another_day_the_call_is_closed(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/deadline")
    await expect(anna.last).to_contain_text("Līdz beigām")
    await anna.page.locator("#day").fill("2020-05-01")
    await expect(anna.page.locator("#today")).to_be_visible()
    await anna.says("/deadline")
    await expect(anna.last).to_contain_text("slēgts")
    await expect(anna.page.locator(".date")).to_have_text(["1. februāris", "1. maijs"])
    await anna.page.locator("#today").click()
    await expect(anna.page.locator("#day")).to_have_value("2020-02-01")


async def test_the_menu_shows_commands_with_descriptions_and_is_used_by_arrows(visit: Visit) -> None:
    anna = await visit(DESKTOP)
    text = anna.page.locator("#text")
    await text.press_sequentially("/")
    await expect(anna.page.get_by_role("option")).to_have_count(len(listed("private")))
    await text.press_sequentially("fun")
    await expect(anna.page.get_by_role("option")).to_contain_text("Latvijai pieejamais finansējums")
    await text.press("Enter")
    await expect(anna.own.locator(".body")).to_have_text("/funding")
    await expect(anna.bot).to_have_count(1)


async def test_a_command_in_a_text_is_sent_by_a_tap(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/start")
    await anna.last.get_by_role("button", name="/help").click()
    await expect(anna.bot).to_have_count(2)
    await expect(anna.last).to_contain_text("/privacy")


async def test_an_edited_question_has_its_answer_edited(visit: Visit) -> None:
    anna = await visit(DESKTOP)
    await anna.says("cik naudas var dabut")
    text = anna.page.locator("#text")
    await text.press("ArrowUp")
    await expect(text).to_have_value("cik naudas var dabut")
    await text.fill("cik partneru vajag")
    await text.press("Enter")
    await expect(anna.last).to_contain_text("3 organizācij")
    await expect(anna.own.locator(".meta")).to_contain_text("labots")
    await expect(anna.own).to_have_count(1)
    await expect(anna.bot).to_have_count(1)
    await expect(anna.why.locator("[data-slot=text]").first).to_have_text("cik partneru vajag")


async def test_an_address_is_copied_by_its_button_with_a_word_about_it(visit: Visit) -> None:
    anna = await visit()
    await anna.says("/contact skola")
    button = anna.last.locator(".row button", has=anna.page.locator("svg"))
    await button.click()
    await expect(anna.page.locator("#toast")).to_contain_text("@viaa.gov.lv")
    assert "@viaa.gov.lv" in str(await anna.page.evaluate("navigator.clipboard.readText()"))


async def test_a_long_answer_is_shown_from_its_question_on_and_leads_down(visit: Visit) -> None:
    anna = await visit()
    for command in ("/help", "/activities", "/priorities"):
        await anna.says(command)
    await expect(anna.own.last).to_be_in_viewport()
    await expect(anna.last.locator(".row").last).not_to_be_in_viewport()
    await anna.page.locator("#down").click()
    await expect(anna.last.locator(".row").last).to_be_in_viewport()
    await expect(anna.page.locator("#down")).to_be_hidden()


async def test_the_panel_explains_an_answer(visit: Visit) -> None:
    anna = await visit(DESKTOP)
    await anna.says("cik naudas var dabut")
    await expect(anna.why.locator(".kind")).to_have_text("Atbilde")
    await expect(anna.why.locator(".outcome")).to_contain_text("grant-ceiling")
    await expect(anna.why.locator(".outcome .place")).to_have_text("entries/money.yaml:3")
    first = anna.why.locator(".candidates li").first
    await expect(first).to_contain_text("cik naudas var dabūt")
    await expect(first.locator("[data-slot=score]")).to_have_text("1,00")
    await first.locator(".place").click()
    await expect(anna.page.locator("#toast")).to_contain_text("knowledge/data/entries/money.yaml:")
    await anna.says("un cik ilgs drikst but projekts?")
    await anna.says("un augstakajai izglitibai?")
    await expect(anna.why.locator("dl")).to_contain_text("Projekta ilgums")
    await anna.says("/help")
    await expect(anna.why).to_contain_text("Komanda")
    await expect(anna.why.locator(".candidates")).to_have_count(0)


async def test_on_a_phone_the_panel_is_a_drawer_that_gives_the_keyboard_back(
    visit: Visit,
) -> None:
    anna = await visit()
    await anna.says("cik naudas var dabut")
    await expect(anna.page.locator("#why")).to_be_hidden()
    opener = anna.last.locator(".side")
    await opener.click()
    await expect(anna.why).to_contain_text("grant-ceiling")
    await expect(anna.page.locator("#hide-why")).to_be_focused()
    await anna.page.keyboard.press("Escape")
    await expect(anna.page.locator("#why")).to_be_hidden()
    await expect(opener).to_be_focused()


@pytest.mark.usefixtures("knowledge_kept")
async def test_a_changed_file_counts_at_once(visit: Visit, served: Preview) -> None:
    anna = await visit()
    await anna.says("cik naudas var dabut")
    served.write(MONEY, "Projekta maksimālais finansējums:", "Jaunais teksts:")
    await expect(anna.news).to_contain_text("knowledge/data/entries/money.yaml")
    await anna.page.locator("#again").click()
    await expect(anna.bot).to_have_count(2)
    await expect(anna.last).to_contain_text("Jaunais teksts: 12\u00a0500")


@pytest.mark.usefixtures("knowledge_kept")
async def test_a_broken_file_is_shown_with_line_and_remedy_while_the_old_answers(
    visit: Visit, served: Preview
) -> None:
    anna = await visit()
    served.write(MONEY, TITLE, TITLE.replace("title", "titel"))
    await expect(anna.news).to_contain_text("Failos ir kļūda")
    misspelt = anna.news.locator("li", has_text="check its spelling").first
    await expect(misspelt.locator(".place")).to_have_text("entries/money.yaml:7")
    await anna.says("cik naudas var dabut")
    await expect(anna.last).to_contain_text("12\u00a0500")
    served.write(MONEY, "titel:", "title:")
    await expect(anna.news.locator("h2")).to_contain_text("Zināšanas ielādētas no jauna")


@pytest.mark.usefixtures("knowledge_kept")
async def test_an_entry_that_cannot_be_shown_is_not_taken_over(visit: Visit, served: Preview) -> None:
    anna = await visit()
    served.write(MONEY, "per_month | money }} par katru", "per_mont | money }} par katru")
    await expect(anna.news).to_contain_text("per_mont")
    await expect(anna.news.locator(".place").first).to_contain_text("entries/money.yaml:")
    await anna.says("cik naudas var dabut")
    await expect(anna.last).to_contain_text("12\u00a0500")
