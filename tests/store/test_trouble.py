"""A database in trouble: the bot goes on without memory, says so once, and remembers again when it can."""

from pathlib import Path

import pytest

from bot.metrics import Metrics
from bot.store.database import Database, open_database
from bot.store.durable import DurableStore
from handlers.context import Profile, Who
from tests.conftest import SetClock

ANNA = Who(1, 1)


class Monotonic:
    """A clock for pauses that goes only when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def check_without_memory(store: DurableStore) -> None:
    async with store.update(1) as fresh:
        assert fresh
        await store.keep_profile(ANNA, Profile("en"))
        assert await store.profile(ANNA) == Profile("en")
    assert await store.profile(ANNA) == Profile()
    assert await store.held(ANNA) is None
    assert await store.reply(ANNA, 1) is None
    await store.note_outcome("kas", "lv", "fallback")
    assert await store.forget(ANNA) is False
    async with store.update(1) as fresh:
        assert not fresh, "the process itself knows what it has just done"


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:secret@127.0.0.1:1/none", "sqlite:////proc/nowhere/ka2bot.db"]
)
async def test_without_a_database_at_the_start_the_bot_answers(
    url: str, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    metrics = Metrics()
    store = DurableStore(open_database(url), clock, metrics)
    await store.open()
    assert b"ka2bot_store_up 0.0" in metrics.text()
    await check_without_memory(store)
    assert caplog.text.count("the store is down") == 1
    assert "secret" not in caplog.text
    await store.close()


async def test_a_database_that_comes_later_is_used_then(
    tmp_path: Path, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    folder, monotonic = tmp_path / "later", Monotonic()
    database = open_database(f"sqlite:///{folder / 'ka2bot.db'}")
    folder.rmdir()
    store = DurableStore(database, clock, Metrics(), monotonic)
    with caplog.at_level("INFO"):
        await store.open()
        folder.mkdir()
        assert await store.profile(ANNA) == Profile()
        monotonic.now += 10
        await store.keep_profile(ANNA, Profile("en"))
        assert await store.profile(ANNA) == Profile("en")
    assert "the store is back" in caplog.text
    await store.close()


async def test_a_database_that_breaks_is_asked_less_and_less_often(
    database: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monotonic = Monotonic()
    store = DurableStore(database, clock, Metrics(), monotonic)
    await store.open()
    tried = 0

    async def broken(*_: object) -> None:
        nonlocal tried
        tried += 1
        raise OSError

    monkeypatch.setattr(store._rows, "person", broken)
    for _ in range(600):
        await store.profile(ANNA)
        monotonic.now += 0.1
    assert 12 <= tried <= 16
