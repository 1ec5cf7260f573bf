"""One person talking with one application: say something, get what appeared on their screen."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from telegram import Bot, Update

from bot.local.entities import Entity, Run, plain, runs
from bot.local.keyboards import Button, Keyboard
from bot.local.person import Person
from bot.local.queries import InlineAnswer
from bot.local.state import Event, EventKind, LocalDocument, LocalMessage
from bot.local.wire import JsonObject


class Processor(Protocol):
    """The part of an initialized `telegram.ext.Application` that a conversation needs."""

    @property
    def bot(self) -> Bot:
        """The bot, on the local Telegram."""

    async def process_update(self, update: object) -> None:
        """Run the handlers."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something the bot made appear, as the person sees it."""

    kind: EventKind
    message_id: int | None
    """`None` for a toast."""
    text: str
    """What stands on the screen: message, caption or toast, without markup."""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    """The markup as the bot sent it."""
    buttons: Keyboard = ()
    document: LocalDocument | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    alert: bool = False
    """A toast that has to be closed by hand."""
    other_markup: JsonObject | None = None
    """A keyboard under the input field, or its removal, as the bot sent it."""

    @property
    def edited(self) -> bool:
        """Whether it changed a message already there."""
        return self.kind == "edited"

    @property
    def toast(self) -> str:
        """Text of a toast, empty for messages."""
        return self.text if self.kind == "toast" else ""

    @property
    def plain(self) -> str:
        """The text with addresses of links written out."""
        return plain(self.text, self.entities)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The text cut where its styles change, for rendering."""
        return tuple(runs(self.text, self.entities))

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """What the buttons say, row by row."""
        return tuple(tuple(button.label for button in row) for row in self.buttons)

    @property
    def flat_buttons(self) -> tuple[Button, ...]:
        """The buttons in the order `press` counts them, from 1."""
        return tuple(button for row in self.buttons for button in row)


class Conversation:
    """Feeds a person's doings to an initialized application, and collects what appears in their chat."""

    def __init__(self, application: Processor, person: Person) -> None:
        self.application = application
        self.person = person
        self._seen = len(person.state.events)

    async def say(self, text: str) -> list[Shown]:
        """Write a text or a command."""
        return await self.send(self.person.writes(text))

    async def press(self, button: int | str, message_id: int | None = None) -> list[Shown]:
        """Press a button by number or label, by default on the latest message with buttons."""
        return await self.send(self.person.presses(button, message_id))

    async def press_data(self, data: str, message_id: int | None = None) -> list[Shown]:
        """Press with any callback data, as a forged or outdated client would."""
        return await self.send(self.person.presses_data(data, message_id))

    async def edit(self, text: str, message_id: int | None = None) -> list[Shown]:
        """Change a text said before, by default the last."""
        return await self.send(self.person.edits(text, message_id))

    async def inline(self, query: str, offset: str = "") -> InlineAnswer | None:
        """Ask in inline mode; `None` where the bot gave no answer."""
        update = self.person.asks_inline(query, offset)
        await self.send(update)
        content = update["inline_query"]
        assert isinstance(content, dict)  # noqa: S101 - made by asks_inline
        return self.person.telegram.inline_answers.get(content["id"])

    async def send(self, update: JsonObject) -> list[Shown]:
        """Feed any update that the person made, such as `person.sends_sticker()`."""
        self._seen = len(self.person.state.events)
        # through JSON, so that the bot holds nothing of this Telegram's memory
        parsed = Update.de_json(json.loads(json.dumps(update)), self.application.bot)
        await self.application.process_update(parsed)
        return self.news()

    def news(self) -> list[Shown]:
        """Give what appeared since the person last did or saw something, such as a reminder."""
        events = self.person.state.events
        fresh, self._seen = events[self._seen :], len(events)
        return list(_shown_of(fresh, self.person.chat.chat_id))

    def screen(self) -> list[Shown]:
        """Give the bot's messages as they now stand in the chat, oldest first."""
        return [
            _shown("edited" if message.edited else "new", message)
            for message in self.person.chat.messages.values()
            if message.by_bot
        ]


def _shown_of(events: Iterable[Event], chat_id: int) -> Iterator[Shown]:
    for event in events:
        if event.chat_id != chat_id:
            continue
        if event.message is None:
            yield Shown(event.kind, None, event.text, alert=event.alert)
        elif event.message.by_bot:
            yield _shown(event.kind, event.message)


def _shown(kind: EventKind, message: LocalMessage) -> Shown:
    return Shown(
        kind,
        message.message_id,
        message.text,
        message.entities,
        message.html,
        message.keyboard,
        message.document,
        message.reply_to,
        message.thread_id,
        other_markup=message.other_markup or None,
    )
