"""Thirty minutes' worth of traffic, without the waiting: nothing grows that has been warmed up once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

import pytest

from tests.faults.botapi import BotApi
from tests.faults.conftest import SOAK, size
from tests.faults.load import Wire
from tests.faults.topology import Bot, message, press

REALISTIC = 360
"""Twelve updates a minute: a busy afternoon before a deadline."""

ALLOWED = 54_000
"""Thirty a second: what Telegram lets one token answer."""

OF_ONE = 12
"""Updates of one person, below the measure of 20."""

AT_ONCE = 10

GROWTH = 8_000
"""Kilobytes that the second half of the traffic may add. What is kept by design is full or nearly so by then:
10,000 numbers of updates (1 MB), the measures of 20,000 people (4 MB), lists of words and texts. At the
allowed rate a leak of 300 bytes an update is more than that; an update never let go holds ten times it."""

WARM_UP = 12_000
"""Kilobytes for the first half, which meets most words, texts and statements for the first time."""

COMMANDS = ("/start", "/help", "/travel 850 4", "/deadline", "/contact", "/priorities", "/check", "/sources")
PRESSES = ("t1:lv:850:4", "t1:en:1200:3", "e1:lv:grant-ceiling:", "k1:lv:vet", "e1:xx:y", "c0:lv:old")


def traffic(ids: Iterator[int]) -> Iterator[bytes]:
    """Questions, commands and presses without end, of ever new people."""
    file = Path(__file__).parents[1] / "questions" / "golden.jsonl"
    questions = cycle(json.loads(line)["q"] for line in file.read_text(encoding="utf-8").splitlines())
    commands, presses = cycle(COMMANDS), cycle(PRESSES)
    for number in ids:
        person = 1 + number // OF_ONE
        match number % 6:
            case 0:
                update = message(number, person, next(commands))
            case 1:
                update = press(number, person, next(presses), on=number - 1)
            case _:
                update = message(number, person, next(questions))
        yield json.dumps(update).encode()


async def deliver(bot: Bot, updates: Iterator[bytes], number: int) -> None:
    """So many of the updates, some at a time; each is acknowledged."""
    left = count(number, -1)

    async def worker() -> None:
        wire = Wire(bot.port)
        while next(left) > 0:
            assert await wire.post(next(updates)) == 200
        wire.close()

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


async def held(bot: Bot) -> tuple[int, int, int]:
    """Kilobytes, tasks and open files of a bot that has nothing to do."""
    # in the long form until the database's connections and Telegram's are closed that nobody uses
    await asyncio.sleep(6 if SOAK else 0.2)
    figures = await bot.figures()
    kilobytes = round(figures["process_resident_memory_bytes"] / 1000)
    return kilobytes, round(figures["ka2bot_tasks"]), round(figures["process_open_fds"])


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


long_form = pytest.mark.skipif(not SOAK, reason="the short form runs on SQLite; make soak runs all")


@pytest.mark.parametrize(
    ("database", "updates"),
    [
        pytest.param("sqlite", REALISTIC, id="sqlite, as on a busy day"),
        pytest.param("postgres", REALISTIC, id="postgresql, as on a busy day", marks=long_form),
        pytest.param("sqlite", ALLOWED, id="sqlite, as much as Telegram allows", marks=long_form),
    ],
    indirect=["database"],
)
async def test_half_an_hour_of_traffic_leaves_nothing_behind(
    database: str, updates: int, api: BotApi, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    stream = traffic(count(1))
    async with Bot(api, database, log=log, settings={"LOG_LEVEL": "WARNING"}) as bot:
        await bot.ready()
        # every kind of update once, every connection opened
        await deliver(bot, stream, size(200, 1200))
        seen = [await held(bot)]
        for _ in range(2):
            for _ in range(10):
                await deliver(bot, stream, updates // 20)
                api.calls.clear()
                api.of_chat.clear()
            seen.append(await held(bot))
        figures = await bot.figures()
        assert await bot.stop() == 0
    print(f"{database.partition(':')[0]}, {updates} updates: kB, tasks, files: {seen}")  # noqa: T201
    (before, *_), (middle, tasks_then, files_then), (after, tasks, files) = seen
    assert middle - before < WARM_UP
    assert after - middle < GROWTH
    assert tasks <= tasks_then + 1, "tasks that never end"
    assert files <= files_then + 2, "files or connections that are never closed"
    assert figures["ka2bot_updates_running"] == 0
    assert not any('result="failed"' in name for name in figures)
    assert log.read_text(encoding="utf-8") == ""
