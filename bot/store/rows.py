"""The SQL of the store: reads one thing at a time, writes an update's work in one transaction.

Every statement works alike on SQLite and PostgreSQL. Nothing is caught here: `durable.py` decides what a
database in trouble means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.schema import Table

from bot.store import tables
from bot.store.database import Database
from bot.store.tables import missed, people, replies, seen
from bot.store.unit import Remembered, Unit, card_from, packed, thread_from
from handlers.context import Held, Profile, Who
from knowledge.model import LANGUAGES, SECTORS

_PURGE_LOCK = 7_203_145_587


class Rows:
    """Reads and writes the tables; `clock` says what is too old to be read."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._insert = sqlite.insert if database.is_sqlite else postgresql.insert

    async def was_seen(self, number: int) -> bool:
        """Whether an update is done."""
        query = select(exists().where(seen.c.update == number))
        async with self._database.reading() as connection:
            return bool(await connection.scalar(query))

    async def person(self, who: Who) -> Remembered:
        """What is remembered of a person in a chat."""
        query = select(people).where(people.c.chat == who.chat, people.c.person == who.person)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return Remembered()
        now, thread_until, card_until = self._now(), row.thread_until or 0, row.card_until or 0
        return Remembered(
            Profile(
                next((known for known in LANGUAGES if known == row.language), None),
                next((known for known in SECTORS if known == row.sector), None),
            ),
            thread_from(row.thread) if thread_until > now else None,
            thread_until,
            card_from(row.card) if card_until > now else None,
            card_until,
        )

    async def reply(self, who: Who, question: int) -> int | None:
        """The message that answers a question's message."""
        query = select(replies.c.reply).where(
            replies.c.chat == who.chat,
            replies.c.question == question,
            replies.c.person == who.person,
            replies.c.at > self._now(tables.KEPT_REPLY),
        )
        async with self._database.reading() as connection:
            found = await connection.scalar(query)
        return None if found is None else int(found)

    async def held(self, who: Who) -> Held:
        """Everything that is held of a person."""
        mine = people.c.person == who.person
        query = select(
            select(func.count()).select_from(replies).where(replies.c.person == who.person).scalar_subquery(),
            select(func.count()).select_from(people).where(mine, people.c.chat != who.chat).scalar_subquery(),
        )
        async with self._database.reading() as connection:
            counted, elsewhere = (await connection.execute(query)).one()
        here = await self.person(who)
        return Held(here.profile, here.thread, here.card, int(counted), int(elsewhere))

    async def write(self, unit: Unit) -> None:
        """All that an update changed, and that it is done; written twice it is the same as once."""
        async with self._database.writing() as connection:
            for person in sorted(unit.forgotten):
                await connection.execute(delete(people).where(people.c.person == person))
                await connection.execute(delete(replies).where(replies.c.person == person))
            for who in sorted(unit.changed, key=lambda who: (who.chat, who.person)):
                await self._write_person(connection, who, unit.people[who])
            for (who, question), reply in unit.replies.items():
                row = {"chat": who.chat, "question": question, "person": who.person, "reply": reply}
                await self._put(connection, replies, ("chat", "question"), row | {"at": self._now()})
            for found in unit.missed:
                kept = {"question": found.question, "language": found.language, "kind": found.kind}
                await connection.execute(missed.insert().values(**kept, at=self._now()))
            if unit.number is not None:
                row = {"update": unit.number, "at": self._now()}
                await self._put(connection, seen, ("update",), row)

    async def purge(self) -> None:
        """Delete what is too old; several replicas may do it, of which one at a time does."""
        now = self._now()
        old_thread, old_card = people.c.thread_until <= now, people.c.card_until <= now
        async with self._database.writing() as connection:
            if not self._database.is_sqlite:
                mine = text("SELECT pg_try_advisory_xact_lock(:key)")
                if not await connection.scalar(mine, {"key": _PURGE_LOCK}):
                    return
            for table, kept in (
                (seen, tables.KEPT_SEEN),
                (replies, tables.KEPT_REPLY),
                (missed, tables.KEPT_MISSED),
            ):
                await connection.execute(delete(table).where(table.c.at <= self._now(kept)))
            await connection.execute(update(people).where(old_thread).values(thread=None, thread_until=None))
            await connection.execute(update(people).where(old_card).values(card=None, card_until=None))
            chosen = (people.c.language, people.c.sector, people.c.thread, people.c.card)
            nothing = func.coalesce(*chosen).is_(None)
            forgotten = people.c.changed <= self._now(tables.KEPT_PROFILE)
            await connection.execute(delete(people).where(or_(nothing, forgotten)))

    async def _write_person(self, connection: AsyncConnection, who: Who, now: Remembered) -> None:
        if now.nothing:
            here = (people.c.chat == who.chat) & (people.c.person == who.person)
            await connection.execute(delete(people).where(here))
            return
        row = {
            "chat": who.chat,
            "person": who.person,
            "language": now.profile.language,
            "sector": now.profile.sector,
            "thread": packed(now.thread),
            "thread_until": now.thread_until if now.thread else None,
            "card": packed(now.card),
            "card_until": now.card_until if now.card else None,
            "changed": self._now(),
        }
        await self._put(connection, people, ("chat", "person"), row)

    async def _put(
        self, connection: AsyncConnection, table: Table, key: Iterable[str], row: Mapping[str, object]
    ) -> None:
        """Insert a row, or change the one that has the same key."""
        key = tuple(key)
        statement = self._insert(table).values(dict(row))
        rest = {name: statement.excluded[name] for name in row if name not in key}
        await connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))

    def _now(self, ago: timedelta = timedelta()) -> int:
        return int((self._clock() - ago).timestamp())
