"""Databases for tests: a file of their own in SQLite, a schema of their own in PostgreSQL.

PostgreSQL is the server in TEST_POSTGRES_URL, by default one on this machine. Where there is none, the
tests that need it are skipped and say so; in CI they fail instead.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.store.database import open_database

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'ka2bot.db'}"


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a fresh schema, dropped at the end."""
    if trouble := _trouble():
        if os.environ.get("CI"):
            pytest.fail(f"CI needs PostgreSQL: {trouble}")
        pytest.skip(f"no PostgreSQL at TEST_POSTGRES_URL: {trouble}")
    schema = f"ka2bot_test_{secrets.token_hex(6)}"
    execute(POSTGRES, f"CREATE SCHEMA {schema}")
    try:
        yield make_url(POSTGRES).update_query_dict({"search_path": schema}).render_as_string(False)
    finally:
        execute(POSTGRES, f"DROP SCHEMA {schema} CASCADE")


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    """Runs one statement from outside any loop and gives its rows."""

    async def run() -> list[tuple[object, ...]]:
        database = open_database(url)
        try:
            async with database.writing() as connection:
                result = await connection.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            await database.close()

    return asyncio.run(run())


@cache
def _trouble() -> str:
    try:
        execute(POSTGRES, "SELECT 1")
    except Exception as error:
        return type(error).__name__
    return ""
