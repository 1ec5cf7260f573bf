"""The way of an update around the handlers: once, in order, in time, within measure."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import Forbidden

from bot.application import App, build_application
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject
from bot.measure import BURST
from bot.metrics import Metrics
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.updates import Updates
from handlers import ask
from handlers.context import Profile, Services, Turn, Who
from handlers.reply import Reply
from tests.conftest import SetClock

ANNA = Who(1001, 1001)
Handle = Callable[[JsonObject], Awaitable[str]]


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def store(tmp_path: Path, clock: SetClock, metrics: Metrics) -> AsyncIterator[DurableStore]:
    store = DurableStore(open_database(f"sqlite:///{tmp_path / 'ka2bot.db'}"), clock, metrics)
    yield store
    await store.close()


@pytest.fixture
def lasting(services: Services, store: DurableStore) -> Services:
    return replace(services, store=store)


@pytest.fixture
async def application(lasting: Services, telegram: LocalTelegram) -> AsyncIterator[App]:
    application = build_application(lasting, "1:local", local=telegram)
    async with application:
        yield application


@pytest.fixture
def handle(application: App, lasting: Services, store: DurableStore, metrics: Metrics) -> Handle:
    updates = Updates(lasting, store, metrics, limit=0.2)

    async def handle(raw: JsonObject) -> str:
        update = Update.de_json(raw, application.bot)
        return await updates.handle(update, application.process_update(update))

    return handle


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return Person(telegram)


async def test_an_update_sent_twice_at_once_is_answered_once(
    handle: Handle, anna: Person, telegram: LocalTelegram
) -> None:
    update = anna.writes("/help")
    assert sorted(await asyncio.gather(handle(update), handle(update))) == ["answered", "repeated"]
    assert await handle(update) == "repeated"
    assert len(telegram.calls_of("sendMessage")) == 1


async def test_in_one_chat_one_follows_another_and_chats_go_side_by_side(
    handle: Handle, anna: Person, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    async def slow(turn: Turn, text: str) -> Reply:
        order.append(f"{text} begins")
        await asyncio.sleep(0.02)
        order.append(f"{text} ends")
        return Reply(text)

    monkeypatch.setattr(ask, "text", slow)
    berta = Person(telegram, 2)
    # the handlers hold the function as it was when they were built, so a new application is needed
    updates = [anna.writes("one"), anna.writes("two"), berta.writes("three")]
    results = await _with_new_handlers(handle, updates)
    assert results == ["answered"] * 3
    assert order.index("one ends") < order.index("two begins")
    assert order.index("three begins") < order.index("one ends")


async def _with_new_handlers(handle: Handle, updates: list[JsonObject]) -> list[str]:
    return list(await asyncio.gather(*(handle(update) for update in updates)))
