"""Figures for the operator, in Prometheus' form; nothing in them says who or what.

A registry of its own, not the library's global one, so that tests and replicas in one process do not share
counts. Behind several replicas each is scraped by itself.
"""

from __future__ import annotations

import asyncio
import contextlib

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.trace import Result
from handlers.context import Services
from knowledge.deadlines import status
from knowledge.deciding import OutcomeKind

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)


class Metrics:
    """All figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._knows: tuple[str, Services] | None = None
        self._updates = Counter(
            "ka2bot_updates", "Updates by kind and how they ended", ["kind", "result"], registry=self.registry
        )
        self._seconds = Histogram(
            "ka2bot_update_seconds", "Time an update takes", buckets=_SECONDS, registry=self.registry
        )
        self._inline_seconds = Histogram(
            "ka2bot_inline_query_seconds",
            "Time an inline query takes; they come by the key, so apart from updates",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "ka2bot_answers", "Free questions by how they came out", ["outcome"], registry=self.registry
        )
        self._missed = Counter(
            "ka2bot_missed_questions", "Questions without any answer", registry=self.registry
        )
        self._requests = Counter(
            "ka2bot_telegram_requests", "Calls to Telegram by result", ["result"], registry=self.registry
        )
        self._refused = Counter(
            "ka2bot_webhook_refused", "Requests refused, by reason", ["reason"], registry=self.registry
        )
        self._running = Gauge("ka2bot_updates_running", "Updates at work", registry=self.registry)
        self._store_up = Gauge("ka2bot_store_up", "1 if the database answers", registry=self.registry)
        self._store_failures = Counter(
            "ka2bot_store_failures", "Failed work with the database", registry=self.registry
        )
        self._store_skipped = Counter(
            "ka2bot_store_skipped", "Work not tried, the database being down", registry=self.registry
        )
        self._reminders = Counter(
            "ka2bot_reminders",
            "Reminders that were due, by how they ended",
            ["result"],
            registry=self.registry,
        )
        self._looked = Gauge(
            "ka2bot_reminders_looked_timestamp_seconds",
            "When it was last looked for reminders that are due",
            registry=self.registry,
        )
        self._tasks = Gauge("ka2bot_tasks", "Tasks of asyncio that have not ended", registry=self.registry)
        # memory, open files and processor time of this process, by the names that dashboards know
        ProcessCollector(registry=self.registry)
        self._knowledge = Gauge(
            "ka2bot_knowledge_info",
            "Version of the bot, call and its state",
            ["version", "call", "state"],
            registry=self.registry,
        )

    def started(self) -> None:
        """An update is at work."""
        self._running.inc()

    def ended(self, kind: str, result: Result, seconds: float) -> None:
        """An update is done, one way or another."""
        self._running.dec()
        self._updates.labels(kind, result).inc()
        (self._inline_seconds if kind == "inline_query" else self._seconds).observe(seconds)

    def unreadable(self) -> None:
        """Something came that is no update."""
        self._updates.labels("other", "unreadable").inc()

    def answered(self, kind: OutcomeKind) -> None:
        """A free question came out this way."""
        self._answers.labels(kind).inc()
        if kind == "fallback":
            self._missed.inc()

    def called(self, result: str) -> None:
        """A call to Telegram ended: `ok`, a status code, or the type of an error."""
        self._requests.labels(result).inc()

    def refused(self, reason: str) -> None:
        """A request to the webhook was turned away."""
        self._refused.labels(reason).inc()

    def store_is(self, *, up: bool) -> None:
        """Whether the database answers."""
        self._store_up.set(int(up))

    def store_failed(self) -> None:
        """Work with the database failed."""
        self._store_failures.inc()

    def store_skipped(self) -> None:
        """Work was not tried."""
        self._store_skipped.inc()

    def reminded(self, result: str) -> None:
        """A reminder that was due was sent, put off, moved or dropped."""
        self._reminders.labels(result).inc()

    def looked_for_reminders(self) -> None:
        """A round of reminders ended."""
        self._looked.set_to_current_time()

    def knows(self, version: str, services: Services) -> None:
        """Which version answers from which call; whether that is open is looked up for each `text`."""
        self._knows = version, services

    def text(self) -> bytes:
        """All figures in Prometheus' text form."""
        with contextlib.suppress(RuntimeError):  # outside a loop there are none
            self._tasks.set(len(asyncio.all_tasks()))
        if self._knows is not None:
            version, services = self._knows
            call = services.knowledge.call
            self._knowledge.clear()
            self._knowledge.labels(version, call.id, status(call, services.clock()).state).set(1)
        return generate_latest(self.registry)
