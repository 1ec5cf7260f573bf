"""Deadlines of a call: moments with zones, and whether the call is open at a given moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from knowledge.call import Call
from knowledge.facts.conditions import Round

CallState = Literal["open", "closing", "closed"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as a moment: `at` in the call's zone, `local` where most applicants live."""

    id: str
    at: datetime
    local: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """The call at a moment: its state, the deadline that decides, and the time left (negative: since)."""

    state: CallState
    last: Deadline
    left: timedelta


def deadlines(call: Call) -> tuple[Deadline, ...]:
    """All deadlines of the call in the order they stand."""
    return tuple(_moment(call, each) for each in call.deadlines.rounds)


def deciding(call: Call) -> Deadline:
    """The deadline that counts: the last."""
    return max(deadlines(call), key=lambda deadline: deadline.at)


def status(call: Call, now: datetime) -> Status:
    """Whether the call is open at `now`, a moment with a zone.

    The last deadline decides, and its very minute is too late.
    """
    last = deciding(call)
    left = last.at.astimezone(UTC) - now.astimezone(UTC)  # within one zone Python subtracts wall clocks
    if left <= timedelta(0):
        return Status("closed", last, left)
    soon = left <= timedelta(days=call.deadlines.closing_soon_days)
    return Status("closing" if soon else "open", last, left)


def _moment(call: Call, each: Round) -> Deadline:
    at = datetime.fromisoformat(each.at).replace(tzinfo=ZoneInfo(call.deadlines.zone))
    return Deadline(each.id, at, at.astimezone(ZoneInfo(call.deadlines.local_zone)))
