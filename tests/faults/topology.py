"""Processes on 127.0.0.1: the bot as it runs, and a Telegram that delivers by its rule until acknowledged."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from tests.faults.botapi import TOKEN, BotApi

SECRET = "s3cret-for-tests-0123456789"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
PATIENCE = 120.0
"""Seconds for a process to start or to stop; two are enough on a machine that has nothing else to do."""


def _client(**settings: Any) -> httpx.AsyncClient:
    """Nothing here is encrypted, and reading whom to trust takes 20 ms for each client."""
    return httpx.AsyncClient(verify=False, **settings)  # noqa: S501


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Bot:
    """`ka2bot serve` (or another command) as a process that can be killed and started again."""

    api: BotApi
    database: str
    command: tuple[str, ...] = ("serve",)
    module: tuple[str, ...] = ("bot",)
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    log: Path | None = None
    process: asyncio.subprocess.Process | None = None
    starts: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    async def start(self) -> None:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.api.url,
            "WEBHOOK_SECRET": SECRET,
            "DATABASE_URL": self.database,
            "PORT": str(self.port),
            "KA2BOT_NOW": "2020-02-01",
            "LOG_FORMAT": "json",
            "OPERATOR": "test",
        }
        with (self.log or Path(os.devnull)).open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-W", "error", "-m", *self.module, *self.command),
                stdout=log,
                stderr=log,
                env=os.environ | environment | self.settings,
            )
        self.starts += 1

    async def ready(self) -> None:
        """Waits until it answers; a process that has ended never will."""
        async with asyncio.timeout(PATIENCE), _client(timeout=2) as client:
            while True:
                assert self.process
                assert self.process.returncode is None, "the bot has stopped"
                try:
                    if (await client.get(f"{self.url}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> int:
        assert self.process
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def figures(self) -> dict[str, float]:
        async with _client(timeout=PATIENCE) as client:
            text = (await client.get(f"{self.url}/metrics")).text
        lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}

    def memory(self) -> int:
        """Kilobytes that the process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))

    def processor(self) -> float:
        """Seconds of a processor that the process has used."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    async def __aenter__(self) -> Bot:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process and self.process.returncode is None:
            await self.kill()


@dataclass(slots=True)
class Telegram:
    """Delivers updates to webhooks: one at a time for a chat, again until acknowledged, to any replica."""

    bots: list[Bot]
    api: BotApi
    at_once: int = 20
    repeats: int = 0
    """Deliveries that were not acknowledged."""
    answers: dict[int, list[str]] = field(default_factory=dict)
    """Texts sent while an update was delivered, by its id, until it was acknowledged."""
    afterwards: list[str] = field(default_factory=list)
    """Texts sent when an update came again that had been acknowledged; there should be none."""
    refused: Counter[int] = field(default_factory=Counter)
    """Updates whose sender had blocked the bot, as the Bot API said."""
    seconds: list[float] = field(default_factory=list)
    """How long each acknowledged delivery took."""

    async def deliver(self, chats: Iterable[list[dict[str, object]]], *, twice: int = 0) -> None:
        """Delivers each chat's updates in order; every `twice`-th again after it was acknowledged."""
        slots = asyncio.Semaphore(self.at_once)
        limits = httpx.Limits(max_connections=self.at_once)
        async with _client(timeout=60, headers=HEADERS, limits=limits) as client:

            async def one_chat(updates: list[dict[str, object]], replica: int) -> None:
                bots = cycle((*self.bots[replica:], *self.bots[:replica]))
                for update in updates:
                    async with slots:
                        number = int(str(update["update_id"]))
                        answers = await self._until_acknowledged(client, update, bots)
                        self.answers.setdefault(number, []).extend(answers)
                        if twice and number % twice == 0:
                            self.afterwards += await self._until_acknowledged(client, update, bots)

            async with asyncio.TaskGroup() as group:
                for number, updates in enumerate(chats):
                    group.create_task(one_chat(updates, number % len(self.bots)))

    async def _until_acknowledged(
        self, client: httpx.AsyncClient, update: dict[str, object], bots: cycle[Bot]
    ) -> list[str]:
        number, chat = int(str(update["update_id"])), chat_of(update)
        before = len(self.api.of_chat[chat])
        while True:
            began = time.perf_counter()
            try:
                response = await client.post(f"{next(bots).url}/telegram", json=update)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                if response.status_code == 200:
                    self.seconds.append(time.perf_counter() - began)
                    break
            self.repeats += 1
            await asyncio.sleep(0.05)
        calls = self.api.of_chat[chat][before:]
        self.refused[number] += sum(call.trouble == "403" for call in calls)
        return [call.parameters.get("text", "") for call in calls if call.reached]


def message(number: int, chat: int, text: str, **more: object) -> dict[str, object]:
    """An update with a private message."""
    length = len(text.split()[0]) if text.startswith("/") else 0
    content = {
        "message_id": number,
        "date": 0,
        "chat": {"id": chat, "type": "private", "first_name": "X"},
        "from": {"id": chat, "is_bot": False, "first_name": "X", "language_code": "lv"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": length}] if length else [],
    }
    return {"update_id": number, "message": content | more}


def press(number: int, chat: int, data: str, on: int) -> dict[str, object]:
    """An update with a pressed button."""
    person = {"id": chat, "is_bot": False, "first_name": "X", "language_code": "lv"}
    shown = {"message_id": on, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    query = {"id": str(number), "from": person, "message": shown, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


def chat_of(update: dict[str, object]) -> int:
    content = update.get("message") or update.get("callback_query")
    assert isinstance(content, dict)
    return int(content["from"]["id"])
