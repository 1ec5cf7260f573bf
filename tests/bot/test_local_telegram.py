"""The local Telegram refuses what Telegram refuses."""

from collections.abc import AsyncIterator
from html import escape

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    WebAppInfo,
)
from telegram.constants import (
    ChatAction,
    FileSizeLimit,
    MessageLimit,
)
from telegram.error import (
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from tests.bot.refusals import CHAT, NOW, button, keyboard, refused


@pytest.fixture
def telegram() -> LocalTelegram:
    return LocalTelegram(clock=lambda: NOW)


@pytest.fixture
def person(telegram: LocalTelegram) -> Person:
    return Person(telegram, CHAT)


@pytest.fixture
async def bot(telegram: LocalTelegram, person: Person) -> AsyncIterator[Bot]:
    async with Bot("1:token", request=telegram, get_updates_request=telegram) as bot:
        yield bot


async def test_a_sent_message_comes_back_with_entities_and_the_clocks_date(bot: Bot) -> None:
    message = await bot.send_message(
        CHAT, " <b>Sveiki</b>, Anna ", parse_mode="HTML", reply_markup=keyboard(button())
    )
    assert message.text == "Sveiki, Anna"
    assert message.text_html == "<b>Sveiki</b>, Anna"
    assert message.date == NOW
    assert message.reply_markup == keyboard(button())


async def test_without_parse_mode_markup_is_plain_text(bot: Bot) -> None:
    assert (await bot.send_message(CHAT, "<b>")).text == "<b>"


@pytest.mark.parametrize("text", ["", " \n", "<b> </b>"])
async def test_an_empty_text_is_refused(bot: Bot, text: str) -> None:
    with refused("Message text is empty"):
        await bot.send_message(CHAT, text, parse_mode="HTML")


async def test_a_text_may_have_4096_units_after_parsing(bot: Bot) -> None:
    longest = escape("&") * int(MessageLimit.MAX_TEXT_LENGTH)
    assert await bot.send_message(CHAT, f"<b>{longest}</b>", parse_mode="HTML")
    with refused("Message is too long"):
        await bot.send_message(CHAT, longest + "x", parse_mode="HTML")


async def test_an_emoji_counts_twice_towards_the_limit(bot: Bot) -> None:
    half = MessageLimit.MAX_TEXT_LENGTH // 2
    assert await bot.send_message(CHAT, "👍" * half)
    with refused("Message is too long"):
        await bot.send_message(CHAT, "👍" * half + "x")


async def test_broken_markup_is_refused_and_remembered(bot: Bot, telegram: LocalTelegram) -> None:
    with refused("Can't parse entities: .*end tag"):
        await bot.send_message(CHAT, "<b>x", parse_mode="HTML")
    with pytest.raises(AssertionError, match="sendMessage: Bad Request: can't parse entities"):
        telegram.assert_clean()


async def test_markdown_is_taken_for_a_slip(bot: Bot) -> None:
    with refused("parse_mode"):
        await bot.send_message(CHAT, "*x*", parse_mode="MarkdownV2")


async def test_styles_beyond_the_hundredth_are_refused_rather_than_dropped(bot: Bot) -> None:
    with refused("101 of at most 100 entities"):
        await bot.send_message(CHAT, "<b>x</b> " * (MessageLimit.MESSAGE_ENTITIES + 1), parse_mode="HTML")


@pytest.mark.parametrize("data", ["x" * 64, "ā" * 32])
async def test_callback_data_may_have_64_bytes(bot: Bot, data: str) -> None:
    assert await bot.send_message(CHAT, "x", reply_markup=keyboard(button(data)))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard(button("x" * 65)), "BUTTON_DATA_INVALID"),
        (keyboard(button("ā" * 33)), "BUTTON_DATA_INVALID"),
        (keyboard(button("")), "BUTTON_DATA_INVALID"),
        (keyboard(InlineKeyboardButton("x")), "Text buttons are unallowed"),
        (keyboard(InlineKeyboardButton("x", callback_data="x", url="https://e.lv")), "exactly one action"),
        (keyboard(button(label=" ")), "must not be empty"),
        (keyboard(), "empty row"),
        (InlineKeyboardMarkup([[button()], []]), "empty row"),
        (keyboard(*[button()] * 9), "too many buttons in a row"),
        (InlineKeyboardMarkup([[button()]] * 101), "Reply markup is too long"),
        (keyboard(InlineKeyboardButton("x", url="mailto:a@e.lv")), "Unsupported URL protocol"),
        (keyboard(InlineKeyboardButton("x", url="https://nodot")), "Wrong HTTP URL"),
        (
            keyboard(InlineKeyboardButton("x", copy_text=CopyTextButton("x" * 257))),
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (keyboard(InlineKeyboardButton("x", copy_text=CopyTextButton(""))), "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_keyboard_telegram_would_refuse_is_refused(
    bot: Bot, telegram: LocalTelegram, markup: InlineKeyboardMarkup, reason: str
) -> None:
    with refused(reason):
        await bot.send_message(CHAT, "x", reply_markup=markup)
    assert telegram.violations
    assert not telegram.chats[CHAT].messages


async def test_buttons_for_links_copying_and_inline_queries_pass(bot: Bot) -> None:
    assert await bot.send_message(
        CHAT,
        "x",
        reply_markup=keyboard(
            InlineKeyboardButton("x", url="https://e.lv/a?b=c"),
            InlineKeyboardButton("x", copy_text=CopyTextButton("x" * 256)),
            InlineKeyboardButton("x", switch_inline_query=""),
            InlineKeyboardButton("x", web_app=WebAppInfo("https://e.lv")),
        ),
    )


async def test_an_edit_changes_the_message_and_without_keyboard_takes_the_old_one_away(
    bot: Bot, telegram: LocalTelegram
) -> None:
    sent = await bot.send_message(CHAT, "one", reply_markup=keyboard(button()))
    edited = await bot.edit_message_text("two", CHAT, sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("two", None, NOW)
    assert [event.kind for event in telegram.events] == ["new", "edited"]


async def test_an_edit_that_changes_nothing_is_refused_without_being_a_violation(
    bot: Bot, telegram: LocalTelegram
) -> None:
    sent = await bot.send_message(CHAT, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard(button()))
    with refused("Message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<strong>one</strong>", CHAT, sent.message_id, parse_mode="HTML", reply_markup=keyboard(button())
        )
    with refused("Message is not modified"):
        await bot.edit_message_reply_markup(CHAT, sent.message_id, reply_markup=keyboard(button()))
    telegram.assert_clean()


async def test_the_keyboard_alone_can_be_changed_and_removed(bot: Bot, telegram: LocalTelegram) -> None:
    sent = await bot.send_message(CHAT, "one", reply_markup=keyboard(button()))
    await bot.edit_message_reply_markup(CHAT, sent.message_id, reply_markup=keyboard(button("y")))
    assert telegram.chats[CHAT].messages[sent.message_id].keyboard[0][0].data == "y"
    await bot.edit_message_reply_markup(CHAT, sent.message_id)
    assert telegram.chats[CHAT].messages[sent.message_id].keyboard == ()


async def test_what_is_not_there_cannot_be_edited_or_deleted(bot: Bot) -> None:
    with refused("Message to edit not found"):
        await bot.edit_message_text("x", CHAT, 77)
    with refused("Message to delete not found"):
        await bot.delete_message(CHAT, 77)


async def test_a_persons_message_cannot_be_edited_by_the_bot(bot: Bot, person: Person) -> None:
    person.writes("mine")
    with refused("Message can't be edited"):
        await bot.edit_message_text("x", CHAT, 1)


async def test_a_deleted_message_is_gone_and_noted(bot: Bot, telegram: LocalTelegram) -> None:
    sent = await bot.send_message(CHAT, "x")
    assert await bot.delete_message(CHAT, sent.message_id)
    assert not telegram.chats[CHAT].messages
    assert telegram.events[-1].kind == "deleted"


async def test_a_document_arrives_with_bytes_name_and_caption(bot: Bot, telegram: LocalTelegram) -> None:
    sent = await bot.send_document(CHAT, b"BEGIN", caption="<i>when</i>", parse_mode="HTML", filename="a.ics")
    assert sent.document is not None
    assert (sent.caption, sent.document.file_name) == ("when", "a.ics")
    kept = telegram.chats[CHAT].messages[sent.message_id].document
    assert kept is not None
    assert (kept.content, kept.mime_type) == (b"BEGIN", "text/calendar")
    assert telegram.documents[sent.document.file_id] == kept
    again = await bot.send_document(CHAT, sent.document.file_id)
    assert again.document == sent.document


async def test_a_document_has_limits_and_no_text_to_edit(bot: Bot) -> None:
    with refused("Message caption is too long"):
        await bot.send_document(CHAT, b"x", caption="x" * (MessageLimit.CAPTION_LENGTH + 1))
    with refused("File must be non-empty"):
        await bot.send_document(CHAT, b"")
    with pytest.raises(TelegramError, match="Request Entity Too Large"):
        await bot.send_document(CHAT, bytes(FileSizeLimit.FILESIZE_UPLOAD + 1))
    sent = await bot.send_document(CHAT, b"x")
    with refused("There is no text in the message to edit"):
        await bot.edit_message_text("x", CHAT, sent.message_id)


async def test_an_unknown_chat_and_a_blocked_bot_are_circumstances(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    with refused("Chat not found"):
        await bot.send_message(4711, "x")
    person.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(CHAT, "x")
    person.unblocks_bot()
    assert await bot.send_message(CHAT, "x")
    telegram.assert_clean()


async def test_a_reply_needs_its_message_unless_said_otherwise(bot: Bot, person: Person) -> None:
    person.writes("question")
    sent = await bot.send_message(CHAT, "x", reply_parameters=ReplyParameters(1))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"
    with refused("Message to be replied not found"):
        await bot.send_message(CHAT, "x", reply_parameters=ReplyParameters(77))
    lenient = ReplyParameters(77, allow_sending_without_reply=True)
    assert (await bot.send_message(CHAT, "x", reply_parameters=lenient)).reply_to_message is None


async def test_a_topic_must_exist(bot: Bot, person: Person) -> None:
    person.in_group(-100, thread_id=7)
    assert (await bot.send_message(-100, "x", message_thread_id=7)).message_thread_id == 7
    with refused("Message thread not found"):
        await bot.send_message(-100, "x", message_thread_id=8)


async def test_a_group_the_bot_left_is_closed(bot: Bot, person: Person) -> None:
    person.in_group(-100)
    assert await bot.leave_chat(-100)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(-100, "x")


async def test_chat_actions_and_reactions_are_kept_and_checked(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    person.writes("x")
    await bot.send_chat_action(CHAT, ChatAction.TYPING)
    await bot.set_message_reaction(CHAT, 1, "👍")
    assert telegram.chats[CHAT].actions == ["typing"]
    assert telegram.chats[CHAT].messages[1].reactions == ("👍",)
    with refused("Wrong parameter action"):
        await bot.send_chat_action(CHAT, "sleeping")
    with refused("REACTION_INVALID"):
        await bot.set_message_reaction(CHAT, 1, "🇱🇻")


async def test_keyboards_under_the_input_field_are_kept_for_sending_only(
    bot: Bot, telegram: LocalTelegram
) -> None:
    sent = await bot.send_message(CHAT, "x", reply_markup=ForceReply())
    assert telegram.chats[CHAT].messages[sent.message_id].other_markup["force_reply"] is True


async def test_an_unknown_method_fails_and_is_remembered(bot: Bot, telegram: LocalTelegram) -> None:
    with pytest.raises(InvalidToken, match="method not found"):
        await bot.send_dice(CHAT)
    assert telegram.violations == ["sendDice: Not Found: method not found"]


async def test_scripted_failures_come_in_order_and_end(
    bot: Bot, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    # without it python-telegram-bot 22 warns of a coming change each time it makes a RetryAfter
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    telegram.fail_next("sendMessage", 400, "Bad Request: scripted")
    telegram.fail_next("sendMessage", retry_after=3, times=2)
    with refused("scripted"):
        await bot.send_message(CHAT, "x")
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(CHAT, "x")
    assert await bot.send_message(CHAT, "x")
    assert len(telegram.calls_of("sendMessage")) == 4
    telegram.assert_clean()


@pytest.mark.parametrize("error", [NetworkError("cut"), TimedOut()])
async def test_the_network_can_fail_before_or_after_the_effect(
    bot: Bot, telegram: LocalTelegram, error: TelegramError
) -> None:
    telegram.break_next("sendMessage", error)
    with pytest.raises(type(error)):
        await bot.send_message(CHAT, "x")
    assert not telegram.chats[CHAT].messages
    telegram.break_next("sendMessage", error, after_effect=True)
    with pytest.raises(type(error)):
        await bot.send_message(CHAT, "x")
    assert len(telegram.chats[CHAT].messages) == 1


async def test_the_bot_learns_who_it_is(bot: Bot, telegram: LocalTelegram) -> None:
    assert bot.username == telegram.username
    assert telegram.calls[0].method == "getMe"
