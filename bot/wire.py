"""HTTP/1.1 on connections that stay open: h11 reads and writes, the loop's own transports carry.

For calls of a few kilobytes to one server. What libraries add (cookies, redirects, streams, other loops than
asyncio, a look at every open connection for each call) took a third of all that an update costs.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

import h11

Headers = Sequence[tuple[bytes, bytes]]
Answer = tuple[int, bytes]
"""A status and a body."""

UNUSED_FOR = 5.0
"""Seconds after which a connection is closed that nobody uses."""

_OTHER_FAMILY = 0.25
"""Seconds after which the next address of a host is tried as well: a network whose IPv6 leads nowhere."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for the steps of a call; None waits for ever."""

    pool: float | None
    """Until one of the connections is free."""
    connect: float | None
    read: float | None
    """Until the whole answer is there. A question fits into the system's buffer and waits for nothing."""


class _Place(NamedTuple):
    host: str
    port: int
    secure: bool


class Connections:
    """At most so many connections; the one used last is taken first."""

    def __init__(self, most: int, trusted: ssl.SSLContext) -> None:
        self._slots = asyncio.Semaphore(most)
        self._trusted = trusted
        self._idle: dict[_Place, deque[_Connection]] = {}

    async def call(self, method: str, url: str, headers: Headers, body: bytes, patience: Patience) -> Answer:
        """One question and its answer; headers as the address gives them are added.

        Raises TimeoutError, OSError or h11.ProtocolError; then it is not known whether the question came.
        """
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        place = _Place(parts.hostname or "", parts.port or (443 if secure else 80), secure)
        asked = h11.Request(
            method=method,
            target=parts.path + (f"?{parts.query}" if parts.query else ""),
            headers=[
                (b"Host", parts.netloc.rpartition("@")[2].encode()),
                (b"Content-Length", b"%d" % len(body)),
                *headers,
            ],
        )
        async with asyncio.timeout(patience.pool):
            await self._slots.acquire()
        try:
            connection = self._kept(place) or await self._opened(place, patience.connect)
            try:
                async with asyncio.timeout(patience.read):
                    answer = await connection.ask(asked, body)
            finally:
                self._take_back(place, connection)
        finally:
            self._slots.release()
        return answer

    async def close(self) -> None:
        """Close what is open."""
        for connections in self._idle.values():
            while connections:
                connections.pop().close()
        # a transport closes in the loop's next round
        await asyncio.sleep(0)

    def _kept(self, place: _Place) -> _Connection | None:
        connections = self._idle.get(place, ())
        while connections:
            connection = connections.pop()
            if connection.is_usable:
                return connection
            connection.close()
        return None

    def _take_back(self, place: _Place, connection: _Connection) -> None:
        if not connection.is_usable:
            connection.close()
            return
        connections = self._idle.setdefault(place, deque())
        connections.append(connection)
        while not connections[0].is_usable:
            connections.popleft().close()

    async def _opened(self, place: _Place, patience: float | None) -> _Connection:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(patience):
            _, connection = await loop.create_connection(
                lambda: _Connection(loop),
                place.host,
                place.port,
                ssl=self._trusted if place.secure else None,
                happy_eyeballs_delay=_OTHER_FAMILY,
            )
        return connection


class _Connection(asyncio.Protocol):
    """One connection with at most one question at a time."""

    _transport: asyncio.Transport

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._http = h11.Connection(h11.CLIENT)
        self._answer: asyncio.Future[Answer] | None = None
        self._status = 0
        self._body = bytearray()
        self._used_at = loop.time()

    @property
    def is_usable(self) -> bool:
        """Whether another question may be asked."""
        is_fresh = self._loop.time() < self._used_at + UNUSED_FOR
        # bytes behind an answer would be taken for the next one
        is_clean = self._http.our_state is h11.IDLE and not self._http.trailing_data[0]
        return is_fresh and is_clean and not self._transport.is_closing()

    async def ask(self, asked: h11.Request, body: bytes) -> Answer:
        """Sends a question and waits for its answer; left before that, the connection is of no more use."""
        self._answer = self._loop.create_future()
        self._status, self._body = 0, bytearray()
        pieces = (asked, h11.Data(data=body), h11.EndOfMessage())
        self._transport.write(b"".join(self._http.send(piece) or b"" for piece in pieces))
        try:
            return await self._answer
        finally:
            self._answer, self._used_at = None, self._loop.time()

    def close(self) -> None:
        """At once, whatever is still on its way."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop has connected."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """More of the answer; what nobody asked for makes the connection unusable."""
        if self._answer is None:
            self.close()
            return
        self._http.receive_data(data)
        self._read_on(self._answer)

    def eof_received(self) -> None:
        """The end, which is also the end of an answer without a length."""
        if self._answer is not None:
            self._http.receive_data(b"")
            self._read_on(self._answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """No answer will come any more."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed before the answer"))

    def _read_on(self, answer: asyncio.Future[Answer]) -> None:
        try:
            while not answer.done():
                event = self._http.next_event()
                if isinstance(event, h11.Response):
                    self._status = event.status_code
                elif isinstance(event, h11.Data):
                    self._body += event.data
                elif isinstance(event, h11.EndOfMessage):
                    if self._http.our_state is h11.DONE:
                        self._http.start_next_cycle()
                    answer.set_result((self._status, bytes(self._body)))
                elif event is h11.NEED_DATA or isinstance(event, h11.ConnectionClosed):
                    return
        except h11.ProtocolError as error:
            answer.set_exception(error)
