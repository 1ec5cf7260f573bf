"""/deadline: every deadline in Brussels and Riga time, and how long is left or since when it is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.answers import with_footer
from handlers.buttons import Button, pack
from handlers.context import Thread, Turn
from handlers.reply import Reply, Rows
from knowledge.deadlines import deadlines, status

TOPIC = "deadline"
"""The entry that a short message after the card continues."""


async def command(turn: Turn, args: str) -> Reply:
    """The deadlines of the call and its state at this moment."""
    return deadline_reply(turn)


def deadline_reply(turn: Turn) -> Reply:
    """The deadlines with both local times, then the time left or the day it closed."""
    call = turn.services.knowledge.call
    now = status(call, turn.now)
    rendered = turn.services.phrases.rendered(
        "deadline.card",
        turn.language,
        rounds=[
            {"id": each.id, "at": _local(each.at), "local": _local(each.local)} for each in deadlines(call)
        ],
        facts=call.deadlines.rounds,
        state=now.state,
        last=_local(now.last.at),
        last_id=now.last.id,
        left=Left.of(now.left),
    )
    return Reply(with_footer(turn, rendered, about=None), _buttons(turn), thread=Thread(TOPIC, turn.language))


class Left:
    """A span in whole days, hours and minutes, whichever tell."""

    def __init__(self, days: int, hours: int, minutes: int) -> None:
        self.days, self.hours, self.minutes = days, hours, minutes

    @classmethod
    def of(cls, span: timedelta) -> Left:
        """The size of a span, forwards or backwards."""
        seconds = int(abs(span).total_seconds())
        return cls(seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60)


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")


def _buttons(turn: Turn) -> Rows:
    related = (
        ("deadline.hour", "deadline-hour"),
        ("deadline.start", "start-dates"),
        ("deadline.where", "where-to-submit"),
    )
    return (
        *((Button(turn.label(key), pack("e", turn.language, entry, "")),) for key, entry in related),
        (Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose")),),
    )
