"""How the bot presents itself in Telegram: commands, descriptions and menu button, by language and by scope.

What is wanted is worked out without Telegram; `register` compares it with what is set and sets what differs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from html import unescape

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.constants import MenuButtonType
from telegram.error import BadRequest

from handlers.commands import Scope, listed
from handlers.phrases import Phrases
from knowledge.model import LANGUAGES, Language

SHORT, LONG = "bot.short_description", "bot.description"
"""What Telegram shows on the bot's page, and in a chat that has not begun."""

DEFAULT: Language = "lv"
"""What people see whose Telegram speaks a language that the bot does not."""

SPOKEN: tuple[tuple[str, Language], ...] = (("", DEFAULT), *((known, known) for known in LANGUAGES))
"""Language codes that Telegram is told, the empty one for everybody else, and what each gets to read."""

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that Telegram keeps of the bot: its name for the operator, and the lines wanted there."""

    name: str
    wanted: Lines
    read: Callable[[Bot], Awaitable[Lines]]
    write: Callable[[Bot], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Change:
    """A piece that was otherwise at Telegram, and how; `refused` holds Telegram's word where it stayed so."""

    piece: Piece
    before: Lines
    refused: str = ""


async def register(bot: Bot, phrases: Phrases, admins: frozenset[int] = frozenset()) -> tuple[Change, ...]:
    """Sets what differs from what is wanted, and gives it; a second time there is nothing."""
    changes = await compared(bot, phrases, admins)
    return tuple([await _set(bot, change) for change in changes])


async def compared(bot: Bot, phrases: Phrases, admins: frozenset[int] = frozenset()) -> tuple[Change, ...]:
    """What differs at Telegram from what is wanted; nothing is set."""
    found = [(piece, await _read(bot, piece)) for piece in pieces(phrases, admins)]
    return tuple(Change(piece, before) for piece, before in found if before != piece.wanted)


def pieces(phrases: Phrases, admins: frozenset[int] = frozenset()) -> Iterator[Piece]:
    """Everything that is wanted, in the order in which it is set."""
    for code, language in SPOKEN:
        where = f"[{code or 'other languages'}]"
        yield _description(f"description {where}", _say(phrases, LONG, language), code)
        yield _about(f"about {where}", _say(phrases, SHORT, language), code)
        for name, scope, menu in _menus(admins):
            commands = menu_of(phrases, menu, language) if menu else ()
            yield _commands(f"commands, {name} {where}", commands, scope, code)
    yield Piece("menu button", (str(MenuButtonType.COMMANDS),), _read_button, _set_button)


def menu_of(phrases: Phrases, scope: Scope, language: Language) -> tuple[BotCommand, ...]:
    """The commands of a menu with their descriptions, in its order."""
    return tuple(BotCommand(c.name, _say(phrases, f"command.{c.name}", language)) for c in listed(scope))


def _menus(admins: frozenset[int]) -> Iterator[tuple[str, BotCommandScope, Scope | None]]:
    """Who sees which menu. Everybody else, channels that is, sees none.

    Who runs the bot has one of their own only where it holds more than everybody's.
    """
    yield "everywhere else", BotCommandScopeDefault(), None
    yield "private", BotCommandScopeAllPrivateChats(), "private"
    yield "group", BotCommandScopeAllGroupChats(), "group"
    if listed("admin") != listed("private"):
        for number, admin in enumerate(sorted(admins), 1):
            # a number instead of the id, which is personal
            yield f"admin {number} of {len(admins)}", BotCommandScopeChat(admin), "admin"


def _commands(name: str, commands: tuple[BotCommand, ...], scope: BotCommandScope, code: str) -> Piece:
    async def read(bot: Bot) -> Lines:
        return _lines(await bot.get_my_commands(scope, code or None))

    async def write(bot: Bot) -> object:
        if not commands:
            return await bot.delete_my_commands(scope, code or None)
        return await bot.set_my_commands(commands, scope, code or None)

    return Piece(name, _lines(commands), read, write)


def _lines(commands: tuple[BotCommand, ...]) -> Lines:
    return tuple(f"/{command.command} — {command.description}" for command in commands)


def _description(name: str, text: str, code: str) -> Piece:
    async def read(bot: Bot) -> Lines:
        return tuple((await bot.get_my_description(code or None)).description.splitlines())

    return Piece(name, tuple(text.splitlines()), read, lambda bot: bot.set_my_description(text, code or None))


def _about(name: str, text: str, code: str) -> Piece:
    async def read(bot: Bot) -> Lines:
        return tuple((await bot.get_my_short_description(code or None)).short_description.splitlines())

    return Piece(
        name, tuple(text.splitlines()), read, lambda bot: bot.set_my_short_description(text, code or None)
    )


async def _read_button(bot: Bot) -> Lines:
    return (str((await bot.get_chat_menu_button()).type),)


async def _set_button(bot: Bot) -> object:
    return await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


async def _read(bot: Bot, piece: Piece) -> Lines:
    try:
        return await piece.read(bot)
    except BadRequest:
        # of a chat that Telegram does not know nothing is set
        return ()


async def _set(bot: Bot, change: Change) -> Change:
    try:
        await change.piece.write(bot)
    except BadRequest as error:
        return Change(change.piece, change.before, error.message)
    return change


def _say(phrases: Phrases, key: str, language: Language) -> str:
    return unescape(phrases.say(key, language)).strip()
