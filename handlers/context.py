"""What a conversation needs from outside, stated as protocols: `bot/` supplies it, tests replace it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from typing import Protocol

from handlers.counts import Asked, Counted, Reason, Vote, Voted
from handlers.phrases import Phrases
from knowledge.deciding import OutcomeKind
from knowledge.load import Knowledge
from knowledge.model import Language, Sector
from knowledge.reading import Reading, SectorReader
from knowledge.render import Renderer
from knowledge.search import Search

Clock = Callable[[], datetime]
"""Returns the present moment with its time zone."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person in a chat: what is remembered belongs to both."""

    chat: int
    person: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person has chosen; None where they have not."""

    language: Language | None = None
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """What the last answer was about, for a follow-up question."""

    entry: str
    language: Language
    reading: Reading = field(default_factory=Reading)


@dataclass(frozen=True, slots=True)
class Card:
    """The open card of a chat: the message that carries it and its packed state."""

    message: int
    state: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A word promised before the deadline of a call: `before` says which ("7d"), `due` when."""

    who: Who
    call: str
    before: str
    language: Language
    due: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a person in this chat, for `/privacy`; `replies` and `elsewhere` are counts."""

    profile: Profile = Profile()
    thread: Thread | None = None
    card: Card | None = None
    replies: int = 0
    """Questions whose reply is known, so that an edited question can change it."""
    elsewhere: int = 0
    """Other chats in which something is held of the same person."""
    reminders: int = 0
    """Reminders that are still to be sent."""


class Store(Protocol):
    """What is remembered between updates: thread and card for 30 minutes, a reply's place for 48 hours."""

    async def profile(self, who: Who) -> Profile:
        """What the person has chosen; an empty profile if nothing is known."""

    async def keep_profile(self, who: Who, profile: Profile) -> None:
        """Replaces what the person has chosen."""

    async def thread(self, who: Who) -> Thread | None:
        """What the last answer in this chat was about."""

    async def keep_thread(self, who: Who, thread: Thread | None) -> None:
        """Replaces what the last answer was about."""

    async def card(self, who: Who) -> Card | None:
        """The open card of the chat."""

    async def keep_card(self, who: Who, card: Card | None) -> None:
        """Replaces the open card."""

    async def reply(self, who: Who, question: int) -> int | None:
        """The message that answers a question's message, if both are known."""

    async def keep_reply(self, who: Who, question: int, reply: int) -> None:
        """Remembers which message answers which."""

    async def reminders(self, who: Who) -> tuple[Reminder, ...] | None:
        """What is still to be sent to the person, the first due first; None where that cannot be told now."""

    async def keep_reminders(self, who: Who, call: str, chosen: tuple[Reminder, ...]) -> bool:
        """Replaces, at once, what is to be sent of a call; False where it could not be noted."""

    async def note_outcome(
        self, question: str, language: Language, kind: OutcomeKind, asked: Asked | None = None
    ) -> None:
        """Notes how a free question came out; one without a sure answer is kept, without who asked.

        With `asked` its answer may be voted on.
        """

    async def keep_vote(self, ticket: int, vote: Vote, reason: Reason | None = None) -> Voted | None:
        """Keeps a vote on an answer and gives what now counts: the first vote, and its first reason.

        None where it could not be kept: the answer is no longer known, or the store is in trouble.
        """

    async def counted(self, days: int) -> Counted | None:
        """What was asked and voted in the last days, today included; None if that cannot be read now."""

    async def held(self, who: Who) -> Held | None:
        """Everything that is held of a person; None where that cannot be told now."""

    async def forget(self, who: Who) -> bool:
        """Deletes, at once, everything that is held of a person in every chat; False where it could not."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a conversation works with; built once at the start."""

    knowledge: Knowledge
    renderer: Renderer
    search: Search
    sectors: SectorReader
    phrases: Phrases
    store: Store
    clock: Clock
    operator: str = ""
    """Who runs this bot and answers for what it holds; empty where nobody has said."""
    admins: frozenset[int] = field(default=frozenset(), repr=False)
    """People who may see `/stats`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message or button press: who, in which language, at which moment, with which services.

    `for_tools` asks for the runners-up with their full answers, which `ask --json` and `eval` look at. In a
    group answers are short. `bot_name` is the bot's name at Telegram, for links; empty outside of it.
    """

    services: Services = field(repr=False)
    who: Who
    language: Language
    now: datetime
    profile: Profile = Profile()
    thread: Thread | None = None
    card: Card | None = None
    for_tools: bool = False
    in_group: bool = False
    bot_name: str = ""

    def say(self, key: str, **values: object) -> str:
        """A phrase of the bot in this turn's language, as Telegram HTML."""
        return self.services.phrases.say(key, self.language, **values)

    def label(self, key: str, **values: object) -> str:
        """A phrase for a button: plain text, no markup."""
        return unescape(self.say(key, **values))

    def speaking(self, language: Language) -> Turn:
        """The same turn in another language."""
        return replace(self, language=language)
