"""/deadline: every deadline by the call's clock and ours, and how long is left or since when it is closed."""

from __future__ import annotations

from handlers import reminders
from handlers.answers import with_footer
from handlers.buttons import Button, pack
from handlers.context import Thread, Turn
from handlers.moments import Left, by_which_clock, wall_clock
from handlers.reply import Reply, Rows
from knowledge.deadlines import deadlines, status

TOPIC = "deadline"
"""The entry that a short message after the card continues."""


async def command(turn: Turn, args: str) -> Reply:
    """The deadlines with both local times, then the time left or the day it closed.

    Of an open call, also the dates for a calendar and reminders.
    """
    call = turn.services.knowledge.call
    now = status(call, turn.now)
    rendered = turn.services.phrases.rendered(
        "deadline.card",
        turn.language,
        rounds=[
            {"id": each.id, "at": wall_clock(each.at), "zone": by_which_clock(turn, call, each)}
            for each in deadlines(call)
        ],
        facts=call.deadlines.rounds,
        state=now.state,
        last=wall_clock(now.last.at),
        last_id=now.last.id,
        left=Left.of(now.left),
    )
    return Reply(
        with_footer(turn, rendered, about=None),
        (*await reminders.offers(turn), *_buttons(turn)),
        thread=Thread(TOPIC, turn.language),
    )


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
