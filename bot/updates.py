"""What happens to an update around the handlers, alike for webhook and polling.

Once only, one after another in a chat, in limited time, within its sender's measure, counted and logged
without saying of whom. Whatever goes wrong ends here, so that no update is sent again for a mistake of ours.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseUpdateProcessor

from bot import trace
from bot.audience import ForUs
from bot.failures import report
from bot.measure import INLINE_BURST, INLINE_PER_SECOND, Measure, Verdict
from bot.metrics import Metrics
from bot.store.durable import DurableStore
from handlers.context import Services, Who
from handlers.telegram import slow_down

LIMIT = 25.0
"""Seconds for one update. Telegram waits for about 60 before it sends again, so none is at work twice."""

LAST_WORDS = 5.0
"""Seconds for saying that it went wrong."""

_FOR_US = ForUs()

_log = logging.getLogger(__name__)


class Updates:
    """The way of every update through one process."""

    def __init__(
        self,
        services: Services,
        store: DurableStore,
        metrics: Metrics,
        measure: Measure | None = None,
        limit: float = LIMIT,
    ) -> None:
        self._services = services
        self._store = store
        self._metrics = metrics
        self._measure = measure or Measure()
        self._inline_measure = Measure(burst=INLINE_BURST, per_second=INLINE_PER_SECOND)
        self._limit = limit
        self._chats = _Queues()

    async def handle(self, update: Update, work: Coroutine[Any, Any, None]) -> trace.Result:
        """Do the work of an update, `application.process_update(update)`, unless it was done before.

        An inline query is done each time it comes: it changes nothing, and its number in the store would be
        a row for each key that somebody strikes.
        """
        began, now = time.perf_counter(), trace.begin()
        self._metrics.started()
        try:
            # the same update, sent again while it is at work, waits here for its end and is repeated then
            async with self._chats.turn(_place(update)), self._once(update) as fresh:
                if fresh:
                    await self._in_time(update, work)
                else:
                    now.result = "repeated"
        except Exception as error:
            now.result = "failed"
            await report(self._services, update, update.get_bot(), error)
        finally:
            work.close()
            seconds = time.perf_counter() - began
            kind = _kind(update)
            self._metrics.ended(kind, now.result, seconds)
            _log.info("%s %s in %.0f ms", kind, now.result, seconds * 1000)
        return now.result

    def _once(self, update: Update) -> AbstractAsyncContextManager[bool]:
        if update.inline_query is not None:
            return nullcontext(enter_result=True)
        return self._store.update(update.update_id, _who(update))

    def _verdict(self, update: Update) -> Verdict:
        if update.inline_query is not None:
            # told nothing: the key struck after the bucket has refilled is answered
            within = self._inline_measure.take(update.inline_query.from_user.id) == "go"
            return "go" if within else "silent"
        person = _who_counts(update)
        return "go" if person is None else self._measure.take(person)

    async def _in_time(self, update: Update, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(self._limit):
                verdict = self._verdict(update)
                if verdict == "go":
                    await work
                    return
                if (now := trace.current()) is not None:
                    now.result = "limited"
                await slow_down(self._services, update, update.get_bot(), tell=verdict == "tell")
        except TimeoutError as error:
            if (now := trace.current()) is not None:
                now.result = "late"
            try:
                async with asyncio.timeout(LAST_WORDS):
                    await report(self._services, update, update.get_bot(), error)
            except TimeoutError:
                _log.warning("not even an apology could be sent")


class InOrder(BaseUpdateProcessor):
    """Polling's hook: several updates at a time, each on the way above."""

    def __init__(self, updates: Updates, at_once: int) -> None:
        super().__init__(at_once)
        self._updates = updates

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        """Take one update through."""
        if isinstance(update, Update):
            await self._updates.handle(update, coroutine)
        else:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


class _Queues:
    """A lock for each chat that has an update at work, and for no other."""

    def __init__(self) -> None:
        self._locks: dict[object, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, place: object) -> AsyncIterator[None]:
        lock, users = self._locks.get(place, (asyncio.Lock(), 0))
        self._locks[place] = lock, users + 1
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(place)
            if users > 1:
                self._locks[place] = lock, users - 1


def _place(update: Update) -> object:
    """The chat where it happens; a person where there is none, and itself where there is neither.

    What somebody types in another chat does not hold up their own with the bot, which has the same number.
    """
    if update.inline_query is not None:
        return "inline", update.inline_query.from_user.id
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else ("update", update.update_id)


def _who(update: Update) -> Who | None:
    """Whose update it is, where it has a person and a chat."""
    chat, person = update.effective_chat, update.effective_user
    return Who(chat.id, person.id) if chat and person else None


def _kind(update: Update) -> str:
    """What kind of update it is, by Telegram's name."""
    return next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None) is not None), "other")


def _who_counts(update: Update) -> int | None:
    """Whose measure an update counts against; nobody's if the bot will not answer it."""
    if update.callback_query is not None:
        return update.callback_query.from_user.id
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    meant = message.chat.type == ChatType.PRIVATE or (message.text or "").startswith("/")
    return message.from_user.id if meant or _FOR_US.filter(message) else None
