"""`ka2bot chat`: the real application on a Telegram inside this process, in the terminal or as JSON."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import NotRequired, TypedDict

import typer
from telegram.constants import InlineQueryLimit

from bot import keptfiles
from bot.application import build_application
from bot.local.conversation import Conversation, Shown
from bot.local.keyboards import Button
from bot.local.person import NoSuchButton, Person
from bot.local.telegram import LocalTelegram
from bot.profile import register
from bot.services import build_services
from bot.settings import Settings
from bot.showable import require_showable
from handlers.context import Services
from handlers.splitting import shortened
from knowledge.model import Language

QUIT = "/quit"

LONGEST = 4096
"""UTF-16 units that a client sends as one message; it splits a longer one."""

Show = Callable[[Shown], None]

_PRESS = re.compile(r"#(\d{1,3})")
_INLINE = re.compile(r"@bot\b(.*)", re.IGNORECASE)


class JsonReply(TypedDict):
    """One thing that appeared."""

    text: str
    edited: bool
    buttons: list[str]
    document: str | None
    """Name of a file that came with it; only then follow its size in bytes and where it was kept."""
    size: NotRequired[int]
    saved: NotRequired[str | None]


class JsonTurn(TypedDict):
    """What `chat --json` prints for each line it reads."""

    user: str
    replies: list[JsonReply]


class Chat:
    """One person's conversation with the bot: `#2` presses the second button, `@bot words` asks inline."""

    def __init__(
        self, services: Services, conversation: Conversation, language: Language, files: Path
    ) -> None:
        self._services = services
        self._files = files
        self._conversation = conversation
        self._language = language
        self._with_buttons: int | None = None

    @classmethod
    async def begin(cls, services: Services, language: Language, files: Path = keptfiles.FOLDER) -> Chat:
        """A fresh Telegram with the bot and one person on it; the bot's files are kept in a folder."""
        telegram = LocalTelegram(clock=services.clock)
        application = build_application(services, "1:local", local=telegram)
        await application.initialize()
        await register(application.bot, services.phrases)
        person = Person(telegram, language_code=language)
        return cls(services, Conversation(application, person), language, files)

    async def line(self, line: str) -> list[Shown]:
        """What appears when the person types a line; a toast comes last, as it goes first."""
        pressed, inline = _PRESS.fullmatch(line.strip()), _INLINE.fullmatch(line.strip())
        if inline:
            return await self._ask_inline(inline[1].strip())
        shown = await self._press(int(pressed[1])) if pressed else await self._write(line)
        for each in shown:
            self._note_buttons(each)
        return sorted((s for s in shown if s.kind != "deleted"), key=lambda s: s.kind == "toast")

    def lines(self, shown: Shown) -> list[str]:
        """What stands below a message: its file and where it was kept, rows of buttons with their numbers."""
        document = shown.document
        if document is None:
            return button_rows(shown)
        kilobytes = max(Decimal(len(document.content)) / 1000, Decimal("0.1")).quantize(Decimal("0.1"))
        path = keptfiles.keep(document, self._files)
        file = self.word(
            "chat.file", name=document.filename, kilobytes=kilobytes, path=path, folder=self._files
        )
        return [file, *button_rows(shown)]

    def as_json(self, shown: Shown) -> JsonReply:
        """The same for programs."""
        reply: JsonReply = {
            "text": shown.plain,
            "edited": shown.edited,
            "buttons": [button.label for button in shown.flat_buttons],
            "document": shown.document.filename if shown.document else None,
        }
        if shown.document:
            path = keptfiles.keep(shown.document, self._files)
            reply |= {"size": len(shown.document.content), "saved": str(path) if path else None}
        return reply

    def word(self, key: str, **values: object) -> str:
        """A phrase of this program, without markup."""
        return unescape(self._services.phrases.say(key, self._language, **values))

    async def _write(self, line: str) -> list[Shown]:
        shown: list[Shown] = []
        rest = line.strip()
        while rest:
            piece = rest if shortened(rest, LONGEST) == rest else shortened(rest, LONGEST)[:-1]
            rest = rest[len(piece) :].strip()
            shown += await self._conversation.say(piece)
        return shown

    async def _ask_inline(self, query: str) -> list[Shown]:
        """The cards that Telegram would show above the keyboard, and the button above them."""
        answer = await self._conversation.inline(shortened(query, InlineQueryLimit.MAX_QUERY_LENGTH))
        if answer is None:
            return []
        cards = [f"{card.title}\n{card.description}" for card in answer.results]
        above = f"[{answer.button_text}] /start {answer.start_parameter}"
        return [Shown("new", None, text) for text in (above, *cards)]

    async def _press(self, number: int) -> list[Shown]:
        try:
            return await self._conversation.press(number, self._with_buttons)
        except NoSuchButton:
            return [Shown("new", None, self._refusal(number))]

    def _note_buttons(self, shown: Shown) -> None:
        """Buttons are pressed where they appeared last: under a new message, or under one edited since."""
        if shown.buttons:
            self._with_buttons = shown.message_id
        elif shown.message_id is not None and shown.message_id == self._with_buttons:
            self._with_buttons = None

    def _refusal(self, number: int) -> str:
        """Why nothing happened: no such button, or one that Telegram itself acts on."""
        screen = reversed(self._conversation.screen())
        latest = next((s for s in screen if s.buttons and self._with_buttons in (None, s.message_id)), None)
        buttons = latest.flat_buttons if latest else ()
        if not 1 <= number <= len(buttons):
            return self.word("chat.no_button", most=len(buttons))
        button = buttons[number - 1]
        return self.word("chat.opens", url=button.url) if button.url else self._copies(button)

    def _copies(self, button: Button) -> str:
        return self.word("chat.copies", text=button.value)


def chat(settings: Settings, language: Language, *, as_json: bool, files: Path = keptfiles.FOLDER) -> None:
    """Talks until the input ends, or until /quit."""
    services = replace(build_services(settings.clock()), admins=settings.admins())
    require_showable(services)
    # the lines are read outside the loop of events: nothing else runs in it
    with asyncio.Runner() as runner:
        talk = runner.run(Chat.begin(services, language, files))
        if as_json:
            for line in _piped():
                turn: JsonTurn = {
                    "user": line,
                    "replies": [talk.as_json(s) for s in runner.run(talk.line(line))],
                }
                typer.echo(json.dumps(turn, ensure_ascii=False))
                sys.stdout.flush()
            return
        on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        show = _screen(talk, rich=sys.stdout.isatty())
        if on_terminal:
            typer.echo(talk.word("chat.hint"))
            for shown in runner.run(talk.line("/start")):
                show(shown)
        for line in _typed() if on_terminal else _piped():
            if line.strip() == QUIT:
                break
            if not on_terminal:
                typer.echo(f"> {line}")
            for shown in runner.run(talk.line(line)):
                show(shown)


def button_rows(shown: Shown) -> list[str]:
    """Rows of buttons with the numbers that press them."""
    numbers = iter(range(1, 1000))
    return ["  ".join(f"[{next(numbers)}] {button.label}" for button in row) for row in shown.buttons]


def _screen(talk: Chat, *, rich: bool) -> Show:
    if rich:
        from bot.terminal import Terminal

        return Terminal(edited=talk.word("chat.edited"), below=talk.lines).show

    def show(shown: Shown) -> None:
        edited = f"({talk.word('chat.edited')}) " if shown.edited else ""
        typer.echo("\n".join((f"{edited}{shown.plain}", *talk.lines(shown), "")))

    return show


def _piped() -> Iterator[str]:
    return (line.rstrip("\r\n") for line in sys.stdin)


def _typed() -> Iterator[str]:
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives input() its history and editing keys
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            yield input("> ")
    typer.echo()
