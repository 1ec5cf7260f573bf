"""Free questions that a calculator answers: distance × people, months × ceiling, days × support."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from handlers import budget
from handlers.answers import entry_button, entry_reply, with_footer
from handlers.context import Thread, Turn
from handlers.reply import Finding, Reply
from handlers.trips_asked import distance_trip, nothing_but_a_trip, real_cost, trip_between
from knowledge.deciding import Outcome
from knowledge.quantity import People
from knowledge.reading import Reading
from knowledge.render import Rendered
from knowledge.travel import MOST_PEOPLE, grant_ceiling, support_total
from knowledge.trip import Ticket
from knowledge.trip_words import kind_named

TRAVEL_TOPICS = frozenset(("travel-bands", "travel-below-10", "travel-between-bands", "travel-accompanying"))
JOURNEY_TOPICS = TRAVEL_TOPICS | {"travel-distance", "travel-expensive"}
MEETING_TOPICS = frozenset(("meeting-rates", "meetings"))
SUPPORT_TOPICS = frozenset(("individual-support", "support-accompanying", "support-after-day-14"))
TRIP_TOPICS = JOURNEY_TOPICS | MEETING_TOPICS | SUPPORT_TOPICS
EXPENSIVE_TOPICS = frozenset(("travel-expensive",))
GRANT_TOPICS = frozenset(("grant-ceiling",))
TICKETS = frozenset(("outside-travel-desk",))
"""Whoever looks for tickets between two towns asks for no travel money."""

EXCEPTIONAL_TOPICS = frozenset(("exceptional-costs",))
"""Entries whose question, once it brings figures, is better calculated than told."""

MOST_MONEY = 100_000_000
"""Sanity limit of a typed amount in EUR; the call sets none."""

MOST_MONTHS = 120
"""Sanity limit of months in a question; what is above the call's limit is told to be too long."""

NEAR = 2
"""A distance is calculated even if the topic is unsure, provided travel is among so many nearest topics."""

NEAR_REDIRECT = 4
"""The same where an unsure redirect comes first, and who travels is said."""

UNKNOWN_DAYS = "support-after-day-14"
"""The entry for days of an activity that the sources give no rate for."""


def calculated_reply(turn: Turn, question: str, reading: Reading, outcome: Outcome) -> Reply | None:
    """The calculated reply, or None where the question brings no figures that fit its topic."""
    # by score, not by place: figures that fit the topic speak against a redirect that was put before it
    best = max(outcome.candidates[:2], key=lambda candidate: candidate.score, default=None)
    if whole := budget.asked(turn, question, outcome):
        return whole
    trip = None
    if reading.km is None and (best is None or best.entry not in TICKETS):
        trip = nothing_but_a_trip(turn, question, outcome.confidence)
    if trip is not None:
        return trip
    if outcome.kind not in ("choices", "fallback") and best is not None:
        second = outcome.second.entry if outcome.second is not None else None
        if reading.km is None and (best.entry in TRIP_TOPICS or _names_travellers(reading, outcome)):
            meeting = best.entry in MEETING_TOPICS and second not in TRAVEL_TOPICS
            trip = trip_between(turn, question, meeting, outcome.confidence)
            if trip is not None:
                return trip
        if best.entry in EXPENSIVE_TOPICS and reading.amount is not None:
            return real_cost(turn, question, reading, outcome.confidence)
        if outcome.kind == "redirect" and (trip := _rather_a_trip(turn, question, reading, outcome)):
            return trip
        near = JOURNEY_TOPICS if second is not None else TRAVEL_TOPICS
        if reading.km is not None and (best.entry in near or second in TRAVEL_TOPICS):
            kind = kind_named(question) or "training"  # unsure which journey is meant: the commoner
            return distance_trip(turn, reading, kind, outcome.confidence, question)
        if reading.km is not None and best.entry in MEETING_TOPICS:
            return distance_trip(turn, reading, "meeting", outcome.confidence, question)
        return calculated_for(turn, reading, best.entry, outcome.confidence)
    if reading.km is None:
        return trip_between(turn, question, False, outcome.confidence)
    nearest = next((c for c in outcome.candidates[:NEAR] if c.entry in TRAVEL_TOPICS | MEETING_TOPICS), None)
    if nearest is None:
        return None
    kind = kind_named(question) or ("meeting" if nearest.entry in MEETING_TOPICS else "training")
    return distance_trip(turn, reading, kind, outcome.confidence, question)


def _rather_a_trip(turn: Turn, question: str, reading: Reading, outcome: Outcome) -> Reply | None:
    """A distance and somebody who travels weigh more than a strange word: "training in Tenerife"."""
    near = {candidate.entry for candidate in outcome.candidates[:NEAR_REDIRECT]}
    if outcome.second is None or reading.km is None or reading.people is None or not near & JOURNEY_TOPICS:
        return None
    return distance_trip(turn, reading, kind_named(question) or "training", outcome.confidence, question)


def _names_travellers(reading: Reading, outcome: Outcome) -> bool:
    """Whether a question that led nowhere surely, for its towns perhaps, says who travels, or how long."""
    return outcome.second is not None and any((reading.people, reading.staff, reading.learners, reading.days))


def calculated_for(turn: Turn, reading: Reading, topic: str, score: float = 1.0) -> Reply | None:
    """The calculated reply of a topic, or None where the figures for it are missing."""
    if topic in TRAVEL_TOPICS and reading.km is not None:
        return distance_trip(turn, reading, "training", score)
    if topic in MEETING_TOPICS and reading.km is not None:
        return distance_trip(turn, reading, "meeting", score)
    if topic in EXPENSIVE_TOPICS and reading.km is not None and reading.amount is not None:
        return distance_trip(turn, reading, "training", score, ticket=Ticket(reading.amount))
    if topic in SUPPORT_TOPICS and reading.km is not None and reading.days is not None:
        return distance_trip(turn, reading, "training", score)
    if topic in SUPPORT_TOPICS:
        return _support(turn, reading, score)
    if topic in GRANT_TOPICS:
        return _grant(turn, reading, score)
    if topic in EXCEPTIONAL_TOPICS and reading.amount is not None:
        return _exceptional(turn, reading, score)
    return None


def _support(turn: Turn, reading: Reading, score: float) -> Reply | None:
    """Days × rate × people; for days without a known rate the entry that says so."""
    call = turn.services.knowledge.call
    until = call.support.until_day
    if (reading.named_day or 0) > until or (reading.days or 0) > until:
        gap = turn.services.knowledge.entries[UNKNOWN_DAYS]
        sources = turn.services.renderer.entry(gap, turn.language, reading.sector).sources
        reply = entry_reply(turn, gap, reading.sector)
        return replace(reply, finding=Finding(gap.kind, gap.id, score, sources, (), turn.language))
    if reading.days is None or reading.days != int(reading.days) or reading.days < 1:
        return None
    days = int(reading.days)
    groups = _groups(reading)
    if not all(1 <= people <= MOST_PEOPLE for _, people in groups):
        return None
    lines = [
        {
            "learners": learners,
            "people": people,
            "rate": call.support.learners if learners else call.support.staff,
            "total": support_total(call, days, people, learners=learners),
        }
        for learners, people in groups
    ]
    both = reading.staff is not None and reading.learners is not None
    counted = (reading.staff or 0) + (reading.learners or 0)
    others = max(0, (reading.people or 0) - counted) if counted else 0
    total = sum(support_total(call, days, people, learners=learners) for learners, people in groups)
    rendered = turn.services.phrases.rendered(
        "calculated.support",
        turn.language,
        lines=lines,
        days=days,
        total=total if both else None,
        others=others,
    )
    return _reply(turn, rendered, score, "support", "individual-support", reading)


def _groups(reading: Reading) -> list[tuple[bool, int]]:
    """Learners or not, with their number; both kinds where the message names neither."""
    named = [(False, reading.staff), (True, reading.learners)]
    known = [(learners, people) for learners, people in named if people is not None]
    one = reading.people if reading.people is not None else 1
    kinds = (False, True) if reading.kind is None else (reading.kind is People.LEARNER,)
    return known or [(learners, one) for learners in kinds]


def _exceptional(turn: Turn, reading: Reading, score: float) -> Reply | None:
    category = turn.services.knowledge.call.category("exceptional")
    if reading.amount is None or category.percent is None or not 0 < reading.amount < MOST_MONEY:
        return None
    rendered = turn.services.phrases.rendered(
        "calculated.exceptional",
        turn.language,
        category=category,
        amount=reading.amount,
        total=reading.amount * category.percent / 100,
    )
    return _reply(turn, rendered, score, "exceptional", "exceptional-costs", reading)


def _grant(turn: Turn, reading: Reading, score: float) -> Reply | None:
    """Months × ceiling, and whether an amount is above it; without months the longest project counts."""
    call = turn.services.knowledge.call
    limits = call.duration.of(reading.sector)
    too_much = reading.amount is not None and reading.amount > call.grant.total
    asked = reading.months or (Decimal(limits.max_months) if too_much else None)
    if asked is None or asked != int(asked) or not 1 <= asked <= MOST_MONTHS:
        return None
    months = min(int(asked), limits.max_months)
    rendered = turn.services.phrases.rendered(
        "calculated.grant",
        turn.language,
        months=months,
        total=grant_ceiling(call, months),
        limits=limits,
        amount=reading.amount,
        too_short=months < limits.min_months,
        too_long=int(asked) if asked > limits.max_months else None,
    )
    reply = _reply(turn, rendered, score, "grant", "grant-ceiling", reading)
    return replace(reply, buttons=(*reply.buttons, (budget.button(turn, months),)))


def _reply(turn: Turn, rendered: Rendered, score: float, name: str, entry_id: str, reading: Reading) -> Reply:
    entry = turn.services.knowledge.entries[entry_id]
    return Reply(
        with_footer(turn, rendered, about=turn.services.knowledge.call.id),
        ((entry_button(turn, entry, reading.sector),),),
        thread=Thread(entry_id, turn.language, reading),
        finding=Finding("answer", name, score, rendered.sources, (), turn.language),
    )
