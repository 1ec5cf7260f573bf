"""The SQL of the store: reads one thing at a time, writes an update's work in one transaction.

Every statement works alike on SQLite and PostgreSQL. Nothing is caught here: `reach.py` decides what a
database in trouble means.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Insert,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.schema import Table

from bot.store import counting, reminders, tables
from bot.store.changes import Changes
from bot.store.database import Database
from bot.store.tables import claims, missed, people, replies, seen
from bot.store.unit import Remembered, Unit, card_from, packed, thread_from
from handlers.context import Held, Profile, Who
from knowledge.model import LANGUAGES, SECTORS

_PURGE_LOCK = 7_203_145_587

_HERE = (people.c.chat == bindparam("of_chat")) & (people.c.person == bindparam("of_person"))
_PERSON = select(people).where(_HERE)
_IS_SEEN = exists().where(seen.c.update == bindparam("number"))
_SEEN = select(_IS_SEEN)
_PUT_MISSED = missed.insert()
_ONE = select(literal(1)).subquery()
_BEGIN = select(_IS_SEEN, literal(True), people).select_from(_ONE.outerjoin(people, _HERE))

Standing = Literal["new", "done", "elsewhere"]
"""Of an update: to be worked at here, done already, at work in another process."""


class Rows:
    """Reads and writes the tables; `clock` says what is too old to be read."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        # built once: building a statement takes longer than running it
        self._put_person = _upsert(people, database)
        self._put_reply = _upsert(replies, database)
        self._put_seen = _upsert(seen, database)
        # SQLite has one process, which keeps the updates of a chat in order anyway
        self._begin = _BEGIN if database.is_sqlite else _claiming()
        self._process = {} if database.is_sqlite else {"process": secrets.randbits(62)}

    async def was_seen(self, number: int) -> bool:
        """Whether an update is done."""
        named = {"number": number}
        return await self._database.do(lambda c: bool(c.scalar(_SEEN, named)), writes=False)

    async def begin(self, number: int, who: Who) -> tuple[Standing, Remembered]:
        """Where an update stands, and what is remembered of its person: all it needs, in one look.

        On PostgreSQL a new one is claimed by the same statement, for `tables.LEASE`.
        """
        named = {"number": number, "of_chat": who.chat, "of_person": who.person} | self._process
        row = await self._database.do(lambda c: c.execute(self._begin, named).one(), writes=False)
        standing: Standing = "done" if row[0] else "new" if row[1] else "elsewhere"
        return standing, self._remembered(row)

    async def person(self, who: Who) -> Remembered:
        """What is remembered of a person in a chat."""
        named = {"of_chat": who.chat, "of_person": who.person}
        row = await self._database.do(lambda c: c.execute(_PERSON, named).first(), writes=False)
        return self._remembered(row) if row is not None else Remembered()

    def _remembered(self, row: Row[Any]) -> Remembered:
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
            reminders.counted(who.person),
        )
        async with self._database.reading() as connection:
            counted, elsewhere, promised = (await connection.execute(query)).one()
        here = await self.person(who)
        return Held(here.profile, here.thread, here.card, int(counted), int(elsewhere), int(promised))

    async def forget(self, person: int) -> None:
        """Delete everything of a person."""

        def work(connection: Connection) -> None:
            for table in (people, replies, tables.reminders):
                connection.execute(delete(table).where(table.c.person == person))

        await self._database.do(work, writes=True)

    async def write(self, unit: Unit) -> None:
        """All that an update changed, and that it is done; written twice it is the same as once."""
        changes = Changes(self._database.is_sqlite)
        self._gather(changes, unit)
        await self._database.write(changes)

    def _gather(self, changes: Changes, unit: Unit) -> None:
        for who in sorted(unit.changed, key=lambda who: (who.chat, who.person)):
            self._gather_person(changes, who, unit.people[who])
        for (who, question), reply in unit.replies.items():
            row = {"chat": who.chat, "question": question, "person": who.person, "reply": reply}
            changes.execute(self._put_reply, row | {"at": self._now()})
        for found in unit.missed:
            kept = {"question": found.question, "language": found.language, "kind": found.kind}
            # the day alone: by the second it could be laid beside the reply of who asked
            changes.execute(_PUT_MISSED, kept | {"at": counting.start_of_day(self._now())})
        for words, answered in unit.asked:
            noted = counting.note(words, answered, self._now(), is_sqlite=self._database.is_sqlite)
            changes.execute(*noted)
        if unit.number is not None:
            changes.execute(self._put_seen, {"update": unit.number, "at": self._now()})

    async def purge(self) -> None:
        """Delete what is too old; several replicas may do it, of which one at a time does."""
        await self._database.do(self._purge, writes=True)

    def _purge(self, connection: Connection) -> None:
        now = self._now()
        old_thread, old_card = people.c.thread_until <= now, people.c.card_until <= now
        if not self._database.is_sqlite:
            mine = text("SELECT pg_try_advisory_xact_lock(:key)")
            if not connection.scalar(mine, {"key": _PURGE_LOCK}):
                return
        connection.execute(delete(claims).where(claims.c.until <= now))
        counting.count_people(connection, self._now())
        counting.purge(connection, self._now())
        for table, kept in (
            (seen, tables.KEPT_SEEN),
            (replies, tables.KEPT_REPLY),
            (missed, tables.KEPT_MISSED),
        ):
            connection.execute(delete(table).where(table.c.at <= self._now(kept)))
        connection.execute(update(people).where(old_thread).values(thread=None, thread_until=None))
        connection.execute(update(people).where(old_card).values(card=None, card_until=None))
        chosen = (people.c.language, people.c.sector, people.c.thread, people.c.card)
        nothing = func.coalesce(*chosen).is_(None)
        forgotten = people.c.changed <= self._now(tables.KEPT_PROFILE)
        connection.execute(delete(people).where(or_(nothing, forgotten)))

    def _gather_person(self, changes: Changes, who: Who, now: Remembered) -> None:
        if now.nothing:
            here = (people.c.chat == who.chat) & (people.c.person == who.person)
            changes.execute(delete(people).where(here))
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
        changes.execute(self._put_person, row)

    def _now(self, ago: timedelta = timedelta()) -> int:
        return int((self._clock() - ago).timestamp())


def _upsert(table: Table, database: Database) -> Insert:
    """Inserts a row, or changes the one that has the same key."""
    statement = (sqlite.insert if database.is_sqlite else postgresql.insert)(table)
    rest = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)


def _claiming() -> Select[Any]:
    """The look at an update that claims it as well, unless another process has it still."""
    now = func.extract("epoch", func.clock_timestamp())
    claim = postgresql.insert(claims).values(
        update=bindparam("number"), by=bindparam("process"), until=now + tables.LEASE.total_seconds()
    )
    mine = (
        claim.on_conflict_do_update(
            index_elements=list(claims.primary_key),
            set_={"by": claim.excluded.by, "until": claim.excluded.until},
            # what this process has claimed itself it may claim again: a connection broke in between
            where=(claims.c.until < now) | (claims.c.by == claim.excluded.by),
        )
        .returning(claims.c.update)
        .cte("mine")
    )
    return select(_IS_SEEN, select(mine).exists(), people).select_from(_ONE.outerjoin(people, _HERE))
