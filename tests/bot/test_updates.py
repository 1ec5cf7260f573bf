"""The way of an update around the handlers: once, in order, in time, within measure."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from telegram import Update

from bot.application import App, build_application
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject
from bot.measure import BURST, INLINE_BURST
from bot.metrics import Metrics
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.updates import Updates
from handlers.context import Profile, Services, Who
from tests.conftest import SetClock

ANNA = Who(1001, 1001)
Handle: TypeAlias = Callable[[JsonObject], Awaitable[str]]
Process: TypeAlias = Callable[[JsonObject, Coroutine[Any, Any, None]], Awaitable[str]]


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
def process(application: App, lasting: Services, store: DurableStore, metrics: Metrics) -> Process:
    """Takes an update through with the work given."""
    updates = Updates(lasting, store, metrics, limit=0.5)

    async def process(raw: JsonObject, work: Coroutine[Any, Any, None]) -> str:
        return await updates.handle(Update.de_json(raw, application.bot), work)

    return process


@pytest.fixture
def handle(application: App, process: Process) -> Handle:
    """Takes an update through with the whole bot."""

    async def handle(raw: JsonObject) -> str:
        return await process(raw, application.process_update(Update.de_json(raw, application.bot)))

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
    process: Process, anna: Person, telegram: LocalTelegram
) -> None:
    order: list[str] = []

    async def slow(name: str) -> None:
        order.append(f"{name} begins")
        await asyncio.sleep(0.02)
        order.append(f"{name} ends")

    updates = {"one": anna.writes("1"), "two": anna.writes("2"), "three": Person(telegram, 2).writes("3")}
    await asyncio.gather(*(process(update, slow(name)) for name, update in updates.items()))
    assert order.index("one ends") < order.index("two begins")
    assert order.index("three begins") < order.index("one ends")


async def test_an_update_that_takes_too_long_is_given_up_with_an_apology_and_not_begun_again(
    process: Process, handle: Handle, anna: Person, telegram: LocalTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    update = anna.writes("my secret plan")
    assert await process(update, asyncio.sleep(5)) == "late"
    (apology,) = telegram.calls_of("sendMessage")
    reference = caplog.text.partition("reference ")[2][:8]
    assert reference in str(apology["text"])
    assert "secret" not in caplog.text
    assert await handle(update) == "repeated"


async def test_a_fault_of_ours_ends_here(
    process: Process, handle: Handle, anna: Person, metrics: Metrics, telegram: LocalTelegram
) -> None:
    async def broken() -> None:
        raise RuntimeError

    update = anna.writes("?")
    assert await process(update, broken()) == "failed"
    assert len(telegram.calls_of("sendMessage")) == 1
    assert b'ka2bot_updates_total{kind="message",result="failed"} 1.0' in metrics.text()
    assert b"ka2bot_updates_running 0.0" in metrics.text()


async def test_who_floods_is_told_once_and_presses_are_still_acknowledged(
    handle: Handle, anna: Person, telegram: LocalTelegram, services: Services
) -> None:
    results = [await handle(anna.writes("/help")) for _ in range(BURST)]
    assert results == ["answered"] * BURST
    results = [await handle(anna.writes("/help")) for _ in range(5)]
    assert results == ["limited"] * 5
    sent = [call["text"] for call in telegram.calls_of("sendMessage")]
    assert len(sent) == BURST + 1
    assert sent[-1] == services.phrases.say("other.too_much", "lv")
    assert await handle(anna.presses_data("e1:lv:duration:")) == "limited"
    assert telegram.unanswered() == []
    assert await handle(Person(telegram, 2).writes("/help")) == "answered"


async def test_a_group_that_talks_to_itself_fills_nobodys_bucket(handle: Handle, anna: Person) -> None:
    in_group = anna.in_group(-5)
    for _ in range(BURST + 5):
        assert await handle(in_group.writes("labdien visiem")) == "answered"
    assert await handle(anna.writes("/help")) == "answered"


async def test_who_has_blocked_the_bot_is_forgotten(
    handle: Handle, anna: Person, store: DurableStore
) -> None:
    await store.keep_profile(ANNA, Profile("en"))
    assert await handle(anna.blocks_bot()) == "answered"
    assert await store.profile(ANNA) == Profile()
    await store.keep_profile(ANNA, Profile("en"))
    anna.chat.blocked = True
    assert await handle(anna.writes("/help")) == "blocked"
    assert await store.profile(ANNA) == Profile()


async def test_another_bot_and_a_channels_echo_are_left_alone(
    handle: Handle, anna: Person, telegram: LocalTelegram
) -> None:
    machine = Person(telegram, 77, is_bot=True, chat=anna.in_group(-5).chat)
    await handle(machine.writes("/deadline"))
    await handle(anna.in_group(-5).sends({"text": "/deadline", "is_automatic_forward": True}))
    assert telegram.calls_of("sendMessage") == []


async def test_what_nobody_sees_in_a_text_changes_nothing(
    handle: Handle, anna: Person, telegram: LocalTelegram
) -> None:
    plain, odd = "cik partneru vajag?", "\u202ecik\u200b part\u00adne\x07ru\ufeff vajag?\u2069"
    for text in (plain, odd, "\u200b\u200e", "\u0301" * 400, "\x00", "<b>&amp;{{ 7*7 }}</b>{%"):
        assert await handle(anna.writes(text)) == "answered"
    sent = [call["text"] for call in telegram.calls_of("sendMessage")]
    assert sent[0] == sent[1]
    assert len(sent) == 6
    assert "49" not in str(sent[-1])


async def test_an_inline_query_is_no_row_in_the_store_and_counts_apart(
    handle: Handle, anna: Person, telegram: LocalTelegram, store: DurableStore, metrics: Metrics
) -> None:
    await store.open()
    raw = anna.asks_inline("termiņš")
    assert await handle(raw) == "answered"
    assert len(telegram.inline_answers) == 1
    assert store._recent == {}
    assert await handle(raw) == "answered", "a second answer is refused by Telegram, and that is no failure"
    figures = metrics.text().decode()
    assert 'ka2bot_updates_total{kind="inline_query",result="answered"} 2.0' in figures
    assert "ka2bot_inline_query_seconds_count 2.0" in figures
    assert "ka2bot_update_seconds_count 0.0" in figures
    assert "ka2bot_answers_total{" not in figures
    assert "ka2bot_missed_questions_total 0.0" in figures


async def test_typing_has_a_bucket_of_its_own(handle: Handle, anna: Person, telegram: LocalTelegram) -> None:
    results = [await handle(anna.asks_inline("x" * (n % 5))) for n in range(INLINE_BURST + 30)]
    assert results[:INLINE_BURST] == ["answered"] * INLINE_BURST
    assert results[-1] == "limited"
    assert len(telegram.inline_answers) < len(results)
    assert telegram.calls_of("sendMessage") == [], "nobody is told while typing"
    assert await handle(anna.writes("/deadline")) == "answered"


async def test_typing_elsewhere_does_not_wait_for_the_private_talk(
    process: Process, handle: Handle, anna: Person, telegram: LocalTelegram
) -> None:
    typed = asyncio.Event()

    async def slow() -> None:
        await asyncio.wait_for(typed.wait(), 0.4)

    private = asyncio.ensure_future(process(anna.writes("/deadline"), slow()))
    await asyncio.sleep(0)
    assert await handle(anna.asks_inline("termiņš")) == "answered"
    typed.set()
    assert await private == "answered"


async def test_an_inline_query_that_breaks_is_logged_and_nobody_is_written_to(
    handle: Handle, anna: Person, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("handlers.telegram.inline.offered", broken)
    assert await handle(anna.asks_inline("termiņš")) == "failed"
    assert telegram.calls_of("sendMessage") == []
