"""The local Telegram against the installed python-telegram-bot: what it answers parses, what it is told is
checked, and its limits are the library's."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyParameters,
    TelegramObject,
    Update,
)
from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    InlineQueryResultsButtonLimit,
    MessageLimit,
    ParseMode,
)
from telegram.error import InvalidToken, TelegramError
from telegram.request import RequestData

from bot.local.person import Person, posts_in_channel
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject
from tests.bot.refusals import CHAT, NOW, button, keyboard, refused

ROOT = Path(__file__).parent.parent.parent
USED_BY_THE_LIBRARY = {"get_me", "get_updates", "delete_webhook", "set_webhook"}
"""What `Application` and `Updater` call by themselves."""


class Overheard(LocalTelegram):
    """A local Telegram that keeps its last answer as it went over the wire."""

    answered: object = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *rest: object, **more: object
    ) -> tuple[int, bytes]:
        status, payload = await super().do_request(url, method, request_data)
        self.answered = json.loads(payload).get("result")
        return status, payload


@pytest.fixture
def telegram() -> Overheard:
    return Overheard(clock=lambda: NOW)


@pytest.fixture
def person(telegram: Overheard) -> Person:
    return Person(telegram, CHAT, username="anna")


@pytest.fixture
async def bot(telegram: Overheard, person: Person) -> AsyncIterator[Bot]:
    async with Bot("1:local", request=telegram, get_updates_request=telegram) as bot:
        yield bot


# what it answers

Use: TypeAlias = Callable[[Bot, Person], Awaitable[object]]


async def _edit_text(bot: Bot, person: Person) -> object:
    sent = await bot.send_message(CHAT, "one")
    return await bot.edit_message_text("<b>two</b>", CHAT, sent.message_id, parse_mode=ParseMode.HTML)


async def _edit_keyboard(bot: Bot, person: Person) -> object:
    sent = await bot.send_message(CHAT, "one", reply_markup=keyboard(button()))
    return await bot.edit_message_reply_markup(CHAT, sent.message_id)


async def _answer_press(bot: Bot, person: Person) -> object:
    await bot.send_message(CHAT, "one", reply_markup=keyboard(button()))
    return await bot.answer_callback_query(pressed(person), "done")


async def _answer_inline(bot: Bot, person: Person) -> object:
    more = keyboard(InlineKeyboardButton("more", url="https://t.me/ka2_local_bot?start=x"))
    card = InlineQueryResultArticle(
        "1",
        "Title",
        InputTextMessageContent("text", ParseMode.HTML, link_preview_options=LinkPreviewOptions(True)),
        more,
        description="more",
    )
    above = InlineQueryResultsButton("ask", start_parameter="x")
    return await bot.answer_inline_query(asked(person), [card], 30, is_personal=True, button=above)


async def _send(bot: Bot, person: Person) -> object:
    person.writes("question")
    return await bot.send_message(
        CHAT,
        '<b>bold</b> <a href="https://e.lv">link</a>',
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=keyboard(button()),
        reply_parameters=ReplyParameters(1, allow_sending_without_reply=True),
    )


USES: dict[str, Use] = {
    "answer_callback_query": _answer_press,
    "answer_inline_query": _answer_inline,
    "delete_my_commands": lambda bot, _: bot.delete_my_commands(),
    "delete_webhook": lambda bot, _: bot.delete_webhook(),
    "edit_message_reply_markup": _edit_keyboard,
    "edit_message_text": _edit_text,
    "get_chat_menu_button": lambda bot, _: bot.get_chat_menu_button(),
    "get_me": lambda bot, _: bot.get_me(),
    "get_my_commands": lambda bot, _: bot.get_my_commands(),
    "get_my_description": lambda bot, _: bot.get_my_description(),
    "get_my_short_description": lambda bot, _: bot.get_my_short_description(),
    "get_updates": lambda bot, _: bot.get_updates(),
    "get_webhook_info": lambda bot, _: bot.get_webhook_info(),
    "send_chat_action": lambda bot, _: bot.send_chat_action(CHAT, "typing"),
    "send_document": lambda bot, _: bot.send_document(CHAT, b"BEGIN", filename="a.ics", caption="file"),
    "send_message": _send,
    "set_chat_menu_button": lambda bot, _: bot.set_chat_menu_button(menu_button=MenuButtonCommands()),
    "set_my_commands": lambda bot, _: bot.set_my_commands(
        [BotCommand("a", "b")], BotCommandScopeAllGroupChats(), "lv"
    ),
    "set_my_description": lambda bot, _: bot.set_my_description("text", "lv"),
    "set_my_short_description": lambda bot, _: bot.set_my_short_description("text", "lv"),
    "set_webhook": lambda bot, _: bot.set_webhook("https://e.lv/telegram"),
}


def methods_used() -> set[str]:
    """Bot API methods that our code calls on anything named bot, by the library's names."""
    known = {name for name, _ in inspect.getmembers(Bot, inspect.iscoroutinefunction)}
    called = set(USED_BY_THE_LIBRARY)
    for package in ("bot", "handlers"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "bot":
                    called |= {node.attr} & known
    return called - {"initialize", "shutdown"}


def test_every_method_that_is_used_stands_above() -> None:
    assert {"send_message", "answer_inline_query", "set_my_commands"} <= methods_used() <= USES.keys()


@pytest.mark.parametrize("name", USES)
async def test_what_a_method_answers_parses_whole(
    bot: Bot, person: Person, telegram: Overheard, name: str
) -> None:
    result = await USES[name](bot, person)
    assert_whole(result, telegram.answered)
    telegram.assert_clean()


def assert_whole(parsed: object, raw: object) -> None:
    """The library knew every field, missed none that it must have, and gives the same again."""
    if isinstance(parsed, TelegramObject):
        assert list(leftovers(parsed)) == []
        assert set_in(parsed.to_dict()) == set_in(raw)
    elif isinstance(parsed, tuple | list):
        assert isinstance(raw, list)
        for each, its_raw in zip(parsed, raw, strict=True):
            assert_whole(each, its_raw)
    else:
        assert parsed == raw


def set_in(raw: object) -> object:
    """An object without its flags that are false: the library writes those down, Telegram leaves them out."""
    if isinstance(raw, dict):
        return {name: set_in(value) for name, value in raw.items() if value is not False}
    return [set_in(each) for each in raw] if isinstance(raw, list | tuple) else raw


def leftovers(parsed: object) -> Iterator[str]:
    """Fields that the library did not know, anywhere below."""
    if isinstance(parsed, tuple | list):
        for each in parsed:
            yield from leftovers(each)
    elif isinstance(parsed, TelegramObject):
        yield from (f"{type(parsed).__name__}.{name}" for name in parsed.api_kwargs)
        for name in parsed.to_dict(recursive=False):
            yield from leftovers(getattr(parsed, "from_user" if name == "from" else name, None))


def test_the_check_for_leftovers_finds_them() -> None:
    update = Update.de_json({"update_id": 1, "message": _message() | {"new_field": 1}})
    assert list(leftovers(update)) == ["Message.new_field"]


def _message() -> JsonObject:
    return {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private", "first_name": "A"}}


def doings(person: Person, telegram: LocalTelegram) -> dict[str, JsonObject]:
    """An update of everything that a person can do here."""
    group = person.in_group(-300, thread_id=7)
    made = {
        "text": person.writes("/start text"),
        "edit": person.edits("edited"),
        "sticker": person.sends_sticker(),
        "voice": person.sends_voice(),
        "photo": person.sends_photo("caption"),
        "location": person.sends_location(),
        "contact": person.sends_contact(),
        "document": person.sends_document("a.pdf", b"%PDF", caption="/start"),
        "forward": person.forwards("text"),
        "inline": person.asks_inline("text"),
        "blocked": person.blocks_bot(),
        "unblocked": person.unblocks_bot(),
        "added": group.adds_bot(),
        "removed": group.removes_bot(),
        "in a topic": group.writes("text"),
        "channel": posts_in_channel(telegram, -200, "text"),
    }
    made["reply"] = group.writes("reply", reply_to=next(iter(group.chat.messages)))
    return made


def test_every_update_parses_whole(person: Person, telegram: Overheard) -> None:
    for name, raw in doings(person, telegram).items():
        over_the_wire = json.loads(json.dumps(raw))
        update = Update.de_json(over_the_wire)
        assert list(leftovers(update)) == [], name
        assert set_in(update.to_dict()) == set_in(over_the_wire), name


async def test_a_press_and_a_card_that_was_taken_parse_whole(
    bot: Bot, person: Person, telegram: Overheard
) -> None:
    await _answer_inline(bot, person)
    (card,) = next(iter(telegram.inline_answers.values())).results
    await bot.send_message(CHAT, "one", reply_markup=keyboard(button()))
    for raw in (person.takes(card), person.presses_data("x"), person.presses_data("x", inaccessible=True)):
        update = Update.de_json(json.loads(json.dumps(raw)))
        assert list(leftovers(update)) == []


# what it refuses, at the library's limits

TEXT, PRESS, INLINE = MessageLimit.MAX_TEXT_LENGTH, CallbackQueryLimit, InlineQueryLimit
DATA, TOAST = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA, PRESS.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
ROW, ALL = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW, InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
START = InlineQueryResultsButtonLimit.MAX_START_PARAMETER_LENGTH
COPY = InlineKeyboardButtonLimit.MAX_COPY_TEXT


def pressed(person: Person) -> str:
    query = Update.de_json(person.presses_data("x")).callback_query
    assert query is not None
    return query.id


def asked(person: Person) -> str:
    query = Update.de_json(person.asks_inline("x")).inline_query
    assert query is not None
    return query.id


def card(number: int = 1, title: str = "T", text: str = "x", id_: str = "") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id_ or str(number), title, InputTextMessageContent(text, ParseMode.HTML))


async def _toast(bot: Bot, person: Person, size: int) -> object:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    return await bot.answer_callback_query(pressed(person), "x" * size)


async def _rows(bot: Bot, person: Person, size: int) -> object:
    rows = [[button() for _ in range(min(4, size - at))] for at in range(0, size, 4)]
    return await bot.send_message(CHAT, "x", reply_markup=InlineKeyboardMarkup(rows))


Sized: TypeAlias = Callable[[Bot, Person, int], Awaitable[object]]


def html(bot: Bot, text: str) -> Awaitable[object]:
    return bot.send_message(CHAT, text, parse_mode=ParseMode.HTML)


def with_button(bot: Bot, data: str) -> Awaitable[object]:
    return bot.send_message(CHAT, "x", reply_markup=keyboard(button(data)))


LIMITS: list[tuple[str, int, Sized]] = [
    ("text", TEXT, lambda bot, _, size: bot.send_message(CHAT, "x" * size)),
    ("emoji", TEXT // 2, lambda bot, _, size: bot.send_message(CHAT, "😀" * size)),
    (
        "caption",
        MessageLimit.CAPTION_LENGTH,
        lambda bot, _, size: bot.send_document(CHAT, b"x", filename="a", caption="x" * size),
    ),
    (
        "entities",
        MessageLimit.MESSAGE_ENTITIES,
        lambda bot, _, size: html(bot, "<b>x</b> " * size),
    ),
    (
        "data",
        DATA,
        lambda bot, _, size: with_button(bot, "x" * size),
    ),
    (
        "data in bytes",
        DATA // 2,
        lambda bot, _, size: with_button(bot, "ā" * size),
    ),
    (
        "buttons in a row",
        ROW,
        lambda bot, _, size: bot.send_message(CHAT, "x", reply_markup=keyboard(*[button()] * size)),
    ),
    ("buttons in all", ALL, _rows),
    ("toast", TOAST, _toast),
    (
        "results",
        INLINE.RESULTS,
        lambda bot, person, size: bot.answer_inline_query(asked(person), [card(n) for n in range(size)]),
    ),
    (
        "id of a result",
        InlineQueryResultLimit.MAX_ID_LENGTH,
        lambda bot, person, size: bot.answer_inline_query(asked(person), [card(id_="x" * size)]),
    ),
    (
        "text of a result",
        TEXT,
        lambda bot, person, size: bot.answer_inline_query(asked(person), [card(text="x" * size)]),
    ),
    (
        "start parameter",
        START,
        lambda bot, person, size: bot.answer_inline_query(
            asked(person), [], button=InlineQueryResultsButton("x", start_parameter="x" * size)
        ),
    ),
    (
        "commands",
        BotCommandLimit.MAX_COMMAND_NUMBER,
        lambda bot, _, size: bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(size)]),
    ),
]


@pytest.mark.parametrize(("limit", "use"), [each[1:] for each in LIMITS], ids=[each[0] for each in LIMITS])
async def test_a_limit_is_reached_and_not_passed(bot: Bot, person: Person, limit: int, use: Sized) -> None:
    assert await use(bot, person, limit)
    with refused(""):
        await use(bot, person, limit + 1)


REFUSED: list[tuple[str, Use]] = [
    ("Can't parse entities", lambda bot, _: html(bot, "<b>x")),
    ("Can't parse entities", lambda bot, _: html(bot, "<div>x</div>")),
    ("unsupported parse_mode", lambda bot, _: bot.send_message(CHAT, "*x*", ParseMode.MARKDOWN_V2)),
    ("message text is empty", lambda bot, _: bot.send_message(CHAT, " ")),
    ("Chat not found", lambda bot, _: bot.send_message(4711, "x")),
    (
        "takes no colour",
        lambda bot, _: bot.send_message(CHAT, "x", api_kwargs={"colour": "red"}),
    ),
    (
        "URL_INVALID",
        lambda bot, person: bot.answer_callback_query(pressed(person), url="https://t.me/other_bot?start=x"),
    ),
    (
        "START_PARAM_INVALID",
        lambda bot, person: bot.answer_callback_query(
            pressed(person), url="https://t.me/ka2_local_bot?start=a.b"
        ),
    ),
    ("RESULT_ID_DUPLICATE", lambda bot, person: bot.answer_inline_query(asked(person), [card(), card()])),
    ("TITLE_EMPTY", lambda bot, person: bot.answer_inline_query(asked(person), [card(title=" ")])),
    ("CACHE_TIME", lambda bot, person: bot.answer_inline_query(asked(person), [], cache_time=-1)),
    ("parse entities", lambda bot, person: bot.answer_inline_query(asked(person), [card(text="<b>")])),
    (
        "START_PARAM_INVALID",
        lambda bot, person: bot.answer_inline_query(
            asked(person), [], button=InlineQueryResultsButton("x", start_parameter="ā")
        ),
    ),
    (
        "has no field colour",
        lambda bot, person: bot.answer_inline_query(
            asked(person),
            [InlineQueryResultArticle("1", "T", InputTextMessageContent("x"), api_kwargs={"colour": "red"})],
        ),
    ),
    ("chat not found", lambda bot, _: bot.set_my_commands([BotCommand("a", "b")], BotCommandScopeChat(4711))),
]


@pytest.mark.parametrize(("reason", "use"), REFUSED)
async def test_what_telegram_would_refuse_or_drop_is_refused(
    bot: Bot, person: Person, reason: str, use: Use
) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    with refused(reason):
        await use(bot, person)


async def test_a_press_and_an_inline_query_are_answered_once(bot: Bot, person: Person) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    press, query = pressed(person), asked(person)
    await bot.answer_callback_query(press)
    await bot.answer_inline_query(query, [])
    with refused("query is too old"):
        await bot.answer_callback_query(press)
    with refused("query is too old"):
        await bot.answer_inline_query(query, [])


async def test_a_method_that_telegram_has_and_this_one_lacks_fails_loudly(
    bot: Bot, telegram: Overheard
) -> None:
    with pytest.raises((InvalidToken, TelegramError)):
        await bot.send_dice(CHAT)
    assert any("sendDice" in each for each in telegram.violations)


def test_no_limit_of_telegram_is_written_out_as_a_figure() -> None:
    """Figures in the local Telegram are none that telegram.constants has a name for."""
    # not 200, a status of HTTP, nor 512, the width of a sticker
    named = {TEXT, MessageLimit.CAPTION_LENGTH, DATA, ALL, INLINE.RESULTS, COPY}
    for file in (ROOT / "bot" / "local").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) is int:
                assert node.value not in named, f"{file.name}:{node.lineno}"
