"""Telegram by webhook: an update is worked at inside its request and then acknowledged.

Nothing is queued in this process: one that is killed has acknowledged nothing it has not done, and Telegram
sends again, to whichever replica. Only who knows the secret is let in, with a body of bounded size in bounded
time. The figures and states are for the inside; a proxy passes on `/telegram` alone.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot.failures import described
from bot.running import Running

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value

LARGEST = 1_000_000
"""Bytes of a body; the largest update that Telegram makes has about a hundred thousand."""

PATIENCE = 10.0
"""Seconds for a body to arrive."""

WAITING = 4
"""Updates that may wait for each that is at work; more are turned away, and Telegram sends them again."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Webhook:
    """The routes of `serve`; `stopping` makes a load balancer look elsewhere."""

    running: Running = field(repr=False)
    secret: str = field(repr=False)
    slots: asyncio.Semaphore
    room: int
    """Requests let in at a time, at work and waiting."""
    stopping: bool = False
    _inside: int = 0

    def app(self) -> Starlette:
        """The application for a server."""
        return Starlette(
            routes=[
                Route("/telegram", self._telegram, methods=["POST"]),
                Route("/healthz", self._healthz),
                Route("/readyz", self._readyz),
                Route("/metrics", self._metrics),
            ]
        )

    async def _telegram(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return self._refused(403, "secret")
        if self._inside >= self.room:
            return self._refused(503, "busy")
        self._inside += 1
        try:
            body = await _body(request)
            if body is None:
                return self._refused(413, "size")
            return await self._take(body)
        except TimeoutError:
            return self._refused(408, "slow")
        except ClientDisconnect:
            return self._refused(400, "cut")
        finally:
            self._inside -= 1

    async def _take(self, body: bytes) -> Response:
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return self._refused(400, "json")
        if not isinstance(raw, dict) or not _is_id(raw.get("update_id")):
            return self._refused(400, "update")
        update = self._parsed(raw)
        if update is not None:
            async with self.slots:
                await self.running.updates.handle(update, self.running.application.process_update(update))
        return Response(status_code=200)

    def _parsed(self, raw: dict[str, object]) -> Update | None:
        """The update; None for one that cannot be read, which sent again would read no better."""
        try:
            update = Update.de_json(raw, self.running.application.bot)
        except Exception as error:
            self.running.metrics.unreadable()
            _log.warning("an update that cannot be read: %s", described(error))
            return None
        ids = (update.effective_chat, update.effective_user, update.effective_message)
        if all(each is None or _is_id(abs(getattr(each, "id", 0))) for each in ids):
            return update
        self.running.metrics.unreadable()
        return None

    async def _healthz(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _readyz(self, request: Request) -> Response:
        """Ready without a database too: the bot answers then, if without memory."""
        state = {"ready": not self.stopping, "store": "up" if self.running.store.is_up else "down"}
        return JSONResponse(state, 503 if self.stopping else 200)

    async def _metrics(self, request: Request) -> Response:
        return Response(self.running.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    def _refused(self, status: int, reason: str) -> Response:
        self.running.metrics.refused(reason)
        return Response(status_code=status)


async def _body(request: Request) -> bytes | None:
    """The body; None where it is too large. Raises TimeoutError where it does not come."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST:
        return None
    body = bytearray()
    async with asyncio.timeout(PATIENCE):
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    return bytes(body)


def _is_id(value: object) -> bool:
    """Whether a database takes it as an id."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
