"""From an address to tables: what is refused, what is migrated, and that the two descriptions agree."""

import asyncio
import contextlib
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.errors import SettingsError
from bot.metrics import Metrics
from bot.store.database import Database, newest_version, open_database
from bot.store.durable import DurableStore
from bot.store.tables import metadata
from handlers.context import Profile, Who
from tests.conftest import SetClock


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://user:secret@host/name", "sqlite://", "sqlite:///:memory:"]
)
def test_an_address_that_cannot_serve_is_refused_without_repeating_its_password(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        open_database(address)
    assert "secret" not in str(caught.value)


def test_an_address_does_not_show_its_password() -> None:
    database = open_database("postgres://anna:secret@127.0.0.1:1/x?sslmode=require&search_path=ka2")
    assert "secret" not in repr(database.engine)


async def test_many_that_start_at_once_migrate_once(url: str) -> None:
    databases = [open_database(url) for _ in range(4)]
    await asyncio.gather(*(database.migrate() for database in databases))
    await databases[0].migrate()
    for database in databases:
        await database.close()


async def test_a_start_waits_for_another_process_that_writes_into_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ka2bot.db"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(time, "sleep", lambda seconds: other.execute("ROLLBACK"))
        database = open_database(f"sqlite:///{file}")
        await database.migrate()
    await database.close()


async def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    await database.migrate()

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


def test_the_last_migration_is_known_by_its_files_name() -> None:
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == newest_version()


async def test_a_start_that_finds_all_tables_leaves_alembic_on_the_disk(database: Database, url: str) -> None:
    await database.migrate()
    start = f"""import asyncio, sys
from bot.store.database import open_database
async def start():
    database = open_database({url!r})
    await database.migrate()
    await database.close()
asyncio.run(start())
sys.exit("alembic" in sys.modules)"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", start)
    assert await process.wait() == 0


async def test_a_database_of_a_newer_version_is_used_as_it_is(
    database: Database, caplog: pytest.LogCaptureFixture, clock: SetClock
) -> None:
    await database.migrate()
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    store = DurableStore(database, clock, Metrics())
    await store.keep_profile(Who(1, 1), Profile("en"))
    assert "newer version" in caplog.text
    assert await store.profile(Who(1, 1)) == Profile("en")


async def test_sqlite_waits_for_another_writer(tmp_path: Path, clock: SetClock) -> None:
    url = f"sqlite:///{tmp_path / 'folder' / 'ka2bot.db'}"
    one, other = open_database(url), open_database(url)
    await one.migrate()
    async with one.writing():
        waiting = asyncio.create_task(other.migrate())
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await waiting
    async with one.reading() as connection:
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
    await one.close()
    await other.close()
