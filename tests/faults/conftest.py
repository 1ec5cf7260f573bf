"""Proofs with processes: short in `make test`, long in `make soak` (SOAK=1)."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.faults.botapi import BotApi

SOAK = bool(os.environ.get("SOAK"))


def size(short: int, long: int) -> int:
    """How much of something: a little in `make test`, much in `make soak`."""
    return long if SOAK else short


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return databases.sqlite_url(tmp_path)


@pytest.fixture
def postgres() -> Iterator[str]:
    with databases.postgres_url() as url:
        yield url


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api
