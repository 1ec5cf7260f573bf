"""Trips that a free question asks for: between places, over a distance, or by what the way really costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from handlers.answers import entry_button, with_footer
from handlers.context import Thread, Turn
from handlers.journey import from_home, from_home_reply, journey_reply, read_journey
from handlers.reply import Finding, Reply
from handlers.trip_card import TOPICS, trip_reply
from knowledge import words
from knowledge.numbers import numbers
from knowledge.party import Party, party_of
from knowledge.place_journeys import Journey
from knowledge.quantity import Unit
from knowledge.reading import Reading
from knowledge.travel import MOST_PEOPLE
from knowledge.trip import MOST_DAYS, MOST_MONEY, Kind, Start, Ticket, Trip, expensive
from knowledge.trip_words import Told, told

NAMES: dict[Kind, str] = {"training": "travel", "meeting": "meeting"}
"""What a calculated reply calls itself in `ask --json`, by kind."""

EXPENSIVE = "travel-expensive"
"""The entry on ways that cost more than their band gives."""


FEW_WORDS = 1
"""Words besides a journey that leave a message about the journey, whatever they are."""


SHORT = 16
"""Words of a message that may be nothing but a trip, who travels and for how long included."""


def nothing_but_a_trip(turn: Turn, question: str, score: float) -> Reply | None:
    """The card where a message says little more than from where to where: "no Liepājas uz Klaipēdu"."""
    tokens = words.tokens(question)
    origin = any(token.form in words.listed("origin") for token in tokens)
    if not origin or len(tokens) > SHORT:  # most questions; the gazetteer is not even opened for them
        return None
    journey = read_journey(turn, question, strict=True)
    if journey is None or journey.rest > FEW_WORDS:
        return None
    return trip_between(turn, question, False, score)


def trip_between(turn: Turn, question: str, meeting: bool, score: float) -> Reply | None:
    """The card between two places that the question names; only where both are known towns.

    ``meeting`` where the topic is a meeting's even if no word says so.
    """
    journey = read_journey(turn, question, strict=True)
    if journey is None and (to_there := from_home(turn, question, strict=True)) is not None:
        return _trip(turn, question, _believable(to_there), from_home_reply, meeting, score)
    if journey is None or any(
        end.best is None for end in (journey.destination, *(o.place for o in journey.origins))
    ):
        return None
    return _trip(turn, question, _believable(journey), journey_reply, meeting, score)


def _trip(
    turn: Turn,
    question: str,
    journey: Journey,
    reply: Callable[[Turn, Journey, Told], Reply],
    meeting: bool,
    score: float,
) -> Reply:
    said = told(question, turn.services.knowledge.call.currency)
    said = replace(said, kind=said.kind or ("meeting" if meeting else None), months=False)
    return _found(turn, reply(turn, journey, said), said.kind or "training", score)


def _believable(journey: Journey) -> Journey:
    """Without head counts that nobody can have meant: "1300 k" in a question is a distance misspelt."""
    origins = (replace(o, party=None) if (o.people or 0) > MOST_PEOPLE else o for o in journey.origins)
    return replace(journey, origins=tuple(origins))


def distance_trip(
    turn: Turn, reading: Reading, kind: Kind, score: float, question: str = "", ticket: Ticket | None = None
) -> Reply | None:
    """The card for a one-way distance in km; none where a figure makes no sense.

    Who travels and what a ticket costs is what ``question`` says; without one the reading and ``ticket``.
    """
    if reading.km is None:
        return None
    days = reading.days if reading.days is not None and reading.days == int(reading.days) else Decimal(0)
    said = told(question, turn.services.knowledge.call.currency)
    trip = Trip(
        (Start(_party(reading, question)),),
        km=reading.km,
        kind=kind,
        days=int(days) if 0 < days <= MOST_DAYS else 0,
        ticket=said.paid or ticket,
    )
    try:
        reply = trip_reply(turn, trip, both=said.both, meetings=said.meetings)
    except ValueError:
        return None
    return _found(turn, replace(reply, thread=Thread(TOPICS[kind], turn.language, reading)), kind, score)


def _party(reading: Reading, question: str) -> Party:
    """Who travels by the question, else by what is known from before."""
    named = party_of(numbers(question)) if question else None
    if named is not None:
        return named
    staff, learners = reading.staff or 0, reading.learners or 0
    everybody = max(staff + learners, reading.people if reading.people is not None else 1)
    return Party(staff, learners, everybody - staff - learners)


def real_cost(turn: Turn, question: str, reading: Reading, score: float) -> Reply | None:
    """What a way of a real cost brings; without a distance, up to which band it is paid in part.

    None for a question that names no cost but the call's own rates.
    """
    call = turn.services.knowledge.call
    rates = {band.rate for band in call.travel.bands}
    found = numbers(question, call.currency)
    amount = next((Decimal(q.value) for q in found if q.unit is Unit.EUR and q.value not in rates), None)
    if amount is None or not 0 < amount <= MOST_MONEY:
        return None
    if reading.km is not None:
        each = told(question, call.currency).each
        return distance_trip(turn, reading, "training", score, question, Ticket(amount, each))
    given = next((int(q.value) for q in found if q.value in rates), None)
    weighed = expensive(call, given or 0, amount)
    reached = [band for band in call.travel.bands if band.rate < weighed.least]
    rendered = turn.services.phrases.rendered(
        "trip.real_cost",
        turn.language,
        amount=amount,
        given=given,
        weighed=weighed,
        all_reached=len(reached) == len(call.travel.bands),
        last=reached[-1] if reached == list(call.travel.bands[: len(reached)]) and reached else None,
    )
    entry = turn.services.knowledge.entries[EXPENSIVE]
    reply = Reply(
        with_footer(turn, rendered, call.id),
        ((entry_button(turn, entry, reading.sector),),),
        thread=Thread(EXPENSIVE, turn.language, reading),
    )
    return _found(turn, reply, "training", score, rendered.sources)


def _found(turn: Turn, reply: Reply, kind: Kind, score: float, sources: tuple[str, ...] = ()) -> Reply:
    call = turn.services.knowledge.call
    stated = sources or (call.travel.source if kind == "training" else call.meetings.source)
    return replace(reply, finding=Finding("answer", NAMES[kind], score, stated, (), turn.language))
