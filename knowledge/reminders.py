"""When to remind of a deadline: the spans that a call offers before the deadline that decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.call import Call
from knowledge.deadlines import Deadline, deciding

_BEFORE = re.compile(r"([1-9]\d{0,2})([dh])")


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder: `due` in the call's zone, `local` where most applicants live.

    `until` is when it is too late for it: half-way to the next one offered, for the last one the deadline.
    """

    before: str
    """The span as the call writes it: "30d", "3h"."""
    days: int
    hours: int
    due: datetime
    local: datetime
    until: datetime


def offered(call: Call) -> tuple[Planned, ...]:
    """All reminders of a call, the earliest first."""
    deadline = deciding(call)
    spans = sorted(call.deadlines.remind_before, key=lambda before: _moment(deadline, before).astimezone(UTC))
    return tuple(planned(call, before) for before in spans)


def planned(call: Call, before: str) -> Planned:
    """One reminder, also by a span that the call no longer offers.

    Days go by the calendar, so that a reminder comes at the deadline's hour on both sides of a change to
    summer time; hours are hours. Raises ValueError for what is no span.
    """
    deadline = deciding(call)
    days, hours = _read(before)
    due = _moment(deadline, before)
    later = [_moment(deadline, other).astimezone(UTC) for other in call.deadlines.remind_before]
    following = min((other for other in later if other > due.astimezone(UTC)), default=None)
    until = due.astimezone(UTC) + (following - due.astimezone(UTC)) / 2 if following else deadline.at
    return Planned(before, days, hours, due, due.astimezone(ZoneInfo(call.deadlines.local_zone)), until)


def _moment(deadline: Deadline, before: str) -> datetime:
    days, hours = _read(before)
    # within one zone Python subtracts wall clocks, which is right for days and wrong for hours
    by_calendar = deadline.at - timedelta(days=days)
    return (by_calendar.astimezone(UTC) - timedelta(hours=hours)).astimezone(deadline.at.tzinfo)


def _read(before: str) -> tuple[int, int]:
    """Days and hours, one of them zero."""
    found = _BEFORE.fullmatch(before)
    if not found:
        raise ValueError(f"{before!r} is no span; write days as 7d, hours as 3h")
    number = int(found[1])
    return (number, 0) if found[2] == "d" else (0, number)
