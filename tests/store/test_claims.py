"""One update that comes to two replicas at the same moment is answered by one of them."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import text

from bot.metrics import Metrics
from bot.store.database import open_database
from bot.store.durable import DurableStore
from handlers.context import Profile, Who
from tests import databases
from tests.conftest import SetClock

ANNA = Who(1, 1)


@pytest.fixture
def url() -> Iterator[str]:
    with databases.postgres_url() as address:
        yield address


@pytest.fixture
async def replicas(url: str, clock: SetClock) -> AsyncIterator[tuple[DurableStore, DurableStore]]:
    one, other = (DurableStore(open_database(url), clock, Metrics()) for _ in range(2))
    await one.open()
    await other.open()
    yield one, other
    await one.close()
    await other.close()


async def is_new(store: DurableStore, number: int) -> bool:
    async with store.update(number, ANNA) as fresh:
        return fresh


async def test_the_second_waits_for_the_first_and_finds_it_done(
    replicas: tuple[DurableStore, DurableStore],
) -> None:
    one, other = replicas
    async with one.update(7, ANNA) as fresh:
        assert fresh
        second = asyncio.create_task(is_new(other, 7))
        await asyncio.sleep(0.15)
        assert not second.done()
        assert await is_new(other, 8), "another update waits for nothing"
        await one.keep_profile(ANNA, Profile("en"))
    assert await second is False


async def test_of_many_at_once_one_is_new(replicas: tuple[DurableStore, DurableStore]) -> None:
    for number in range(10, 20):
        assert sorted(await asyncio.gather(*(is_new(store, number) for store in replicas))) == [False, True]


async def test_who_claimed_it_and_died_is_waited_for_only_so_long(
    replicas: tuple[DurableStore, DurableStore], url: str
) -> None:
    one, other = replicas
    with pytest.raises(asyncio.CancelledError):
        async with one.update(7, ANNA):
            raise asyncio.CancelledError
    assert await is_new(one, 7), "it may claim again what it has claimed itself"
    with pytest.raises(asyncio.CancelledError):
        async with one.update(9, ANNA):
            raise asyncio.CancelledError
    ((left,),) = await asyncio.to_thread(
        databases.execute,
        url,
        'UPDATE claims SET until = until - 2 WHERE "update" = 9 '
        "RETURNING until + 2 - extract(epoch from clock_timestamp())",
    )
    assert 0 < float(str(left)) <= 2
    assert await is_new(other, 9)


async def test_claims_are_purged_and_cost_no_wait_for_the_disk(
    replicas: tuple[DurableStore, DurableStore], url: str, clock: SetClock
) -> None:
    one, _ = replicas
    await is_new(one, 7)
    kept = await asyncio.to_thread(
        databases.execute, url, "SELECT relpersistence FROM pg_class WHERE oid = 'claims'::regclass"
    )
    assert [str(row[0]).strip("b'") for row in kept] == ["u"], "unlogged"
    database = open_database(url)
    async with database.writing() as connection:
        await connection.execute(text("UPDATE claims SET until = 1"))
    await database.close()
    await one._rows.purge()
    assert await asyncio.to_thread(databases.execute, url, "SELECT * FROM claims") == []
