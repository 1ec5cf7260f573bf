"""Moments and spans as phrases take them."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.context import Turn
from knowledge.call import Call
from knowledge.deadlines import Deadline


class Left:
    """A span in whole days, hours and minutes, whichever tell."""

    def __init__(self, days: int, hours: int, minutes: int) -> None:
        self.days, self.hours, self.minutes = days, hours, minutes

    @classmethod
    def of(cls, span: timedelta) -> Left:
        """The size of a span, forwards or backwards."""
        seconds = int(abs(span).total_seconds())
        return cls(seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60)


def wall_clock(moment: datetime) -> str:
    """Date and time as a clock on the wall of the moment's zone shows them."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")


def by_which_clock(turn: Turn, call: Call, deadline: Deadline) -> str:
    """What stands behind a deadline's hour: "Brussels time (13:00 in Riga)"."""
    at, local = wall_clock(deadline.at), wall_clock(deadline.local)
    return turn.label("deadline.zone", call=call, at=at, local=local)
