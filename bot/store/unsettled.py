"""What the store keeps for the curator: questions without a sure answer, and those voted down.

Read only: the tables are left as they are found, whatever their version.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError, UnreachableError
from bot.failures import described
from bot.store.counting import date_of, day_of
from bot.store.database import open_database
from bot.store.scrub import scrubbed
from bot.store.tables import asked, missed


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A question as it was asked once; `kind` is `fallback`, `choices` or `down`.

    One that was voted down names the entry that answered, and the reason if one was given; its words are
    empty where they were no longer kept when the vote came.
    """

    question: str
    language: str
    kind: str
    day: date
    entry: str | None = None
    reason: str | None = None


def unsettled(address: str) -> tuple[Unsettled, ...]:
    """All of them in the database at an address, oldest first.

    Raises SettingsError where there is no such database, UnreachableError where it does not answer.
    """
    _must_exist(address)
    return asyncio.run(_unsettled(address))


def _must_exist(address: str) -> None:
    """A file of SQLite that is missing would be made by looking into it."""
    try:
        url = make_url(address)
    except ArgumentError:
        return  # refused in better words where it is opened
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_file():
        raise SettingsError(
            f"DATABASE_URL: there is no database at {url.database} yet; name the one that the bot writes to, "
            "or let the bot run first"
        )


async def _unsettled(address: str) -> tuple[Unsettled, ...]:
    database = open_database(address)
    try:
        return await database.do(lambda connection: tuple(_read(connection)), writes=False)
    except Exception as error:  # whatever a driver raises; its message may hold the password
        raise UnreachableError(
            f"DATABASE_URL: the database cannot be read ({described(error)}); is it running?"
        ) from None
    finally:
        await database.close()


def _read(connection: Connection) -> Iterator[Unsettled]:
    there = set(inspect(connection).get_table_names())
    found: list[Unsettled] = []
    if missed.name in there:
        columns = (missed.c.question, missed.c.language, missed.c.kind, missed.c.at)
        found += (
            # once more, since what is scrubbed may have become more since it was kept
            Unsettled(scrubbed(question), language, kind, date_of(day_of(at)))
            for question, language, kind, at in connection.execute(select(*columns).order_by(missed.c.at))
        )
    if asked.name in there:
        row = (asked.c.question, asked.c.language, asked.c.day, asked.c.entry, asked.c.reason)
        down = connection.execute(select(*row).where(asked.c.vote == "down").order_by(asked.c.day))
        found += (
            Unsettled(scrubbed(question or ""), language, "down", date_of(day), entry, reason)
            for question, language, day, entry, reason in down
        )
    yield from sorted(found, key=lambda each: (each.day, each.question, each.kind, each.entry or ""))
