"""Processes killed in the middle of their work: nothing is lost, and nothing acknowledged is done twice."""

from __future__ import annotations

import asyncio
import json
from itertools import count
from pathlib import Path

from tests.faults.botapi import BotApi
from tests.faults.conftest import size
from tests.faults.topology import PATIENCE, Bot, Telegram, message, press

PEOPLE = size(30, 200)
WAVES = size(2, 20)

WORDS = {
    "en": ("how much for travel 850 km, 2 people", "and for 4?", "1,100", "Write your question"),
    "lv": ("cik maksās ceļš 850 km 2 cilvēkiem", "un četriem?", "1 100", "Rakstiet jautājumu"),
}


def language_of(chat: int) -> str:
    return "en" if chat % 2 else "lv"


def conversation(chat: int, ids: count[int]) -> list[dict[str, object]]:
    """Chooses a language, asks, follows up, and asks some more."""
    question, further, _, _ = WORDS[language_of(chat)]
    texts = [f"/language {language_of(chat)}", question, further, "/deadline", "/help"]
    texts += ["/travel 850 2", "/contact", "/sources", "/priorities", "/help"][: size(1, 5)]
    return [message(next(ids), chat, text) for text in texts]


async def in_waves(telegram: Telegram, chats: list[list[dict[str, object]]]) -> None:
    """Delivers in waves; in the middle of each wave one of the bots is killed, and started again at once."""
    each = len(chats) // WAVES
    for wave in range(WAVES):
        await asyncio.gather(*(bot.ready() for bot in telegram.bots))
        bot = telegram.bots[wave % len(telegram.bots)]
        begun = len(telegram.seconds)
        delivering = asyncio.create_task(telegram.deliver(chats[wave * each :][:each], twice=3))
        async with asyncio.timeout(PATIENCE):
            while len(telegram.seconds) < begun + 2 * each:  # noqa: ASYNC110 - waits for other processes
                await asyncio.sleep(0.005)
        await bot.kill()
        await bot.start()
        await delivering


def check(telegram: Telegram, chats: list[list[dict[str, object]]]) -> None:
    for chat, updates in enumerate(chats, 1001):
        answers = [telegram.answers[int(str(update["update_id"]))] for update in updates]
        assert all(answers), f"chat {chat}: not answered"
        _, _, followed, helped = WORDS[language_of(chat)]
        assert followed in answers[2][-1].replace("\xa0", " "), f"chat {chat}: the follow-up got lost"
        assert helped in answers[4][-1], f"chat {chat}: the language got lost"
    assert telegram.afterwards == [], "acknowledged, and answered again"


async def test_two_replicas_on_one_postgresql(postgres: str, api: BotApi, tmp_path: Path) -> None:
    api.pause = 0.05
    ids = count(1)
    chats = [conversation(chat, ids) for chat in range(1001, 1001 + PEOPLE)]
    bots = [Bot(api, postgres, log=tmp_path / f"log{number}") for number in range(2)]
    telegram = Telegram(bots, api, at_once=10)
    async with bots[0], bots[1]:
        await asyncio.gather(*(bot.ready() for bot in bots))
        await in_waves(telegram, chats)
    check(telegram, chats)
    killed = sum(bot.starts - 1 for bot in bots)
    assert killed == WAVES
    assert telegram.repeats > 0, "the kills hit nothing"
    print(f"{next(ids) - 1} updates, {killed} kills, {telegram.repeats} deliveries again")  # noqa: T201


async def test_one_process_on_sqlite(sqlite: str, api: BotApi, tmp_path: Path) -> None:
    api.pause = 0.02
    ids = count(1)
    chats = [conversation(chat, ids) for chat in range(1001, 1001 + PEOPLE)]
    bot = Bot(api, sqlite, log=tmp_path / "log")
    telegram = Telegram([bot], api, at_once=5)
    async with bot:
        await bot.ready()
        await in_waves(telegram, chats)
        check(telegram, chats)
        assert bot.starts == 1 + WAVES


async def test_a_check_half_done_goes_on_in_another_process(sqlite: str, api: BotApi) -> None:
    bot = Bot(api, sqlite)
    telegram = Telegram([bot], api)

    def next_button() -> str:
        rows = json.loads(api.of_chat[7][-1].parameters["reply_markup"])["inline_keyboard"]
        return str(rows[0][0]["callback_data"])

    async with bot:
        await bot.ready()
        await telegram.deliver([[message(1, 7, "/check")]])
        await telegram.deliver([[press(2, 7, next_button(), on=1)]])
        await bot.kill()
        await bot.start()
        await bot.ready()
        await telegram.deliver([[press(3, 7, next_button(), on=1)]])
    first, second, third = (telegram.answers[number][0] for number in (1, 2, 3))
    assert len({first, second, third}) == 3
    assert api.of_chat[7][-1].method == "editMessageText"
