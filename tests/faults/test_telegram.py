"""A Telegram on its bad days, and a bot that is told to stop in the middle."""

import asyncio
import json
from pathlib import Path

from tests.faults.botapi import TROUBLES, BotApi
from tests.faults.conftest import size
from tests.faults.topology import PATIENCE, Bot, Telegram, message, press

PEOPLE = size(40, 400)
EACH = size(5, 15)


async def test_a_bot_api_that_fails_one_call_in_five(sqlite: str, api: BotApi, tmp_path: Path) -> None:
    api.chance = 0.2
    chats = [
        [message(1000 * chat + turn, chat, "/travel 850 2") for turn in range(EACH)]
        for chat in range(1, 1 + PEOPLE)
    ]
    bot = Bot(api, sqlite, log=tmp_path / "log")
    telegram = Telegram([bot], api, at_once=30)
    async with bot:
        await bot.ready()
        await telegram.deliver(chats[: PEOPLE // 4])
        before = bot.memory()
        await telegram.deliver(chats[PEOPLE // 4 :])
        grown = bot.memory() - before
        assert await bot.stop() == 0
    updates = PEOPLE * EACH
    unanswered = {number for number, texts in telegram.answers.items() if not texts}
    assert unanswered <= set(+telegram.refused)
    assert telegram.repeats == 0
    sends = sum(len(calls) for calls in api.of_chat.values())
    assert sends < 1.5 * updates, "a storm"
    assert set(TROUBLES) <= set(api.troubles)
    assert grown < 20_000, f"{grown} kB more"
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "Unclosed" not in log


async def test_polling_that_is_stopped_under_load_has_answered_all_it_fetched(
    sqlite: str, api: BotApi
) -> None:
    api.pause = 0.05
    people, total = 40, size(160, 1200)
    texts = ((number, 1 + number % people) for number in range(1, total + 1))
    api.updates = [message(number, chat, f"/travel 850 {number}") for number, chat in texts]
    done = 0
    async with Bot(api, sqlite, command=("run",)) as run:
        while done < total:
            asked = len(api.calls)
            await more_than(done, api)
            assert await run.stop() == 0
            since = api.calls[asked:]
            done = (
                max(int(call.parameters.get("offset", 0)) for call in since if call.method == "getUpdates")
                - 1
            )
            assert answered(api) == done > 0, "each that was fetched is answered, once"
            if done < total:
                await run.start()


def answered(api: BotApi) -> int:
    return sum(len(calls) for calls in api.of_chat.values())


async def more_than(done: int, api: BotApi) -> None:
    async with asyncio.timeout(PATIENCE):
        while answered(api) <= done:  # noqa: ASYNC110 - waits for another process
            await asyncio.sleep(0.02)


async def test_a_file_goes_over_the_wire_with_its_words_and_is_sent_again_after_a_fault(
    sqlite: str, api: BotApi
) -> None:
    bot = Bot(api, sqlite)
    telegram = Telegram([bot], api)
    async with bot:
        await bot.ready()
        await telegram.deliver([[message(1, 7, "/deadline")]])
        rows = json.loads(api.of_chat[7][-1].parameters["reply_markup"])["inline_keyboard"]
        api.fail_documents = 1
        for number in (2, 3):
            await telegram.deliver([[press(number, 7, str(rows[0][0]["callback_data"]), on=1)]])
    documents = [call for call in api.of_chat[7] if call.method == "sendDocument"]
    assert [call.trouble for call in documents] == ["502", "", ""]
    assert {call.parameters["document"] for call in documents} == {"ka2-2020-termins.ics"}
    assert all("kalendārā" in call.parameters["caption"] for call in documents)
