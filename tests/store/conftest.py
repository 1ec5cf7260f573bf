"""Every test of the store runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.metrics import Metrics
from bot.store.database import Database, open_database
from bot.store.durable import DurableStore
from tests import databases
from tests.conftest import SetClock


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield databases.sqlite_url(tmp_path)
    else:
        with databases.postgres_url() as address:
            yield address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    yield database
    await database.close()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def store(database: Database, clock: SetClock, metrics: Metrics) -> DurableStore:
    store = DurableStore(database, clock, metrics)
    await store.open()
    return store
