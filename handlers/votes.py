"""👍 and 👎 under the answer to a free question, and after 👎 what was wrong with it.

A button carries a number drawn by lot. The store keeps under it the scrubbed question, the entry and the day,
and nothing of the person: whoever reads the store sees what was voted down, and nobody who did it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from handlers.buttons import Button, Press, pack
from handlers.context import Turn
from handlers.counts import Asked, AskedKind, Reason, Voted
from handlers.other import stale
from handlers.reply import Finding, Reply, Rows
from knowledge.model import Language

KIND = "v"

KINDS: Final[Mapping[str, AskedKind]] = {"answer": "answer", "gap": "gap", "redirect": "redirect"}
"""Outcomes that may be voted on: a list of topics, or "I do not know", is no answer."""

SMALL_TALK = frozenset(("small-talk-hello", "small-talk-thanks", "small-talk-bot"))
"""Entries that only return a greeting: to vote on "you are welcome" would be odd."""

UP, DOWN = "u", "d"

REASONS: tuple[tuple[Reason, Reason], ...] = (("wrong", "incomplete"), ("outdated", "unclear"))
"""Two in a row, so that a phone shows each in full."""

DIGITS = 16
"""Hexadecimal digits of the longest ticket."""


def votable(turn: Turn, reply: Reply) -> Reply:
    """The reply to a free question with buttons to vote, where it is an answer."""
    found = reply.finding
    if found is None or found.kind not in KINDS or found.entry is None or found.entry in SMALL_TALK:
        return reply
    asked = _asked(turn, reply, found, found.entry)
    return replace(reply, buttons=(*reply.buttons, _votes(turn, asked)), asked=asked)


def _asked(turn: Turn, reply: Reply, found: Finding, entry: str) -> Asked:
    """What is voted on; of a calculated answer, whose name is no entry's, the entry it belongs to."""
    kind, known = KINDS[found.kind], entry in turn.services.knowledge.entries
    if not known:
        kind, entry = "calculated", reply.thread.entry if reply.thread else entry
    return Asked(secrets.randbits(63), entry, kind, found.language)


async def pressed(turn: Turn, press: Press) -> Reply:
    """Keeps the vote; asks after 👎 what was wrong, else thanks. Only the vote buttons change."""
    written, said = (*press.fields, "", "")[:2]
    ticket = _ticket(written)
    reason = next((known for row in REASONS for known in row if known == said), None)
    if ticket is None or (said not in (UP, DOWN) and reason is None):
        return await stale(turn)
    voted = await turn.services.store.keep_vote(ticket, "up" if said == UP else "down", reason)
    if voted is None:
        return Reply("", toast=turn.label("vote.not_kept"))
    if voted == Voted("down"):
        rows = _reasons(turn.language, ticket, turn)
        return Reply("", rows, swaps=KIND, toast=turn.label("vote.why"))
    return Reply("", swaps=KIND, toast=turn.label("vote.thanks"))


def _votes(turn: Turn, asked: Asked) -> tuple[Button, ...]:
    spoken = turn.speaking(asked.language)
    return tuple(
        Button(spoken.label(f"vote.{name}"), pack(KIND, asked.language, f"{asked.ticket:x}", said))
        for name, said in (("up", UP), ("down", DOWN))
    )


def _reasons(language: Language, ticket: int, turn: Turn) -> Rows:
    return tuple(
        tuple(Button(turn.label(f"vote.{each}"), pack(KIND, language, f"{ticket:x}", each)) for each in row)
        for row in REASONS
    )


def _ticket(written: str) -> int | None:
    """The number in a button; None for what nobody here has written."""
    if not 0 < len(written) <= DIGITS or not all(digit in "0123456789abcdef" for digit in written):
        return None
    number = int(written, 16)
    return number if number < 2**63 else None
