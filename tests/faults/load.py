"""`make load`: the webhook beside two bare bots, one after another in one run, on both databases.

Throughput with 20 deliveries at a time, in short rounds that the bots take in turn: a machine has moods, and
what is compared is each round with the one beside it; the median counts. Processor time says the same with
less noise. Then how long an update takes at 100 a second, three times what Telegram lets one token send.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests import databases
from tests.faults.botapi import BotApi
from tests.faults.topology import HEADERS, Bot, message

ROUNDS, UPDATES, AT_ONCE = 9, 200, 20
RATE, SECONDS = 100, 10
WARM_UP = 200
TRIES = 20
"""Deliveries of an update before it counts as lost; Telegram goes on for a day."""


@dataclass(slots=True)
class Wire:
    """A connection that stays open: lighter than an HTTP library, so that the bot is measured."""

    port: int
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def post(self, body: bytes) -> int:
        """Status of the answer; a connection that was closed while nobody used it is opened anew."""
        try:
            return await self._post(body)
        except (OSError, asyncio.IncompleteReadError):
            self._writer = None
            return await self._post(body)

    async def _post(self, body: bytes) -> int:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader
        head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
        start = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{head}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(start.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        await self._reader.readexactly(int(length or 0))
        return int(answer.split()[1])

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


@dataclass(slots=True)
class Load:
    """Updates of ever new people, so that nobody is over their measure."""

    bot: Bot
    ids: count[int] = field(default_factory=lambda: count(1))
    again: int = 0
    """Deliveries that were turned away."""
    lost: int = 0
    """Updates that no delivery got acknowledged."""

    async def deliver(self, wire: Wire, body: bytes) -> None:
        """As Telegram does: again, a little later, until it is acknowledged."""
        for _ in range(TRIES):
            if await wire.post(body) == 200:
                return
            self.again += 1
            await asyncio.sleep(0.05)
        self.lost += 1

    def body(self) -> bytes:
        number = next(self.ids)
        return json.dumps(message(number, 1 + number // 10, f"/travel 850 {number % 50 + 1}")).encode()

    async def throughput(self, updates: int) -> float:
        """Updates a second with `AT_ONCE` deliveries at a time."""
        bodies: Iterator[bytes] = iter([self.body() for _ in range(updates)])

        async def worker() -> None:
            wire = Wire(self.bot.port)
            for body in bodies:
                await self.deliver(wire, body)
            wire.close()

        began = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        return updates / (time.perf_counter() - began)

    async def at_rate(self) -> list[float]:
        """Seconds that each update takes, sent at a steady rate whatever becomes of those before."""
        free: list[Wire] = []
        took: list[float] = []

        async def one() -> None:
            wire, began = free.pop() if free else Wire(self.bot.port), time.perf_counter()
            await self.deliver(wire, self.body())
            took.append(time.perf_counter() - began)
            free.append(wire)

        start = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(RATE * SECONDS):
                await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
                group.create_task(one())
        for wire in free:
            wire.close()
        return took


async def measure(name: str, url: str) -> bool:
    """One database: prints its lines, and whether the bot is within its bounds."""
    async with BotApi() as api:
        bots = {
            "ka2bot": Bot(api, url, settings={"LOG_LEVEL": "WARNING", "CONCURRENCY": "40"}),
            "bare echo": Bot(api, url, module=("tests.faults.bare", "echo")),
            "bare echo + insert": Bot(api, url, module=("tests.faults.bare", "insert")),
        }
        loads = {kind: Load(bot) for kind, bot in bots.items()}
        rates: dict[str, list[float]] = {kind: [] for kind in bots}
        work: dict[str, list[float]] = {kind: [] for kind in bots}
        async with bots["ka2bot"], bots["bare echo"], bots["bare echo + insert"]:
            for kind, load in loads.items():
                await bots[kind].ready()
                await load.throughput(WARM_UP)
            for _ in range(ROUNDS):
                for kind, load in loads.items():
                    before = bots[kind].processor()
                    rates[kind].append(await load.throughput(UPDATES))
                    work[kind].append((bots[kind].processor() - before) / UPDATES)
            took = {kind: await load.at_rate() for kind, load in loads.items()}
            memory = bots["ka2bot"].memory()
    pairs = zip(rates["ka2bot"], rates["bare echo + insert"], strict=True)
    share = statistics.median(ours / theirs for ours, theirs in pairs)
    for kind, load in loads.items():
        p50, p99 = statistics.median(took[kind]), statistics.quantiles(took[kind], n=100)[98]
        print(  # noqa: T201
            f"{name:<11} {kind:<19} {statistics.median(rates[kind]):4.0f}/s, "
            f"{statistics.median(work[kind]) * 1000:.1f} ms of a processor   at {RATE}/s: "
            f"median {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, again {load.again}, lost {load.lost}"
        )
    less = statistics.median(work["bare echo + insert"]) / statistics.median(work["ka2bot"])
    print(  # noqa: T201
        f"{name:<11} {share:.0%} of echo + insert (by processor time {less:.0%}), {memory / 1000:.0f} MB"
    )
    p99 = statistics.quantiles(took["ka2bot"], n=100)[98]
    return share >= 0.7 and p99 < 0.1 and loads["ka2bot"].lost == 0


def main() -> int:
    """Both databases; exit code 1 where a bound is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        fine = asyncio.run(measure("SQLite", databases.sqlite_url(Path(folder))))
    with databases.postgres_url() as url:
        fine &= asyncio.run(measure("PostgreSQL", url))
    print("within the bounds" if fine else "NOT within the bounds: 70 %, p99 100 ms, 0 lost")  # noqa: T201
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
