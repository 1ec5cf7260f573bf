"""People and their updates, and a tiny application driven from end to end."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    MessageEntity,
    Update,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.local.commands import command_entities
from bot.local.conversation import Conversation
from bot.local.entities import utf16_slice
from bot.local.person import NoSuchButton, Person, posts_in_channel
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE

CARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("No", callback_data="no")],
        [
            InlineKeyboardButton("Site", url="https://e.lv"),
            InlineKeyboardButton("File", callback_data="file"),
        ],
    ]
)


async def start(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    arguments = " ".join(context.args or [])
    await update.effective_message.reply_html(f"<b>Start</b> {arguments}", reply_markup=CARD)


async def echo(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    text = update.effective_message.text or "?"
    await update.effective_message.reply_text(text, do_quote=True)


async def card(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "file":
        await query.answer()
        await context.bot.send_document(query.from_user.id, b"x", filename="x.ics")
    else:
        await query.answer(f"chose {query.data}")
        await query.edit_message_text(f"{query.data}!")


async def inline(update: Update, context: Context) -> None:
    assert update.inline_query is not None
    content = InputTextMessageContent(update.inline_query.query)
    await update.inline_query.answer([InlineQueryResultArticle("1", "Title", content)])


@pytest.fixture
def telegram() -> LocalTelegram:
    return LocalTelegram(clock=lambda: NOW)


@pytest.fixture
def person(telegram: LocalTelegram) -> Person:
    return Person(telegram)


def built(telegram: LocalTelegram, *, polling: bool = False) -> App:
    builder = ApplicationBuilder().token("1:token").request(telegram).get_updates_request(telegram)
    application = builder.build() if polling else builder.updater(None).build()
    application.add_handlers(
        [
            CommandHandler("start", start),
            CallbackQueryHandler(card),
            InlineQueryHandler(inline),
            MessageHandler(filters.ALL, echo),
        ]
    )
    return application


@pytest.fixture
async def conversation(telegram: LocalTelegram, person: Person) -> AsyncIterator[Conversation]:
    async with built(telegram) as application:
        yield Conversation(application, person)
    telegram.assert_clean()


def message_of(update: JsonObject) -> Message:
    message = Update.de_json(update, Bot("1:token")).effective_message
    assert message is not None
    return message


def query_of(update: JsonObject) -> CallbackQuery:
    query = Update.de_json(update, Bot("1:token")).callback_query
    assert query is not None
    return query


async def test_a_command_is_recognised_and_its_reply_shown(conversation: Conversation) -> None:
    [reply] = await conversation.say("/start e-grant")
    assert (reply.kind, reply.text, reply.html) == ("new", "Start e-grant", "<b>Start</b> e-grant")
    assert reply.labels == (("Yes", "No"), ("Site", "File"))
    assert [button.data or button.url for button in reply.flat_buttons] == [
        "yes",
        "no",
        "https://e.lv",
        "file",
    ]
    assert [run.styles for run in reply.runs] == [frozenset({"bold"}), frozenset()]


async def test_the_bot_may_be_addressed_by_name(conversation: Conversation, telegram: LocalTelegram) -> None:
    [reply] = await conversation.say(f"/start@{telegram.username}")
    assert reply.text == "Start"
    [other] = await conversation.say("/start@other_bot")
    assert other.text == "/start@other_bot"


async def test_text_is_echoed_as_a_reply(conversation: Conversation) -> None:
    [reply] = await conversation.say("cik naudas?")
    assert (reply.text, reply.reply_to, reply.edited) == ("cik naudas?", 1, False)


async def test_a_press_shows_toast_and_edit_in_order(conversation: Conversation) -> None:
    await conversation.say("/start")
    toast, edit = await conversation.press(2)
    assert (toast.kind, toast.toast, toast.message_id) == ("toast", "chose no", None)
    assert (edit.text, edit.edited, edit.buttons) == ("no!", True, ())
    assert [shown.text for shown in conversation.screen()] == ["no!"]


async def test_a_press_by_label_may_name_a_part_of_it(conversation: Conversation) -> None:
    await conversation.say("/start")
    [shown] = await conversation.press("Fil")
    assert shown.document is not None
    assert (shown.document.filename, shown.document.content) == ("x.ics", b"x")


async def test_any_callback_data_can_be_forged(conversation: Conversation) -> None:
    await conversation.say("/start")
    toast, _ = await conversation.press_data("forged")
    assert toast.toast == "chose forged"


async def test_an_edited_message_is_an_update_of_its_own(conversation: Conversation) -> None:
    await conversation.say("one")
    [reply] = await conversation.edit("two")
    assert reply.text == "two"


async def test_inline_mode_gives_the_offered_results(conversation: Conversation) -> None:
    answer = await conversation.inline("grant")
    assert answer is not None
    assert [result.message.text for result in answer.results] == ["grant"]


async def test_what_comes_unasked_is_news(conversation: Conversation) -> None:
    await conversation.application.bot.send_message(conversation.person.chat.chat_id, "reminder")
    assert [shown.text for shown in conversation.news()] == ["reminder"]
    assert conversation.news() == []


async def test_people_see_only_their_own_chat(conversation: Conversation, telegram: LocalTelegram) -> None:
    other = Conversation(conversation.application, Person(telegram, 1002))
    await other.say("theirs")
    assert conversation.news() == []


async def test_groups_and_their_topics_are_chats_of_their_own(conversation: Conversation) -> None:
    there = Conversation(conversation.application, conversation.person.in_group(-100, thread_id=7))
    [reply] = await there.say("question")
    assert reply.thread_id == 7
    assert conversation.screen() == []


async def test_a_polling_application_gets_what_was_delivered(telegram: LocalTelegram, person: Person) -> None:
    application = built(telegram, polling=True)
    answered = asyncio.Event()

    async def note(update: Update, context: Context) -> None:
        answered.set()

    application.add_handler(MessageHandler(filters.ALL, note), group=1)
    conversation = Conversation(application, person)
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        telegram.deliver(person.writes("by polling"))
        await asyncio.wait_for(answered.wait(), 5)
        await application.updater.stop()
        await application.stop()
    assert [shown.text for shown in conversation.news()] == ["by polling"]
    telegram.assert_clean()


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("/start", ["/start"]),
        ("/start@ka2_bot e", ["/start@ka2_bot"]),
        ("👍 /help, or /travel", ["/help", "/travel"]),
        ("and/or http://e.lv/start 1/2", []),
        ("/čau /", []),
        ("//start </b>", []),
    ],
)
def test_commands_are_marked_anywhere_but_in_words_paths_and_tags(text: str, commands: list[str]) -> None:
    found = [utf16_slice(text, entity.offset, entity.length) for entity in command_entities(text)]
    assert found == commands


def test_command_offsets_count_utf16_units(person: Person) -> None:
    message = message_of(person.writes("👍 /help"))
    assert message.entities == (MessageEntity("bot_command", 3, 5),)


def test_update_ids_rise(person: Person) -> None:
    ids = [Update.de_json(person.writes("x")).update_id for _ in range(3)]
    assert ids == sorted(set(ids))


def test_a_person_has_language_name_and_private_chat(telegram: LocalTelegram) -> None:
    message = message_of(Person(telegram, 5, "en", first_name="John", username="john").writes("x"))
    assert message.from_user is not None
    assert (message.from_user.language_code, message.from_user.username) == ("en", "john")
    assert (message.chat.id, message.chat.type, message.chat.first_name) == (5, "private", "John")
    assert message.date == NOW
    assert "language_code" not in Person(telegram, 6, None).user


def test_people_send_more_than_text(person: Person) -> None:
    assert message_of(person.sends_sticker("🇱🇻")).sticker
    assert message_of(person.sends_voice()).voice
    assert message_of(person.sends_photo("caption")).caption == "caption"
    assert message_of(person.sends_location()).location
    assert message_of(person.sends_contact()).contact
    assert message_of(person.forwards("x")).forward_origin
    document = message_of(person.sends_document("plan.pdf", b"%PDF", caption="see")).document
    assert document is not None
    assert document.file_name == "plan.pdf"


def test_a_reply_carries_the_message_it_answers(person: Person) -> None:
    person.writes("first")
    replied = message_of(person.writes("second", reply_to=1)).reply_to_message
    assert replied is not None
    assert replied.text == "first"


def test_an_old_message_tells_only_its_id_to_a_press(person: Person) -> None:
    person.writes("x")
    query = query_of(person.presses_data("old", 1, inaccessible=True))
    assert query.message is not None
    assert query.message.message_id == 1
    assert not query.message.is_accessible


def test_blocking_and_membership_are_updates(person: Person) -> None:
    group = person.in_group(-100)
    statuses = [
        (change.old_chat_member.status, change.new_chat_member.status)
        for raw in (person.blocks_bot(), person.unblocks_bot(), group.removes_bot(), group.adds_bot())
        if (change := Update.de_json(raw, Bot("1:token")).my_chat_member)
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member"), ("member", "left"), ("left", "member")]


def test_a_channel_post_has_no_author(telegram: LocalTelegram) -> None:
    update = Update.de_json(posts_in_channel(telegram, -200, "news"), Bot("1:token"))
    assert update.channel_post is not None
    assert update.channel_post.from_user is None


def test_what_no_client_sends_is_refused(person: Person) -> None:
    for text in ("", " ", "x" * 4097):
        with pytest.raises(ValueError, match="no empty message"):
            person.writes(text)
    with pytest.raises(ValueError, match="inline query"):
        person.asks_inline("x" * 257)
    with pytest.raises(LookupError):
        person.edits("never sent")


async def test_a_button_that_is_not_there_cannot_be_pressed(conversation: Conversation) -> None:
    person = conversation.person
    with pytest.raises(NoSuchButton, match="no message has buttons"):
        person.presses(1)
    await conversation.say("/start")
    for wanted in (0, 5, "Maybe", "e"):
        with pytest.raises(NoSuchButton, match="1 'Yes', 2 'No', 3 'Site', 4 'File'"):
            person.presses(wanted)
    with pytest.raises(NoSuchButton, match="it is for url"):
        person.presses("Site")
