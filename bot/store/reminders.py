"""The SQL of reminders: chosen by people, claimed by the one process that sends each, moved with a deadline.

Alike on SQLite and PostgreSQL. Like `rows.py` it catches nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Database
from bot.store.tables import reminders
from handlers.context import Reminder, Who
from knowledge.model import LANGUAGES, Language

LEASE = timedelta(minutes=2)
"""How long a reminder belongs to the process that claimed it: longer than any sending takes."""

_KEY = (reminders.c.chat, reminders.c.person, reminders.c.call, reminders.c.before)


class ReminderRows:
    """Reads and writes reminders; leases go by `clock`, which no KA2BOT_NOW stops."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        insert = (sqlite.insert if database.is_sqlite else postgresql.insert)(reminders)
        # who chooses again what is being sent at this moment does not take the lease away
        changed = {"language": insert.excluded.language, "due": insert.excluded.due}
        self._put = insert.on_conflict_do_update(index_elements=list(_KEY), set_=changed)

    async def of(self, who: Who) -> tuple[Reminder, ...]:
        """What is still to be sent to a person, the first due first."""
        query = select(reminders).where(_mine(who)).order_by(reminders.c.due)
        return await self._database.do(
            lambda c: tuple(_reminder(row) for row in c.execute(query)), writes=False
        )

    async def replace(self, who: Who, call: str, chosen: tuple[Reminder, ...]) -> None:
        """What a person wants to be reminded of in a call, and nothing else."""
        kept = [each.before for each in chosen]
        others = delete(reminders).where(
            _mine(who), reminders.c.call == call, reminders.c.before.not_in(kept)
        )

        def write(connection: Connection) -> None:
            connection.execute(others)
            for each in chosen:
                connection.execute(self._put, _named(each) | {"language": each.language, "due": _due(each)})

        await self._database.do(write, writes=True)

    async def claim(self, now: datetime, most: int) -> tuple[Reminder, ...]:
        """Takes up to `most` that are due and nobody else holds; they are this process's for the lease."""
        taken = int(self._clock().timestamp())
        free = or_(reminders.c.leased_until.is_(None), reminders.c.leased_until <= taken)
        query = (
            select(reminders)
            .where(reminders.c.due <= int(now.timestamp()), free)
            .order_by(reminders.c.due)
            .limit(most)
            # SQLite has one writer at a time and knows no such clause
            .with_for_update(skip_locked=True)
        )

        def write(connection: Connection) -> tuple[Reminder, ...]:
            found = tuple(_reminder(row) for row in connection.execute(query))
            if found:
                until = taken + int(LEASE.total_seconds())
                mine = tuple_(*_KEY).in_([tuple(_named(each).values()) for each in found])
                connection.execute(update(reminders).where(mine).values(leased_until=until))
            return found

        return await self._database.do(write, writes=True)

    async def done(self, reminder: Reminder) -> None:
        """It was sent, or there is nothing left to send."""
        await self._write(delete(reminders).where(_this(reminder)))

    async def again(self, reminder: Reminder, after: timedelta) -> None:
        """It could not be sent: somebody tries again after this time."""
        until = int((self._clock() + after).timestamp())
        await self._write(update(reminders).where(_this(reminder)).values(leased_until=until))

    async def move(self, reminder: Reminder, due: datetime) -> None:
        """It is not due yet after all."""
        values = {"due": int(due.timestamp()), "leased_until": None}
        await self._write(update(reminders).where(_this(reminder)).values(values))

    async def replan(self, due: Callable[[str, str], datetime | None]) -> int:
        """Moves all whose time, by call and span, has become another; gives how many."""
        kinds = select(reminders.c.call, reminders.c.before).distinct()

        def write(connection: Connection) -> int:
            moved = 0
            for call, before in connection.execute(kinds).all():
                if (when := due(call, before)) is not None:
                    at = int(when.timestamp())
                    same = and_(reminders.c.call == call, reminders.c.before == before)
                    others = update(reminders).where(same, reminders.c.due != at)
                    moved += connection.execute(others.values(due=at)).rowcount
            return moved

        return await self._database.do(write, writes=True)

    async def _write(self, statement: Any) -> None:
        await self._database.do(lambda connection: connection.execute(statement), writes=True)


def counted(person: int) -> Any:
    """How many a person has, as part of a query."""
    return select(func.count()).select_from(reminders).where(reminders.c.person == person).scalar_subquery()


def _mine(who: Who) -> ColumnElement[bool]:
    return and_(reminders.c.chat == who.chat, reminders.c.person == who.person)


def _this(reminder: Reminder) -> ColumnElement[bool]:
    return and_(_mine(reminder.who), reminders.c.call == reminder.call, reminders.c.before == reminder.before)


def _named(reminder: Reminder) -> dict[str, object]:
    """The key, in the order of `_KEY`."""
    who = reminder.who
    return {"chat": who.chat, "person": who.person, "call": reminder.call, "before": reminder.before}


def _due(reminder: Reminder) -> int:
    return int(reminder.due.timestamp())


def _reminder(row: Row[Any]) -> Reminder:
    language: Language = next((known for known in LANGUAGES if known == row.language), "lv")
    due = datetime.fromtimestamp(row.due, UTC)
    return Reminder(Who(row.chat, row.person), row.call, row.before, language, due)
