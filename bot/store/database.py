"""The database behind the store: from its address to an engine with all tables in place."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn

from bot.errors import SettingsError
from bot.store.changes import Changes

T = TypeVar("T")

BUSY = 2.0
"""Seconds that SQLite waits for another writer, and PostgreSQL for a connection."""

LONGEST = 300.0
"""Seconds for a statement of a migration; for all others the store's patience is shorter."""

CONNECTIONS = 5
"""Connections kept open by one process; as many again under load. A statement takes about a millisecond."""

_LOCK = 7_203_145_586
"""An arbitrary number that all replicas lock in PostgreSQL while the tables are brought up to date."""

_log = logging.getLogger(__name__)


class Database:
    """An engine that reads without a transaction of its own and writes in one."""

    def __init__(self, engine: AsyncEngine, direct: Engine | None = None) -> None:
        self.engine = engine
        # PostgreSQL is spared the way there and back for a transaction around one look
        plain = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        self._looking = engine.execution_options(**plain)
        self._direct = direct
        self._thread = ThreadPoolExecutor(1, "ka2bot-sqlite") if direct is not None else None
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._one_writer = asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for one look; nothing is locked and nothing is kept."""
        async with self._looking.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end.

        SQLite takes its lock at once: a transaction that began by reading could not wait for it. Within this
        process writers queue up here, since SQLite's own way of waiting is to look again and again.
        """
        async with self._one_writer, self.engine.connect() as connection:
            await connection.execution_options(ka2bot_writes=True)
            async with connection.begin():
                yield connection

    async def do(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        """All of a small piece of work at once, in a transaction if it writes.

        On SQLite it runs in a thread of its own: going there and back for each statement, as the asynchronous
        driver does, takes several times as long as the statements. On PostgreSQL SQLAlchemy's bridge to the
        asynchronous driver is crossed once, connection and all: a third less work than once for each step.
        """
        if self._direct is not None:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._directly, self._direct, work, writes)
        engine = (self.engine if writes else self._looking).sync_engine
        return await greenlet_spawn(self._directly, engine, work, writes)

    async def write(self, changes: Changes) -> None:
        """All changes in one transaction, which on PostgreSQL is one statement where they allow it."""
        one = None if self.is_sqlite else changes.as_one()
        if one is None:
            await self.do(changes.run, writes=True)
        else:
            # a connection that begins no transaction: the statement is one
            await self.do(lambda connection: connection.execute(*one), writes=False)

    @staticmethod
    def _directly(engine: Engine, work: Callable[[Connection], T], writes: bool) -> T:
        with engine.connect() as connection:
            connection.execution_options(ka2bot_writes=writes)
            with connection.begin():
                return work(connection)

    async def migrate(self) -> None:
        """Bring the tables up to date; of several processes that start at once one does it, the rest wait."""
        await self.do(_upgrade, writes=True)

    async def close(self) -> None:
        """Close all connections."""
        if self._thread is not None and self._direct is not None:
            self._thread.shutdown()
            self._direct.dispose()
        await self.engine.dispose()


def open_database(address: str) -> Database:
    """The database at an SQLAlchemy URL; nothing is connected yet.

    Raises SettingsError where the address cannot be one or its driver is not installed. SQLite's folder is
    made; whether it could be is found out at the first connection, like any other trouble of a database.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        # its message repeats the address, and with it the password
        raise SettingsError("DATABASE_URL is not a database address; see docs/operations.md") from None
    match url.get_backend_name():
        case "sqlite":
            return _sqlite(url)
        case "postgresql" | "postgres":
            return Database(_postgresql(url))
        case other:
            raise SettingsError(f"DATABASE_URL: write sqlite:///… or postgresql://…, not {other}://…")


def _sqlite(url: URL) -> Database:
    if url.database in (None, "", ":memory:"):
        raise SettingsError(
            "DATABASE_URL: SQLite needs a file here, as in sqlite:////var/lib/ka2bot/ka2bot.db"
        )
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("%s cannot be made: %s", folder, error.strerror)
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        connect_args={"timeout": BUSY},
        pool_size=CONNECTIONS,
        hide_parameters=True,
    )
    direct = create_engine(
        url.set(drivername="sqlite+pysqlite"), connect_args={"timeout": BUSY}, hide_parameters=True
    )

    def configure(connection: Any, _: object) -> None:
        # the driver shall begin no transaction by itself: SQLAlchemy's pysqlite page
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(BUSY * 1000)}")
        cursor.execute("PRAGMA synchronous=NORMAL")
        _write_ahead(cursor)
        cursor.close()

    def begin(connection: Connection) -> None:
        # a look needs no transaction of its own, and each statement is a way to the driver's thread and back
        if connection.get_execution_options().get("ka2bot_writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    for each in (engine.sync_engine, direct):
        event.listen(each, "connect", configure)
        event.listen(each, "begin", begin)
    return Database(engine, direct)


def _write_ahead(cursor: Any) -> None:
    """The journal of changes before they are in the file, so that nobody who reads waits; the file remembers.

    SQLite does not wait for its lock here: of several processes that open a new file at once, one does it.
    """
    until = time.monotonic() + BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _postgresql(url: URL) -> AsyncEngine:
    query = dict(url.query)
    settings = {"application_name": "ka2bot"}
    if path := query.pop("search_path", None):
        settings["search_path"] = str(path)
    if mode := query.pop("sslmode", None):
        query["ssl"] = mode  # as asyncpg calls what everybody else calls sslmode
    try:
        from bot.store.connection import Hasty
    except ModuleNotFoundError:
        raise SettingsError(
            "DATABASE_URL names PostgreSQL, but its driver is not installed: pip install 'ka2bot[postgres]'"
        ) from None
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        connect_args={
            "timeout": BUSY,
            "command_timeout": LONGEST,
            "server_settings": settings,
            "connection_class": Hasty,
        },
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=BUSY,
        hide_parameters=True,
    )


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    known = inspect(connection).has_table("alembic_version")
    if known and connection.scalar(text("SELECT version_num FROM alembic_version")) == newest_version():
        return
    # only for the one start in many that has something to do: Alembic takes 8 MB
    from bot.migrations.upgrade import upgrade

    upgrade(connection)


def newest_version() -> str:
    """The last step of the migrations, by the names of their files: `v0001_first.py` is "0001"."""
    names = (file.name for file in files("bot.migrations.versions").iterdir())
    return max(name[1:5] for name in names if name.startswith("v") and name.endswith(".py"))
