"""What `run` and `serve` do unasked: reminders that people chose are sent when they are due.

Each round claims what is due under a lease, so of several processes one sends it; a process that is killed
sends nothing more, and another takes over when the lease has run out. A reminder that was sent but could not
be struck off, because its process was killed just then, is sent again: twice is better than never.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.failures import described
from bot.metrics import Metrics
from bot.store.durable import DurableStore
from handlers.context import Reminder, Services, Turn
from handlers.reminders import reminder_reply
from handlers.telegram.delivery import send
from handlers.telegram.incoming import Incoming
from knowledge.call import Call
from knowledge.deadlines import status
from knowledge.reminders import planned

EVERY = 30.0
"""Seconds between two looks for what is due; nobody minds a reminder half a minute late."""

AT_ONCE = 10
"""Reminders in one round."""

ONE_ROUND = 1.0
"""Seconds between full rounds: two replicas leave a third of Telegram's 30 a second to answers."""

LIMIT = 45.0
"""Seconds for sending one, tries included; well below the lease."""

SOON = timedelta(minutes=1)
"""When it is tried again after a fault of the network."""

LATER = timedelta(minutes=15)
"""When it is tried again after anything else, which is likely to happen again."""

REPLAN = timedelta(hours=1)
"""How often all are held against the deadlines, in case another version of the knowledge has noted some."""

LAST_ROUND = 10.0
"""Seconds for a round that is at work when the process stops; what is left goes to another by its lease."""

_log = logging.getLogger(__name__)


class Reminding:
    """Sends what is due until it is stopped."""

    def __init__(self, services: Services, store: DurableStore, bot: Bot, metrics: Metrics) -> None:
        self._services = services
        self._store = store
        self._bot = bot
        self._metrics = metrics
        self._unsettled: set[Reminder] = set()
        """What is done, while the database could not be told; struck off before the next are claimed."""
        self._replanned: datetime | None = None

    async def until(self, stop: asyncio.Event) -> None:
        """Round after round; a round that has begun is finished."""
        while not stop.is_set():
            found = 0
            try:
                found = await self.round()
            except Exception as error:  # whatever it is: the next round begins anew
                _log.error("a round of reminders failed: %s", described(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), ONE_ROUND if found == AT_ONCE else EVERY)

    async def round(self) -> int:
        """Claims and sends what is due now; gives how many were claimed."""
        await self._replan()
        for each in tuple(self._unsettled):
            await self._done(each)
        rows, now = self._store.reminder_rows, self._services.clock()
        nothing: tuple[Reminder, ...] = ()
        claimed = await self._store.attempt(lambda: rows.claim(now, AT_ONCE), nothing)
        await asyncio.gather(*(self._one(each) for each in claimed))
        self._metrics.looked_for_reminders()
        return len(claimed)

    async def _replan(self) -> None:
        """Moves what waits for a deadline that has changed, also to an earlier one."""
        now = datetime.now(UTC)
        if self._replanned is not None and now - self._replanned < REPLAN:
            return
        calls, rows = self._services.knowledge.calls, self._store.reminder_rows

        def due(call: str, before: str) -> datetime | None:
            return planned(calls[call], before).due if call in calls else None

        moved = await self._store.attempt(lambda: rows.replan(due), None)
        if moved is None:
            return
        self._replanned = now
        if moved:
            _log.info("%d reminders moved with their deadline", moved)

    async def _one(self, reminder: Reminder) -> None:
        try:
            result = await self._result(reminder)
        except Exception as error:  # a mistake of ours: told, and tried again when it may be mended
            _log.error("a reminder failed: %s", described(error))
            await self._again(reminder, LATER)
            result = "failed"
        self._metrics.reminded(result)
        _log.info("reminder %s of %s: %s", reminder.before, reminder.call, result)

    async def _result(self, reminder: Reminder) -> str:
        rows, call = self._store.reminder_rows, self._services.knowledge.calls.get(reminder.call)
        if call is None:
            await self._done(reminder)
            return "no_call"
        now, plan = self._services.clock(), planned(call, reminder.before)
        if plan.due > now:
            await self._store.attempt(lambda: rows.move(reminder, plan.due), None)
            return "moved"
        if plan.until <= now:
            await self._done(reminder)
            return "too_late"
        return await self._send(reminder, call, now)

    async def _send(self, reminder: Reminder, call: Call, now: datetime) -> str:
        state, profile = status(call, now), await self._store.profile(reminder.who)
        turn = Turn(self._services, reminder.who, profile.language or reminder.language, now, profile)
        try:
            # no try may end after the deadline
            async with asyncio.timeout(min(LIMIT, state.left.total_seconds())):
                await send(Incoming(self._bot, reminder.who, ""), reminder_reply(turn, call, state))
        except Forbidden:
            await self._store.forget(reminder.who)
            return "blocked"
        except BadRequest:
            raise
        except RetryAfter as error:
            wait = error.retry_after
            await self._again(reminder, wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
            return "put_off"
        except (NetworkError, TimeoutError):
            await self._again(reminder, SOON)
            return "put_off"
        await self._done(reminder)
        return "sent"

    async def _done(self, reminder: Reminder) -> None:
        async def strike() -> bool:
            await self._store.reminder_rows.done(reminder)
            return True

        if await self._store.attempt(strike, otherwise=False):
            self._unsettled.discard(reminder)
        else:
            self._unsettled.add(reminder)

    async def _again(self, reminder: Reminder, after: timedelta) -> None:
        await self._store.attempt(lambda: self._store.reminder_rows.again(reminder, after), None)


@asynccontextmanager
async def reminding(worker: Reminding) -> AsyncIterator[None]:
    """The worker beside everything else; at the end what is being sent has time to be sent."""
    stop = asyncio.Event()
    task = asyncio.create_task(worker.until(stop))
    try:
        yield
    finally:
        stop.set()
        done, _ = await asyncio.wait({task}, timeout=LAST_ROUND)
        if not done:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
