"""The store that conversations see: what one update changes is written at its end, in one transaction.

It reads as it goes and writes once, because a transaction left open while Telegram is being talked to would
hold SQLite's only write lock, or one of PostgreSQL's connections, for as long. A process that is killed in
between has written nothing, and Telegram sends the update again.

A database in trouble never silences the bot: nothing is remembered then, and the operator is told.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.metrics import Metrics
from bot.store import counting, tables
from bot.store.database import Database
from bot.store.reach import Reach
from bot.store.reminders import ReminderRows
from bot.store.rows import Rows, Standing
from bot.store.scrub import scrubbed
from bot.store.unit import Missed, Remembered, Unit
from handlers.context import Card, Held, Profile, Reminder, Thread, Who
from handlers.counts import Asked, Counted, Reason, Vote, Voted
from knowledge.deciding import OutcomeKind
from knowledge.model import Language

T = TypeVar("T")

LOOK_AGAIN = 0.1
"""Seconds between two looks at an update that another process has at work. Its claim ends by itself."""

RECENT = 10_000
"""Updates done lately that the process itself knows, for when the database does not."""

PURGE_EVERY = 3600.0
"""Seconds between two looks for what is too old."""

UNSURE = ("choices", "fallback")
"""Outcomes whose questions are kept for the curator."""


class DurableStore:
    """`handlers.context.Store` on a database, and the knowledge which updates are done."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        metrics: Metrics,
        monotonic: Callable[[], float] | None = None,
    ) -> None:
        self._database = database
        self._rows = Rows(database, clock)
        self.reminder_rows = ReminderRows(database, clock)
        self._clock = clock
        self._metrics = metrics
        self._unit: ContextVar[Unit | None] = ContextVar("unit", default=None)
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._reach = Reach(database, metrics, monotonic)

    @property
    def is_up(self) -> bool:
        """Whether the database answered when it was last asked."""
        return self._reach.is_up

    async def open(self) -> None:
        """Bring the tables up to date, if the database is there; if not, that is done when it is."""
        await self._reach.open()

    async def close(self) -> None:
        """Close all connections."""
        await self._reach.close()

    async def attempt(self, work: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """The result of the work, or `otherwise` while the database is in trouble."""
        return await self._reach.attempt(work, otherwise)

    async def purge_for_ever(self) -> None:
        """Delete what is too old, now and then, until cancelled."""
        while True:
            await self.attempt(self._rows.purge, None)
            await asyncio.sleep(PURGE_EVERY)

    @asynccontextmanager
    async def update(self, number: int, who: Who | None = None) -> AsyncIterator[bool]:
        """The work of one update: gives False where it is done already, else remembers at the end that it is.

        What is remembered of `who` is read along. Left by an exception or a cancellation, nothing is written.
        """
        unit = Unit(number)
        if number in self._recent or await self._was_seen(unit, number, who):
            yield False
            return
        token = self._unit.set(unit)
        try:
            yield True
        finally:
            self._unit.reset(token)
        self._recent[number] = None
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        await self.attempt(lambda: self._rows.write(unit), None)

    async def profile(self, who: Who) -> Profile:
        """What the person has chosen; an empty profile if nothing is known."""
        async with self._work() as unit:
            return (await self._person(unit, who)).profile

    async def keep_profile(self, who: Who, profile: Profile) -> None:
        """Replaces what the person has chosen."""
        async with self._work() as unit:
            unit.change(who, replace(await self._person(unit, who), profile=profile))

    async def thread(self, who: Who) -> Thread | None:
        """What the last answer in this chat was about."""
        async with self._work() as unit:
            return (await self._person(unit, who)).thread

    async def keep_thread(self, who: Who, thread: Thread | None) -> None:
        """Replaces what the last answer was about."""
        async with self._work() as unit:
            now = replace(await self._person(unit, who), thread=thread, thread_until=self._until())
            unit.change(who, now)

    async def card(self, who: Who) -> Card | None:
        """The open card of the chat."""
        async with self._work() as unit:
            return (await self._person(unit, who)).card

    async def keep_card(self, who: Who, card: Card | None) -> None:
        """Replaces the open card."""
        async with self._work() as unit:
            unit.change(who, replace(await self._person(unit, who), card=card, card_until=self._until()))

    async def reply(self, who: Who, question: int) -> int | None:
        """The message that answers a question's message, if both are known."""
        async with self._work() as unit:
            known = unit.replies.get((who, question))
            return known or await self.attempt(lambda: self._rows.reply(who, question), None)

    async def keep_reply(self, who: Who, question: int, reply: int) -> None:
        """Remembers which message answers which."""
        async with self._work() as unit:
            unit.replies[who, question] = reply

    async def reminders(self, who: Who) -> tuple[Reminder, ...] | None:
        """What is still to be sent to the person; None while the database is in trouble."""
        return await self.attempt(lambda: self.reminder_rows.of(who), None)

    async def keep_reminders(self, who: Who, call: str, chosen: tuple[Reminder, ...]) -> bool:
        """Replaces what is to be sent of a call; at once, since the answer says whether it could be done."""

        async def keep() -> bool:
            await self.reminder_rows.replace(who, call, chosen)
            return True

        return await self.attempt(keep, otherwise=False)

    async def note_outcome(
        self, question: str, language: Language, kind: OutcomeKind, asked: Asked | None = None
    ) -> None:
        """Counts how a free question came out; keeps it, scrubbed, where there was no sure answer or may be
        a vote."""
        self._metrics.answered(kind)
        if kind in UNSURE:
            async with self._work() as unit:
                unit.missed.append(Missed(scrubbed(question), language, kind))
        elif asked is not None:
            async with self._work() as unit:
                unit.asked.append((scrubbed(question), asked))

    async def keep_vote(self, ticket: int, vote: Vote, reason: Reason | None = None) -> Voted | None:
        """Keeps a vote at once, not at the update's end: only what is kept shall be thanked for."""
        return await self.attempt(
            lambda: self._database.do(lambda c: counting.vote(c, ticket, vote, reason), writes=True), None
        )

    async def counted(self, days: int) -> Counted | None:
        """What was asked and voted in the last days; None while the database is in trouble."""
        now = int(self._clock().timestamp())
        return await self.attempt(
            lambda: self._database.do(lambda c: counting.counted(c, now, days), writes=False), None
        )

    async def held(self, who: Who) -> Held | None:
        """Everything that is held of a person; None while the database is in trouble."""
        return await self.attempt(lambda: self._rows.held(who), None)

    async def forget(self, who: Who) -> bool:
        """Deletes everything that is held of a person, in every chat; at once, since the answer says
        whether it could be done."""

        async def delete() -> bool:
            await self._rows.forget(who.person)
            return True

        deleted = await self.attempt(delete, otherwise=False)
        if deleted and (unit := self._unit.get()) is not None:
            unit.forget(who.person)
        return deleted

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[Unit]:
        """The unit of the update at work, or one of its own that is written at once."""
        unit = self._unit.get()
        if unit is not None:
            yield unit
            return
        unit = Unit()
        yield unit
        if not unit.empty:
            await self.attempt(lambda: self._rows.write(unit), None)

    async def _was_seen(self, unit: Unit, number: int, who: Who | None) -> bool:
        """Whether an update is done; one that another process has at work is waited for."""
        if who is None:
            return await self.attempt(lambda: self._rows.was_seen(number), otherwise=False)
        standing, found = await self._begin(number, who)
        while standing == "elsewhere":
            await asyncio.sleep(LOOK_AGAIN)
            standing, found = await self._begin(number, who)
        unit.people[who] = found
        return standing == "done"

    async def _begin(self, number: int, who: Who) -> tuple[Standing, Remembered]:
        return await self.attempt(lambda: self._rows.begin(number, who), otherwise=("new", Remembered()))

    async def _person(self, unit: Unit, who: Who) -> Remembered:
        if who not in unit.people:
            unit.people[who] = await self.attempt(lambda: self._rows.person(who), Remembered())
        return unit.people[who]

    def _until(self) -> int:
        return int((self._clock() + tables.KEPT_TALK).timestamp())
