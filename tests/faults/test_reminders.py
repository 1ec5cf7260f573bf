"""Two workers on one database: each reminder goes out once while both live, and after a kill too."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.metrics import Metrics
from bot.reminding import AT_ONCE
from bot.store.database import open_database
from bot.store.durable import DurableStore
from handlers.context import Reminder, Who
from tests.faults.botapi import BotApi
from tests.faults.conftest import size
from tests.faults.topology import PATIENCE, Bot

DUE = datetime(2020, 4, 16, 10, 0, tzinfo=UTC)
"""Seven days before the deadline."""

NOW = {"KA2BOT_NOW": "2020-04-16T13:05"}
MODULE = ("tests.faults.reminder_worker",)
PEOPLE = size(40, 400)


async def promise(store: DurableStore, chats: range) -> None:
    for chat in chats:
        who = Who(chat, chat)
        assert await store.keep_reminders(who, "ka2-2020", (Reminder(who, "ka2-2020", "7d", "en", DUE),))


async def until_sent(store: DurableStore, chats: range) -> None:
    async with asyncio.timeout(PATIENCE):
        for chat in chats:
            while await store.reminders(Who(chat, chat)) != ():  # noqa: ASYNC110 - waits for other processes
                await asyncio.sleep(0.05)


def sent(api: BotApi) -> Counter[int]:
    return Counter({chat: len(calls) for chat, calls in api.of_chat.items()})


async def test_each_reminder_is_sent_once_and_a_killed_workers_by_another(
    postgres: str, api: BotApi, tmp_path: Path
) -> None:
    def bot(number: int, telegram: BotApi, **settings: str) -> Bot:
        return Bot(telegram, postgres, module=MODULE, settings=NOW | settings, log=tmp_path / f"log{number}")

    database = open_database(postgres)
    store = DurableStore(database, lambda: datetime.now(UTC), Metrics())
    await store.open()
    try:
        api.pause = 0.05
        async with bot(1, api) as one, bot(2, api) as two:
            await asyncio.gather(one.ready(), two.ready())
            both = range(1001, 1001 + PEOPLE)
            await promise(store, both)
            await until_sent(store, both)
            assert sent(api) == dict.fromkeys(both, 1), "twice, or not at all, while both live"
            shares = [(await each.figures())['ka2bot_reminders_total{result="sent"}'] for each in (one, two)]
            assert sum(shares) == PEOPLE
            assert await one.stop() == await two.stop() == 0
        # all are there when it starts, so that its first round claims them; since nothing that it sends
        # arrives, what it holds need not be waited for as long as a sender may take
        rest = range(5001, 5001 + AT_ONCE)
        await promise(store, rest)
        async with BotApi(pause=60) as hanging, bot(3, hanging, REMINDER_LEASE="1") as three:
            async with asyncio.timeout(PATIENCE):
                while len(sent(hanging)) < len(rest):  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(0.02)
            # all are claimed, and no call has reached anybody
            await three.kill()
            killed = datetime.now(UTC)
            async with bot(4, api):
                await until_sent(store, rest)
        assert {chat: sent(api)[chat] for chat in rest} == dict.fromkeys(rest, 1)
        assert datetime.now(UTC) - killed < timedelta(seconds=PATIENCE)
        assert {chat: sent(api)[chat] for chat in both} == dict.fromkeys(both, 1), "not again at a restart"
    finally:
        await store.close()
