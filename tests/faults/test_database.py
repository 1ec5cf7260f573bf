"""A database that goes away in the middle and comes back: nobody waits for it, and then it serves again."""

import asyncio
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.store.reach import PATIENCE
from tests.faults import topology
from tests.faults.botapi import BotApi
from tests.faults.conftest import size
from tests.faults.proxy import Proxy
from tests.faults.topology import Bot, Telegram, message


async def test_the_store_gone_and_back(postgres: str, api: BotApi, tmp_path: Path) -> None:
    url = make_url(postgres)
    ids, strangers, log = count(1), count(1000), tmp_path / "log"
    async with Proxy(url.host or "127.0.0.1", url.port or 5432) as proxy:
        through = url.set(host="127.0.0.1", port=proxy.own_port).render_as_string(hide_password=False)
        async with Bot(api, through, log=log) as bot:
            telegram = Telegram([bot], api)
            await bot.ready()

            async def everybody(text: str, people: Iterable[int] = range(1, size(11, 60))) -> list[str]:
                chats = [[message(next(ids), chat, text)] for chat in people]
                telegram.seconds.clear()
                await telegram.deliver(chats)
                numbers = [int(str(chat[0]["update_id"])) for chat in chats]
                return [telegram.answers[number][0] for number in numbers]

            async def until_up(up: float) -> None:
                async with asyncio.timeout(topology.PATIENCE):
                    while (await bot.figures())["ka2bot_store_up"] != up:
                        await everybody("/help", [next(strangers)])
                        await asyncio.sleep(0.2)

            await everybody("/language en")
            assert all("Write your" in answer for answer in await everybody("/help"))
            usually = max(telegram.seconds)
            await proxy.cut()
            assert all("Rakstiet" in answer for answer in await everybody("/help")), "without memory"
            assert max(telegram.seconds) < usually + PATIENCE, "nobody waits for a database that is gone"
            await until_up(0)
            await proxy.mend()
            await until_up(1)
            assert all("Write your" in answer for answer in await everybody("/help")), "with memory"
            proxy.hang()
            await everybody("/help")
            # while one reads the others learn that it is in vain, and nobody waits to write
            assert max(telegram.seconds) < usually + 2 * PATIENCE
            await proxy.cut()
            await proxy.mend()
            await until_up(1)
            assert all("Write your" in answer for answer in await everybody("/help"))
            assert telegram.repeats == 0
            assert await bot.stop() == 0
    said = log.read_text(encoding="utf-8")
    assert "the store is down" in said
    assert "the store is back" in said
    assert "Traceback" not in said
