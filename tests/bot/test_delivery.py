"""How a reply reaches the screen: in place, anew, in parts, and past what Telegram may say to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from telegram.constants import MessageLimit
from telegram.error import TimedOut
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.application import App
from bot.failures import on_error
from bot.local.conversation import Conversation
from bot.local.entities import utf16_length
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from handlers.buttons import Button, Press, pack
from handlers.context import Card, Profile, Services, Thread, Turn, Who
from handlers.reply import Document, Reply
from handlers.telegram import on_command, on_other, on_press, on_text
from knowledge.reading import Reading
from tests import worlds

ANNA = Who(1001, 1001)
ROWS = (
    (Button("Next", pack("x", "en", "1")), Button("Same", pack("x", "en", "2"))),
    (Button("Site", url="https://viaa.gov.lv"), Button("Copy", copy="a@viaa.gov.lv")),
)


@dataclass
class Script:
    """What the bot under test answers, and the turns it has seen."""

    reply: Reply = field(default_factory=lambda: Reply("<b>Hello</b>", ROWS))
    after_press: Reply = field(default_factory=lambda: Reply("Pressed", ROWS, in_place=True))
    turns: list[Turn] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def typed(self, turn: Turn, text: str) -> Reply:
        self.turns.append(turn)
        self.texts.append(text)
        return self.reply

    async def pressed(self, turn: Turn, press: Press) -> Reply:
        self.turns.append(turn)
        return self.after_press


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def application(script: Script, services: Services, telegram: LocalTelegram) -> AsyncIterator[App]:
    """A bot that answers by the script."""
    builder = ApplicationBuilder().token("1:local").request(telegram).get_updates_request(telegram)
    application = builder.build()
    application.add_handler(CommandHandler("do", on_command(services, script.typed)))
    application.add_handler(MessageHandler(filters.TEXT, on_text(services, script.typed)))
    application.add_handler(MessageHandler(filters.ALL, on_other(services, script.typed)))
    application.add_handler(CallbackQueryHandler(on_press(services, script.pressed)))
    application.add_error_handler(on_error(services))
    async with application:
        yield application


@pytest.fixture
def anna(application: App, telegram: LocalTelegram) -> Conversation:
    return Conversation(application, Person(telegram, ANNA.person, "lv"))


async def test_a_reply_comes_with_markup_and_buttons_and_without_a_preview(
    anna: Conversation, telegram: LocalTelegram
) -> None:
    (shown,) = await anna.say("hello")
    assert (shown.text, shown.html) == ("Hello", "<b>Hello</b>")
    assert shown.labels == (("Next", "Same"), ("Site", "Copy"))
    assert shown.flat_buttons[2].url == "https://viaa.gov.lv"
    assert "is_disabled" in str(telegram.calls_of("sendMessage")[0]["link_preview_options"])


async def test_a_command_gets_what_follows_it(anna: Conversation, script: Script) -> None:
    await anna.say("/do  850 km\n4 cilvēki")
    await anna.say("/do")
    assert script.texts == ["850 km\n4 cilvēki", ""]


async def test_other_content_gets_its_kind(anna: Conversation, script: Script) -> None:
    await anna.send(anna.person.sends_sticker())
    await anna.send(anna.person.sends_location())
    assert script.texts == ["sticker", "location"]


async def test_a_press_edits_its_own_message(anna: Conversation) -> None:
    (first,) = await anna.say("hello")
    await anna.say("again")
    (shown,) = await anna.press("Next", first.message_id)
    assert shown.edited
    assert (shown.message_id, shown.text) == (first.message_id, "Pressed")


async def test_the_same_press_twice_changes_nothing_and_hurts_nobody(anna: Conversation) -> None:
    await anna.say("hello")
    await anna.press("Next")
    assert await anna.press("Same") == []


async def test_a_press_on_a_deleted_message_is_answered_anew(anna: Conversation, application: App) -> None:
    (first,) = await anna.say("hello")
    assert first.message_id is not None
    press = anna.person.presses("Next")
    await application.bot.delete_message(ANNA.chat, first.message_id)
    shown = await anna.send(press)
    assert [(s.kind, s.text) for s in shown] == [("new", "Pressed")]


async def test_a_press_on_a_message_too_old_to_see_is_answered_anew(anna: Conversation) -> None:
    await anna.say("hello")
    (shown,) = await anna.send(anna.person.presses_data(pack("x", "en", "1"), inaccessible=True))
    assert (shown.kind, shown.text) == ("new", "Pressed")


async def test_a_toast_is_cut_to_two_hundred_characters(anna: Conversation, script: Script) -> None:
    script.after_press = Reply("Pressed", in_place=True, toast="🎉" * 300)
    await anna.say("hello")
    toast, _ = await anna.press("Next")
    assert toast.toast.endswith("🎉…")
    assert utf16_length(toast.toast) <= 200


async def test_a_press_that_came_too_late_still_works(anna: Conversation, telegram: LocalTelegram) -> None:
    await anna.say("hello")
    press = anna.person.presses("Next")
    telegram.expire_queries()
    (shown,) = await anna.send(press)
    assert shown.text == "Pressed"


async def test_a_press_nobody_can_read_is_refused_politely(anna: Conversation, script: Script) -> None:
    await anna.say("hello")
    for data in ("nonsense", "x0:lv:1", "x1:de:1", "x1"):
        (shown,) = await anna.press_data(data)
        assert shown.kind == "new"
    assert len(script.turns) == 1


async def test_a_typed_answer_edits_the_open_card(
    anna: Conversation, script: Script, services: Services
) -> None:
    script.reply = Reply("Step 1", ROWS, card="1")
    (card,) = await anna.say("begin")
    assert await services.store.card(ANNA) == Card(card.message_id or 0, "1")
    script.reply = Reply("Step 2", ROWS, in_place=True, card="2")
    (shown,) = await anna.say("school")
    assert (shown.kind, shown.message_id, shown.text) == ("edited", card.message_id, "Step 2")
    assert await services.store.card(ANNA) == Card(card.message_id or 0, "2")


async def test_a_card_that_ends_is_closed_and_another_message_leaves_it_open(
    anna: Conversation, script: Script, services: Services
) -> None:
    (other,) = await anna.say("stepper")
    script.reply = Reply("Step 1", ROWS, card="1")
    (card,) = await anna.say("begin")
    await anna.press("Next", other.message_id)
    assert await services.store.card(ANNA) == Card(card.message_id or 0, "1")
    script.after_press = Reply("Result", in_place=True)
    await anna.press("Next", card.message_id)
    assert await services.store.card(ANNA) is None


async def test_a_card_that_was_deleted_is_opened_anew(
    anna: Conversation, script: Script, services: Services
) -> None:
    await services.store.keep_card(ANNA, Card(12345, "1"))
    script.reply = Reply("Step 2", ROWS, in_place=True, card="2")
    (shown,) = await anna.say("school")
    assert shown.kind == "new"
    assert await services.store.card(ANNA) == Card(shown.message_id or 0, "2")


async def test_a_long_text_comes_in_parts_with_the_buttons_below_the_last(
    anna: Conversation, script: Script
) -> None:
    paragraph = f"<b>{'word ' * 200}</b>"
    script.reply = Reply("\n\n".join([paragraph] * 9), ROWS)
    shown = await anna.say("everything")
    assert len(shown) == 3
    assert [bool(s.buttons) for s in shown] == [False, False, True]
    assert all(s.html.startswith("<b>") and s.html.endswith("</b>") for s in shown)


async def test_a_text_too_long_for_its_place_is_sent_anew(anna: Conversation, script: Script) -> None:
    script.after_press = Reply("word " * 1000, in_place=True)
    await anna.say("hello")
    assert [s.kind for s in await anna.press("Next")] == ["new", "new"]


async def test_markup_that_telegram_refuses_is_sent_as_words(
    anna: Conversation, script: Script, telegram: LocalTelegram
) -> None:
    script.reply = Reply('<b>3 &lt; 4</b>, see <a href="https://viaa.gov.lv">VIAA</a>', ROWS)
    telegram.fail_next("sendMessage", 400, "Bad Request: can't parse entities: no reason")
    (shown,) = await anna.say("hello")
    assert (shown.text, shown.entities) == ("3 < 4, see VIAA (https://viaa.gov.lv)", ())
    assert shown.labels == (("Next", "Same"), ("Site", "Copy"))


async def test_a_short_flood_wait_is_waited_out(
    anna: Conversation, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def no_sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("handlers.telegram.delivery.asyncio.sleep", no_sleep)
    telegram.fail_next("sendMessage", retry_after=2)
    (shown,) = await anna.say("hello")
    assert (shown.text, waits) == ("Hello", [2])


async def test_a_broken_connection_is_tried_once_more(anna: Conversation, telegram: LocalTelegram) -> None:
    telegram.break_next("sendMessage", TimedOut())
    (shown,) = await anna.say("hello")
    assert shown.text == "Hello"


async def test_who_has_blocked_the_bot_causes_no_apology(
    anna: Conversation, telegram: LocalTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    anna.person.chat.blocked = True
    with caplog.at_level("INFO", "bot"):
        assert await anna.say("hello") == []
    assert len(telegram.calls_of("sendMessage")) == 1
    assert "blocked" in caplog.text


PLAN = Document("plāns.ics", b"BEGIN:VCALENDAR\xc4\x81")


async def test_a_file_comes_with_its_words_below_and_the_buttons(anna: Conversation, script: Script) -> None:
    script.reply = Reply("<b>The dates</b>", ROWS, document=PLAN)
    (shown,) = await anna.say("dates")
    kept = worlds.document([shown])
    assert (kept.filename, kept.content, kept.mime_type) == (PLAN.name, PLAN.content, "text/calendar")
    assert (shown.text, shown.html) == ("The dates", "<b>The dates</b>")
    assert shown.labels == (("Next", "Same"), ("Site", "Copy"))


async def test_a_file_needs_no_words(anna: Conversation, script: Script) -> None:
    script.reply = Reply("", document=PLAN)
    (shown,) = await anna.say("dates")
    assert (shown.text, worlds.document([shown]).content) == ("", PLAN.content)


@pytest.mark.parametrize(
    ("length", "messages"),
    [(MessageLimit.CAPTION_LENGTH, 1), (MessageLimit.CAPTION_LENGTH + 1, 2), (6000, 3)],
)
async def test_words_too_long_for_a_caption_go_before_the_file(
    length: int, messages: int, anna: Conversation, script: Script
) -> None:
    words = "".join("word\n"[i % 5] for i in range(length - 1)) + "."
    script.reply = Reply(f"<i>{words}</i>" if length < 4096 else words, ROWS, document=PLAN)
    shown = await anna.say("dates")
    assert len(shown) == messages
    assert "".join(s.text.replace("\n", "") for s in shown) == words.replace("\n", "")
    assert [bool(s.document) for s in shown] == [False] * (messages - 1) + [True]
    assert [bool(s.buttons) for s in shown] == [False] * (messages - 1) + [True]


async def test_a_file_asked_for_by_a_button_leaves_its_message_and_the_card_alone(
    anna: Conversation, script: Script, services: Services
) -> None:
    script.reply = Reply("Step 1", ROWS, card="1")
    (card,) = await anna.say("begin")
    script.after_press = Reply("As a file", ROWS, in_place=True, card="2", toast="Here", document=PLAN)
    toast, shown = await anna.press("Next")
    assert (toast.toast, shown.kind, worlds.document([shown]).content) == ("Here", "new", PLAN.content)
    assert await services.store.card(ANNA) == Card(card.message_id or 0, "1")
    assert card in anna.screen()


async def test_buttons_below_a_file_are_answered_anew_since_it_has_no_text_to_change(
    anna: Conversation, script: Script
) -> None:
    script.reply = Reply("As a file", ROWS, document=PLAN)
    await anna.say("dates")
    (shown,) = await anna.press("Next")
    assert (shown.kind, shown.text) == ("new", "Pressed")


async def test_a_question_changed_into_one_for_a_file_gets_it_anew(
    anna: Conversation, script: Script
) -> None:
    (first,) = await anna.say("hello")
    script.reply = Reply("As a file", document=PLAN)
    (shown,) = await anna.edit("dates")
    assert (shown.kind, bool(shown.document)) == ("new", True)
    script.reply = Reply("Hello again")
    (changed,) = await anna.edit("hello again")
    assert (changed.edited, changed.message_id) == (True, first.message_id)


async def test_a_file_is_sent_with_the_same_patience(
    anna: Conversation, script: Script, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def no_sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("handlers.telegram.delivery.asyncio.sleep", no_sleep)
    script.reply = Reply("<b>Hello</b>", document=PLAN)
    telegram.fail_next("sendDocument", retry_after=2)
    telegram.break_next("sendDocument", TimedOut())
    telegram.fail_next("sendDocument", 400, "Bad Request: can't parse entities: no reason")
    (shown,) = await anna.say("hello")
    assert (shown.text, shown.entities, worlds.document([shown]).content) == ("Hello", (), PLAN.content)
    assert waits[0] == 2
    assert len(waits) == 2


async def test_what_it_was_about_is_remembered_for_the_next_turn(anna: Conversation, script: Script) -> None:
    script.reply = Reply("Answer", thread=Thread("duration", "en", Reading(sector="vet")))
    await anna.say("how long")
    await anna.say("and then")
    assert script.turns[0].thread is None
    assert script.turns[1].thread == Thread("duration", "en", Reading(sector="vet"))


@pytest.mark.parametrize(
    ("code", "language"),
    [("lv", "lv"), ("en", "en"), ("en-GB", "en"), ("ru", "lv"), ("de", "lv"), (None, "lv")],
)
async def test_a_first_message_is_answered_in_the_language_of_the_persons_telegram(
    application: App, telegram: LocalTelegram, script: Script, code: str | None, language: str
) -> None:
    await Conversation(application, Person(telegram, 5, code)).say("?")
    assert script.turns[0].language == language


async def test_the_chosen_language_goes_before_the_buttons_and_the_last_answers(
    anna: Conversation, script: Script, services: Services
) -> None:
    await anna.say("hello")
    await anna.press("Next")
    await services.store.keep_thread(ANNA, Thread("duration", "en"))
    await anna.say("hello")
    await services.store.keep_profile(ANNA, Profile("lv"))
    await anna.press("Next")
    assert [turn.language for turn in script.turns] == ["lv", "en", "en", "lv"]
