"""One browser's conversation: a Telegram of its own, a person on it, a day they pretend, and its windows."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

from telegram.ext import Application

from bot.application import App, build_application
from bot.linting.finding import Finding
from bot.local.conversation import Conversation
from bot.local.person import NoSuchButton, Person
from bot.local.state import Event, LocalDocument, utc_now
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject
from bot.memory import MemoryStore
from bot.profile import register
from bot.settings import RIGA
from bot.web.known import Known, News
from bot.web.screen import message_shown
from bot.web.why import Why, shown, why_pressed, why_text
from bot.web.words import Words
from handlers.context import Clock, Profile, Turn, Who
from handlers.telegram.incoming import cleaned
from knowledge.model import Language

PROBLEMS = 8
"""Findings shown at most: whoever has more of them begins with the first."""

CLOSED: JsonObject = {"do": "closed"}
"""The last thing that a watcher gets."""


class SessionClock:
    """The clock of one chat: that of the process, on a day that its person may choose."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.day: date | None = None

    def __call__(self) -> datetime:
        """The present moment in Riga, on the chosen day."""
        now = self._clock().astimezone(RIGA)
        return now if self.day is None else datetime.combine(self.day, now.time(), RIGA)


class Session:
    """A person in the browser and the bot they talk to. Made by `Session.begin`.

    Everything that appears goes to all watchers, so that two windows show the same.
    """

    def __init__(self, known: Known, clock: Clock, language: Language) -> None:
        self.token = secrets.token_urlsafe(32)
        """What each request that changes anything has to repeat."""
        self.language: Language = language
        self.clock = SessionClock(clock)
        self.source = known
        """The knowledge as it was handed over, to see whether there is newer."""
        self._known = known
        # by this machine's clock, also on another day: what is remembered must grow old
        self._store = MemoryStore(utc_now)
        self._telegram = LocalTelegram(clock=self.clock)
        self._person = Person(self._telegram, language_code=language)
        self._application: App | None = None
        self._one_at_a_time = asyncio.Lock()
        self._watchers: set[asyncio.Queue[JsonObject]] = set()
        self._seen = 0
        self._why: dict[int, Why] = {}
        self._asked = ""
        self._closed = False

    @classmethod
    async def begin(cls, known: Known, clock: Clock, language: Language) -> Session:
        """An empty chat with the bot."""
        session = cls(known, clock, language)
        await session.learn(known)
        return session

    @property
    def username(self) -> str:
        """The bot's name on this Telegram, by which links lead to it."""
        return self._telegram.username

    @property
    def words(self) -> Words:
        """The page's sentences in this chat's language."""
        return Words(self._known.services.phrases, self.language, self.clock)

    async def learn(self, known: Known) -> None:
        """Answers from other knowledge from now on; what was said stays."""
        services = replace(known.services, clock=self.clock, store=self._store)
        application = build_application(services, "1:local", local=self._telegram)
        await application.initialize()
        await register(application.bot, services.phrases)
        async with self._one_at_a_time:
            before, self._application = self._application, application
            self.source, self._known = known, replace(known, services=services)
        if before is not None:
            await before.shutdown()

    async def say(self, text: str) -> None:
        """Sends a text. Raises ValueError where no client would send it."""
        async with self._at_work() as conversation:
            update = self._person.writes(text)
            self._asked = text
            why = await self._why_text(text)
            await self._happens(conversation, update, why)

    async def edit(self, message_id: int, text: str) -> None:
        """Changes a text sent before. Raises LookupError or ValueError where no client would."""
        async with self._at_work() as conversation:
            message = self._person.chat.messages.get(message_id)
            if message is None or message.by_bot:
                raise LookupError("only one's own message can be edited")
            update = self._person.edits(text, message_id)
            self._asked = text
            why = await self._why_text(text)
            await self._happens(conversation, update, why)

    async def press(self, message_id: int, number: int) -> None:
        """Presses a button by its number, counted from 1; one that is gone is said to be."""
        async with self._at_work() as conversation:
            try:
                update = self._person.presses(number, message_id)
            except NoSuchButton:
                self._tell({"do": "toast", "text": self.words.say("web.no_button"), "alert": False})
                return
            message = self._person.chat.messages[message_id]
            data = [button.data for row in message.keyboard for button in row][number - 1]
            await self._happens(conversation, update, why_pressed(self._known, data))

    async def ask_again(self) -> None:
        """Sends the last text once more, as after a change of the knowledge."""
        if self._asked:
            await self.say(self._asked)

    async def speak(self, language: Language) -> None:
        """Switches the page, the person's Telegram, and a language chosen in the chat before."""
        async with self._one_at_a_time:
            self.language = language
            self._person.user["language_code"] = language
            who = self._who()
            profile = await self._store.profile(who)
            if profile.language is not None:
                await self._store.keep_profile(who, replace(profile, language=language))
            # else the language of the last answer would go on
            await self._store.keep_thread(who, None)
            await self._store.keep_card(who, None)
        self._tell(self._screen())

    def pretend(self, day: date | None) -> None:
        """Makes it another day in this chat; None for today."""
        self.clock.day = day
        self._tell({"do": "day"} | self._day())

    def file(self, file_id: str) -> LocalDocument | None:
        """A file that was sent in this chat."""
        return self._telegram.documents.get(file_id)

    def announce(self, news: News) -> None:
        """Shows what became of the files, and the menu as they have it now."""
        self._tell({"do": "menu"} | self._menu())
        self._tell(self._news(news))

    async def watch(self, news: News) -> AsyncGenerator[JsonObject, None]:
        """What stands on the screen, then everything that appears, until the session is closed."""
        queue: asyncio.Queue[JsonObject] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield self._screen()
            # what was taken over before is no news to who has just come
            yield self._news(replace(news, changed=()))
            while not self._closed:
                happened = await queue.get()
                if happened is CLOSED:
                    return
                yield happened
        finally:
            self._watchers.discard(queue)

    async def close(self) -> None:
        """Ends the session for whoever watches it."""
        self._closed = True
        self._tell(CLOSED)
        if self._application is not None:
            await self._application.shutdown()

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[Conversation]:
        async with self._one_at_a_time:
            assert isinstance(self._application, Application)  # noqa: S101 - set by begin
            yield Conversation(self._application, self._person)

    async def _happens(self, conversation: Conversation, update: JsonObject, why: Why) -> None:
        """The person's message appears, the bot is seen typing, and its answer appears."""
        self._tell_events(None)
        self._tell({"do": "typing", "on": True})
        try:
            await conversation.send(update)
        finally:
            self._tell_events(why)
            self._tell({"do": "typing", "on": False})

    async def _why_text(self, text: str) -> Why:
        who, services = self._who(), self._known.services
        profile, thread, card = (
            await self._store.profile(who),
            await self._store.thread(who),
            await self._store.card(who),
        )
        turn = Turn(services, who, self._spoken(profile), services.clock(), profile, thread, card)
        return why_text(self._known, turn, cleaned(text.strip()))

    def _spoken(self, profile: Profile) -> Language:
        return profile.language or self.language

    def _who(self) -> Who:
        person = self._person.chat.chat_id
        return Who(person, person)

    def _tell_events(self, why: Why | None) -> None:
        events = self._telegram.events
        fresh, self._seen = events[self._seen :], len(events)
        for event in fresh:
            self._tell(self._happened(event, why))

    def _happened(self, event: Event, why: Why | None) -> JsonObject:
        message = event.message
        if message is None:
            return {"do": "toast", "text": event.text, "alert": event.alert}
        if event.kind == "deleted":
            return {"do": "drop", "id": message.message_id}
        if message.by_bot and why is not None:
            self._why[message.message_id] = why
        return {"do": "put", "message": self._message(message.message_id)}

    def _message(self, message_id: int) -> JsonObject:
        message = self._person.chat.messages[message_id]
        why = self._why.get(message_id)
        data: JsonObject = {**message_shown(message, self.words, explained=why is not None)}
        return data | ({"explanation": shown(why, self.language)} if why else {})

    def _screen(self) -> JsonObject:
        messages = [self._message(message_id) for message_id in self._person.chat.messages]
        screen: JsonObject = {"do": "screen", "language": self.language, "messages": messages}
        return screen | self._menu() | self._day()

    def _menu(self) -> JsonObject:
        menu, texts = self._telegram.profile.menu(self.language), self._telegram.profile.texts
        return {
            "menu": [{"command": f"/{each.command}", "text": each.description} for each in menu],
            "about": texts.get(("description", self.language), ""),
        }

    def _day(self) -> JsonObject:
        return {"day": self.clock().date().isoformat(), "pretended": self.clock.day is not None}

    def _news(self, news: News) -> JsonObject:
        words = self.words
        count = len(news.problems)
        rest = count - PROBLEMS
        title = ""
        if news.broken:
            title = words.say("web.broken")
        elif count:
            title = words.say("web.doubts", count=count)
        elif news.changed:
            title = words.say("web.reloaded", files=", ".join(news.changed))
        return {
            "do": "news",
            "title": title,
            "level": "error" if news.broken else "warning" if count else "good",
            "problems": [_problem(finding) for finding in news.problems[:PROBLEMS]],
            "more": words.say("web.more", count=rest) if rest > 0 else "",
            "restart": words.say("web.restart", files=", ".join(news.restart)) if news.restart else "",
            "ask_again": bool(self._asked) and bool(news.changed) and not news.broken,
        }

    def _tell(self, happened: JsonObject) -> None:
        for queue in self._watchers:
            queue.put_nowait(happened)


def _problem(finding: Finding) -> JsonObject:
    return {"place": finding.place, "text": finding.message, "level": finding.level}
