"""How long a database in trouble is waited for, and when it is tried again.

It never silences the bot: work that cannot be done has an outcome of its own, and the operator is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from bot.failures import described
from bot.metrics import Metrics
from bot.store.database import Database

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds for one piece of work with the database; an answer without memory beats a late one."""

PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds without trying after the first, second, … failure in a row; the last goes on."""

_log = logging.getLogger(__name__)


class Reach:
    """The way to a database that may be away; the first who comes brings its tables up to date."""

    def __init__(
        self, database: Database, metrics: Metrics, monotonic: Callable[[], float] | None = None
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._monotonic = monotonic or (lambda: asyncio.get_running_loop().time())
        self._prepared = False
        self._preparing: asyncio.Task[None] | None = None
        self._failures = 0
        self._closed_until = 0.0

    @property
    def is_up(self) -> bool:
        """Whether the database answered when it was last asked."""
        return self._prepared and self._failures == 0

    async def open(self) -> None:
        """Bring the tables up to date, if the database is there; if not, that is done when it is.

        This may take as long as it takes: other than an answer, a start can wait.
        """
        try:
            await self._prepare()
        except Exception as error:
            self._failed(error)
        else:
            self._metrics.store_is(up=True)

    async def close(self) -> None:
        """Close all connections."""
        if self._preparing is not None:
            self._preparing.cancel()
            await asyncio.gather(self._preparing, return_exceptions=True)
        await self._database.close()

    async def attempt(self, work: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """The result of the work, or `otherwise` while the database is in trouble."""
        if self._monotonic() < self._closed_until:
            self._metrics.store_skipped()
            return otherwise
        try:
            async with asyncio.timeout(PATIENCE):
                await self._prepare()
                try:
                    result = await work()
                except DBAPIError as error:
                    if not error.connection_invalidated:
                        raise
                    # the server was restarted under its connections; the next one is new
                    result = await work()
        except Exception as error:  # whatever a driver raises: the answer goes on without memory
            self._failed(error)
            return otherwise
        if self._failures:
            _log.info("the store is back")
        self._failures, self._closed_until = 0, 0.0
        self._metrics.store_is(up=True)
        return result

    async def _prepare(self) -> None:
        """Wait for the tables; work that loses patience leaves their making to go on."""
        if self._prepared:
            return
        if self._preparing is None or self._preparing.done():
            self._preparing = asyncio.create_task(self._database.migrate())
            # looked at here, since everybody who waited may have left
            self._preparing.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.shield(self._preparing)
        self._prepared = True

    def _failed(self, error: Exception) -> None:
        self._metrics.store_failed()
        if self._monotonic() < self._closed_until:
            return  # it began before the pause, together with the work that brought the pause about
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._closed_until = self._monotonic() + pause
        if self._failures in (0, 10) or self._failures % 100 == 0:
            _log.warning("the store is down, going on without memory: %s", described(error))
        self._failures += 1
        self._metrics.store_is(up=False)
