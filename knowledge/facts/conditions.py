"""What a project must keep to: consortium, duration, dates, priorities."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from knowledge.model import Fact, Sector, Sourced, Text


class Consortium(Sourced):
    """Least number of organisations and of programme countries."""

    partners: int
    countries: int


class Applications(Sourced):
    """How many applications one consortium may send, and to how many agencies."""

    per_deadline: int
    agencies: int


class Months(Fact):
    """Shortest and longest duration in months, both allowed."""

    min_months: int
    max_months: int


class Duration(Months, Sourced):
    """Duration of a project in months, with the sectors that differ."""

    by_sector: dict[Sector, Months] = Field(default_factory=dict)

    def of(self, sector: Sector | None) -> Months:
        """Limits for a sector; the general ones where it has none of its own."""
        return self.by_sector.get(sector, self) if sector else self


class Window(Sourced):
    """First and last day on which a project may start (ISO dates)."""

    first: str
    last: str


class PriorityRule(Sourced):
    """How many priorities a project must address at least."""

    at_least: int


class Round(Sourced):
    """One deadline, local time of the call's zone, "YYYY-MM-DD HH:MM".

    `revision` is raised by one whenever `at` is changed, so that calendars that hold the date move it.
    """

    id: str
    at: str
    revision: int = Field(0, ge=0)


Before = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}[dh]$")]
"""A span before a deadline: "7d" is seven days, "3h" three hours."""


class Deadlines(Fact):
    """All deadlines in order; the last decides whether the call is open.

    `zone_time` and `local_time` name the two clocks behind an hour ("pēc Briseles laika", "Brussels time"),
    `local_place` says where the second one hangs ("Rīgā", "in Riga"). `remind_before` says when the bot
    offers to remind of the one that decides.
    """

    zone: str
    zone_time: Text
    local_zone: str
    local_time: Text
    local_place: Text
    closing_soon_days: int
    remind_before: tuple[Before, ...] = ()
    rounds: tuple[Round, ...]

    def local(self, position: int) -> str:
        """The moment of a round by the local clock, as "YYYY-MM-DD HH:MM"."""
        at = datetime.fromisoformat(self.rounds[position].at).replace(tzinfo=ZoneInfo(self.zone))
        return at.astimezone(ZoneInfo(self.local_zone)).strftime("%Y-%m-%d %H:%M")


class Consultation(Sourced):
    """The consultation day; the sources name the month only ("YYYY-MM")."""

    month: str


class Priority(Text):
    """A priority; `ours` marks an English name that is our translation."""

    id: str
    ours: bool = False


class AddedPriority(Priority, Sourced):
    """A priority added after the presentation."""


class Priorities(Sourced):
    """Priorities of one kind, in the order of the source."""

    items: tuple[Priority, ...]
    added: tuple[AddedPriority, ...] = ()
