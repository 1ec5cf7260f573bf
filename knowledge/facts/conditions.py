"""What a project must keep to: consortium, duration, dates, priorities."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from knowledge.model import Fact, Sector, Sourced, Text
from knowledge.values import Amiss, Count, Day, Moment, Month, Zone, in_order


class Consortium(Sourced):
    """Least number of organisations and of programme countries."""

    partners: Count
    countries: Count


class Applications(Sourced):
    """How many applications one consortium may send, and to how many agencies."""

    per_deadline: Count
    agencies: Count


class Months(Fact):
    """Shortest and longest duration in months, both allowed."""

    min_months: Count
    max_months: Count

    @model_validator(mode="after")
    def _in_order(self) -> Months:
        in_order(self.min_months, self.max_months, "max_months")
        return self


class Duration(Months, Sourced):
    """Duration of a project in months, with the sectors that differ."""

    by_sector: dict[Sector, Months] = Field(default_factory=dict)

    def of(self, sector: Sector | None) -> Months:
        """Limits for a sector; the general ones where it has none of its own."""
        return self.by_sector.get(sector, self) if sector else self


class Window(Sourced):
    """First and last day on which a project may start (ISO dates)."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        in_order(self.first, self.last, "last")
        return self


class PriorityRule(Sourced):
    """How many priorities a project must address at least."""

    at_least: Count


class Round(Sourced):
    """One deadline, local time of the call's zone.

    `revision` is raised by one whenever `at` is changed, so that calendars that hold the date move it.
    """

    id: str
    at: Moment
    revision: int = Field(0, ge=0)


Before = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}[dh]$")]
"""A span before a deadline: "7d" is seven days, "3h" three hours."""


class Deadlines(Fact):
    """All deadlines in order; the last decides whether the call is open.

    `zone_time` and `local_time` name the two clocks behind an hour ("pēc Briseles laika", "Brussels time"),
    `local_place` says where the second one hangs ("Rīgā", "in Riga"). `remind_before` says when the bot
    offers to remind of the one that decides.
    """

    zone: Zone
    zone_time: Text
    local_zone: Zone
    local_time: Text
    local_place: Text
    closing_soon_days: Count
    remind_before: tuple[Before, ...] = ()
    rounds: tuple[Round, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_is_later(self) -> Deadlines:
        for number, (before, after) in enumerate(pairwise(self.rounds), 1):
            if after.at <= before.at:
                raise Amiss(f'must be after "{before.at}", the round above it', "rounds", number, "at")
        return self

    def local(self, position: int) -> str:
        """The moment of a round by the local clock, as "YYYY-MM-DD HH:MM"."""
        at = datetime.fromisoformat(self.rounds[position].at).replace(tzinfo=ZoneInfo(self.zone))
        return at.astimezone(ZoneInfo(self.local_zone)).strftime("%Y-%m-%d %H:%M")


class Consultation(Sourced):
    """The consultation day; the sources name the month only."""

    month: Month


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
