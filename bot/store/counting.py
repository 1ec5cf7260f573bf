"""The SQL of what is counted: answered questions, votes on them, people a day.

Each function is one piece of work on a connection; whoever calls it decides on the transaction. Days are
those of UTC, counted from 1970.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

from sqlalchemy import Connection, Insert, bindparam, case, delete, func, insert, null, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import tables
from bot.store.tables import asked, days, missed, replies
from handlers.counts import Asked, Count, Counted, Reason, Vote, Voted

DAY = 86_400
"""Seconds."""

# built once: building a statement takes longer than running it
# the same work done again, after a connection broke, is the same row
_NOTE_SQLITE = sqlite.insert(asked).on_conflict_do_nothing()
_NOTE_POSTGRESQL = postgresql.insert(asked).on_conflict_do_nothing()
_VOTE = (
    update(asked)
    .where(asked.c.id == bindparam("ticket"), asked.c.vote.is_(None))
    .values(
        vote=bindparam("said"),
        # nobody needs the words of a question whose answer was good
        question=case((bindparam("said") == "down", asked.c.question), else_=null()),
    )
)
_REASON = (
    update(asked)
    .where(asked.c.id == bindparam("ticket"), asked.c.vote == "down", asked.c.reason.is_(None))
    .values(reason=bindparam("said"))
)
_VOTED = select(asked.c.vote, asked.c.reason).where(asked.c.id == bindparam("ticket"))


def day_of(moment: int) -> int:
    """The day of a moment, both counted from 1970."""
    return moment // DAY


def start_of_day(moment: int) -> int:
    """The first second of a moment's day: what is kept of when something was asked."""
    return moment - moment % DAY


def date_of(day: int) -> date:
    """A day as a date."""
    return datetime.fromtimestamp(day * DAY, UTC).date()


def note(question: str, answered: Asked, now: int, *, is_sqlite: bool) -> tuple[Insert, dict[str, object]]:
    """The insert, with its row, that keeps that a question, scrubbed, was answered."""
    row: dict[str, object] = {
        "id": answered.ticket,
        "question": question,
        "entry": answered.entry,
        "kind": answered.kind,
        "language": answered.language,
        "day": day_of(now),
    }
    return _NOTE_SQLITE if is_sqlite else _NOTE_POSTGRESQL, row


def vote(connection: Connection, ticket: int, said: Vote, reason: Reason | None) -> Voted | None:
    """Keep the first vote and its first reason; what counts then, or None for an answer not known."""
    connection.execute(_VOTE, {"ticket": ticket, "said": said})
    if reason is not None:
        connection.execute(_REASON, {"ticket": ticket, "said": reason})
    row = connection.execute(_VOTED, {"ticket": ticket}).first()
    return _voted(row.vote, row.reason) if row is not None else None


def counted(connection: Connection, now: int, last: int) -> Counted:
    """What was asked and voted in the last days, today included."""
    today = day_of(now)
    first = today - last + 1
    sure = (asked.c.day, asked.c.kind, asked.c.entry, asked.c.vote, asked.c.reason)
    unsure = (missed.c.at, missed.c.kind)
    answered = connection.execute(
        select(*sure, func.count()).where(asked.c.day >= first).group_by(*sure).order_by(*sure)
    )
    unknown = connection.execute(
        select(*unsure, func.count()).where(missed.c.at >= first * DAY).group_by(*unsure).order_by(*unsure)
    )
    counts = (
        *(Count(date_of(d), kind, entry, n, _voted(v, r)) for d, kind, entry, v, r, n in answered),
        *(Count(date_of(day_of(at)), kind, None, n) for at, kind, n in unknown),
    )
    people = connection.execute(select(days).where(days.c.day >= first))
    by_day = {date_of(day): number for day, number in people}
    by_day[date_of(today)] = max(_people(connection, today), by_day.get(date_of(today), 0))
    since = connection.execute(
        select(
            select(func.min(asked.c.day)).scalar_subquery(),
            select(func.min(missed.c.at)).scalar_subquery(),
        )
    ).one()
    known = [*([since[0]] if since[0] is not None else []), *([day_of(since[1])] if since[1] else [])]
    return Counted(counts, by_day, date_of(min(known)) if known else None)


def count_people(connection: Connection, now: int) -> None:
    """Keep how many people were answered today and yesterday, before their ids are deleted.

    Done by the purge, so that no update takes longer for it; a number once kept never falls.
    """
    for day in (day_of(now) - 1, day_of(now)):
        people = _people(connection, day)
        if not people:
            continue
        kept = connection.scalar(select(days.c.people).where(days.c.day == day))
        if kept is None:
            connection.execute(insert(days).values(day=day, people=people))
        elif kept < people:
            connection.execute(update(days).where(days.c.day == day).values(people=people))


def purge(connection: Connection, now: int) -> None:
    """Delete what is too old, and the words of questions on which nobody voted."""
    oldest = day_of(now) - tables.KEPT_ASKED // timedelta(days=1)
    connection.execute(delete(asked).where(asked.c.day <= oldest))
    connection.execute(delete(days).where(days.c.day <= oldest))
    unvoted = asked.c.vote.is_(None) & asked.c.question.is_not(None)
    old = asked.c.day <= day_of(now) - tables.KEPT_TO_VOTE // timedelta(days=1)
    connection.execute(update(asked).where(unvoted, old).values(question=None))


def _people(connection: Connection, day: int) -> int:
    """People who were answered on a day, as long as their ids are known."""
    that_day = replies.c.at.between(day * DAY, (day + 1) * DAY - 1)
    return connection.scalar(select(func.count(replies.c.person.distinct())).where(that_day)) or 0


def _voted(said: str | None, why: str | None) -> Voted | None:
    found = next((known for known in get_args(Vote) if known == said), None)
    reason = next((known for known in get_args(Reason) if known == why), None)
    return Voted(found, reason) if found else None
