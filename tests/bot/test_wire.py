"""Connections stay open, are used again, and one that cannot be trusted any more is not."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import h11
import pytest

from bot import wire
from bot.wire import Answer, Connections, Patience

PATIENT = Patience(5.0, 5.0, 5.0)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Counts its connections and keeps what it was asked; `talk` answers each question."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.opened = 0
        self.asked: list[bytes] = []
        self.url = ""
        self.connections = Connections(2, ssl.create_default_context())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split()[0])
                self.asked.append(head + await reader.readexactly(length))
                await self.talk(reader, writer)
        except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def call(self, body: bytes = b"{}", patience: Patience = PATIENT) -> Answer:
        return await self.connections.call("POST", f"{self.url}/bot/x?y=1", (), body, patience)


@asynccontextmanager
async def serving(talk: Talk) -> AsyncIterator[Server]:
    server = Server(talk)
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        yield server
        await server.connections.close()


def saying(*pieces: bytes, closes: bool = False) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if closes:
            writer.close()

    return talk


async def test_one_connection_carries_call_after_call() -> None:
    async with serving(saying(OK)) as server:
        assert [await server.call(b"first"), await server.call(b"second")] == [(200, b"ok")] * 2
        assert server.opened == 1
        assert server.asked[1].startswith(b"POST /bot/x?y=1 HTTP/1.1\r\n")
        assert b"host: " + server.url.removeprefix("http://").encode() in server.asked[1].lower()
        assert server.asked[1].endswith(b"\r\n\r\nsecond")


@pytest.mark.parametrize(
    "talk",
    [
        saying(*(OK[at : at + 1] for at in range(len(OK)))),
        saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n", b"1\r\nk\r\n0\r\n\r\n"),
        saying(b"HTTP/1.1 100 Continue\r\n\r\n", OK),
        saying(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\no", b"k", closes=True),
        saying(b"HTTP/1.0 200 OK\r\n\r\nok", closes=True),
    ],
)
async def test_an_answer_is_read_however_it_is_cut(talk: Talk) -> None:
    async with serving(talk) as server:
        assert [await server.call() for _ in range(3)] == [(200, b"ok")] * 3


@pytest.mark.parametrize(
    "talk", [saying(closes=True), saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", closes=True)]
)
async def test_a_connection_cut_before_the_end_of_an_answer_is_an_error(talk: Talk) -> None:
    async with serving(talk) as server:
        with pytest.raises((OSError, h11.ProtocolError)):
            await server.call()
        server.talk = saying(OK)
        assert await server.call() == (200, b"ok")


async def test_what_is_no_http_is_an_error() -> None:
    async with serving(saying(b"SSH-2.0-OpenSSH\r\n\r\n")) as server:
        with pytest.raises(h11.RemoteProtocolError):
            await server.call()


async def test_a_call_that_was_given_up_does_not_give_its_answer_to_the_next() -> None:
    late = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await late.wait()
        writer.write(OK.replace(b"ok", b"no"))

    async with serving(talk) as server:
        with pytest.raises(TimeoutError):
            await server.call(patience=Patience(5.0, 5.0, 0.0))
        server.talk = saying(OK)
        late.set()
        assert await server.call() == (200, b"ok")
        assert server.opened == 2


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async with serving(saying(OK, closes=True)) as server:
        for opened in (1, 2, 3):
            assert await server.call() == (200, b"ok")
            for _ in range(20):  # the end is on its way to us
                await asyncio.sleep(0)
            assert server.opened == opened


async def test_what_nobody_asked_for_is_taken_for_no_answer() -> None:
    async with serving(saying(OK, OK.replace(b"ok", b"no"))) as server:
        for _ in range(3):
            assert await server.call() == (200, b"ok")


async def test_a_connection_that_was_long_unused_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "UNUSED_FOR", 0.0)
    async with serving(saying(OK)) as server:
        for _ in range(3):
            assert await server.call() == (200, b"ok")
        assert server.opened == 3


async def test_calls_beyond_the_most_connections_wait_for_a_free_one() -> None:
    async with serving(saying(OK)) as server:
        assert await asyncio.gather(*(server.call() for _ in range(9))) == [(200, b"ok")] * 9
        assert server.opened <= 2


async def test_who_waits_too_long_for_a_free_connection_gives_up() -> None:
    free = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await free.wait()
        writer.write(OK)

    async with serving(talk) as server:
        busy = [asyncio.create_task(server.call()) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            await server.call(patience=Patience(0.0, 5.0, 5.0))
        free.set()
        assert await asyncio.gather(*busy) == [(200, b"ok")] * 2
