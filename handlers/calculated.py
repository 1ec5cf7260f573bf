"""Free questions that a calculator answers: distance × people, months × ceiling, days × support."""

from __future__ import annotations

from dataclasses import replace

from handlers.answers import entry_button, with_footer
from handlers.context import Thread, Turn
from handlers.reply import Finding, Reply
from handlers.travel import travel_reply
from knowledge.reading import Reading
from knowledge.render import Rendered
from knowledge.search import Outcome
from knowledge.travel import MOST_PEOPLE, grant_ceiling, support_total

TRAVEL_TOPICS = frozenset(("travel-bands", "travel-below-10", "travel-between-bands", "travel-accompanying"))
SUPPORT_TOPICS = frozenset(("individual-support", "support-accompanying"))
GRANT_TOPICS = frozenset(("grant-ceiling",))
"""Entries whose question, once it brings figures, is better calculated than told."""


def calculated_reply(turn: Turn, reading: Reading, outcome: Outcome) -> Reply | None:
    """The calculated reply, or None where the question brings no figures that fit its topic."""
    best = outcome.candidates[0] if outcome.candidates else None
    if outcome.kind not in ("choices", "fallback") and best is not None:
        return calculated_for(turn, reading, best.entry, best.score)
    return _travel(turn, reading, best.score if best else 0.0) if reading.km is not None else None


def calculated_for(turn: Turn, reading: Reading, topic: str, score: float = 1.0) -> Reply | None:
    """The calculated reply of a topic, or None where the figures for it are missing."""
    if topic in TRAVEL_TOPICS and reading.km is not None:
        return _travel(turn, reading, score)
    if topic in SUPPORT_TOPICS and reading.days is not None:
        return _support(turn, reading, score)
    if topic in GRANT_TOPICS and reading.months is not None:
        return _grant(turn, reading, score)
    return None


def _travel(turn: Turn, reading: Reading, score: float) -> Reply | None:
    if reading.km is None:
        return None
    reply = travel_reply(turn, reading.km, reading.people or 1)
    return replace(
        reply,
        thread=Thread("travel-bands", turn.language, reading),
        finding=Finding("answer", "travel", score, turn.services.knowledge.call.travel.source),
    )


def _support(turn: Turn, reading: Reading, score: float) -> Reply | None:
    call, people = turn.services.knowledge.call, reading.people or 1
    if reading.days is None or reading.days != int(reading.days) or not 1 <= people <= MOST_PEOPLE:
        return None
    days = int(reading.days)
    if not 1 <= days <= call.support.until_day:
        return None
    kinds = (False, True) if reading.learners is None else (reading.learners,)
    lines = [
        {
            "learners": learners,
            "rate": call.support.learners if learners else call.support.staff,
            "total": support_total(call, days, people, learners=learners),
        }
        for learners in kinds
    ]
    rendered = turn.services.phrases.rendered(
        "calculated.support", turn.language, lines=lines, days=days, people=people
    )
    return _reply(turn, rendered, score, "support", "individual-support", reading)


def _grant(turn: Turn, reading: Reading, score: float) -> Reply | None:
    call = turn.services.knowledge.call
    if reading.months is None or reading.months != int(reading.months):
        return None
    months = int(reading.months)
    limits = call.duration.of(reading.sector)
    if not 1 <= months <= limits.max_months:
        return None
    rendered = turn.services.phrases.rendered(
        "calculated.grant",
        turn.language,
        months=months,
        total=grant_ceiling(call, months),
        limits=limits,
        too_short=months < limits.min_months,
    )
    return _reply(turn, rendered, score, "grant", "grant-ceiling", reading)


def _reply(turn: Turn, rendered: Rendered, score: float, name: str, entry_id: str, reading: Reading) -> Reply:
    entry = turn.services.knowledge.entries[entry_id]
    return Reply(
        with_footer(turn, rendered, about=turn.services.knowledge.call.id),
        ((entry_button(turn, entry, reading.sector),),),
        thread=Thread(entry_id, turn.language, reading),
        finding=Finding("answer", name, score, rendered.sources),
    )
