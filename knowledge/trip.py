"""What a trip brings: travel and stay of a training activity, or the one sum of a project meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from knowledge.call import Call
from knowledge.party import Party
from knowledge.place import Place, distance_km
from knowledge.travel import (
    MOST_PEOPLE,
    BelowBands,
    BetweenBands,
    TravelOutcome,
    TravelSum,
    support_total,
    travel,
)

Kind = Literal["training", "meeting"]
"""Learning, teaching and training activity, or transnational project meeting."""

MOST_DAYS = 366
"""Sanity limit of an activity's days; the call sets none here."""

MOST_MONEY = 10_000_000
"""Sanity limit of a ticket in the call's currency."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the way really costs, in the call's currency: for each person, or for all together."""

    amount: Decimal
    each: bool = True

    def for_all(self, people: int) -> Decimal:
        """The real cost of everybody's way."""
        return self.amount * people if self.each else self.amount


@dataclass(frozen=True, slots=True)
class Start:
    """A group and where it sets out; no place where only the distance is known."""

    party: Party
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """Everybody's way to one event; either every place is known, or the distance ``km`` one way.

    ``days`` is 0 where the stay is not asked for; a meeting's sum covers it whatever its length. ``ticket``
    is for a single group only. ``selected`` is the group whose people the buttons change.
    """

    starts: tuple[Start, ...]
    destination: Place | None = None
    km: Decimal | None = None
    kind: Kind = "training"
    days: int = 0
    ticket: Ticket | None = None
    selected: int = 0

    @property
    def people(self) -> int:
        """Everybody, from everywhere."""
        return sum(start.party.people for start in self.starts)

    def with_party(self, at: int, party: Party) -> Trip:
        """The trip with another group at one of the starts."""
        changed = (*self.starts[:at], replace(self.starts[at], party=party), *self.starts[at + 1 :])
        return replace(self, starts=changed)

    def distance(self, start: Start) -> Decimal:
        """Kilometres one way from a start."""
        if self.km is not None:
            return self.km
        if start.origin is None or self.destination is None:
            raise ValueError("neither a distance nor two places")
        return distance_km(start.origin, self.destination)


@dataclass(frozen=True, slots=True)
class Stay:
    """Individual support of some people for the days with a known rate."""

    learners: bool
    rate: int
    days: int
    people: int
    total: int


@dataclass(frozen=True, slots=True)
class Expensive:
    """A way by its real cost: ``paid`` instead of the band's sum, none where that covers enough.

    ``least`` is the share of the real cost that the band's sum must not reach.
    """

    real: Decimal
    least: Decimal
    paid: Decimal | None


@dataclass(frozen=True, slots=True)
class Part:
    """One group's money; ``way`` is none for a distance of 0."""

    start: Start
    km: Decimal
    way: TravelOutcome | None
    stays: tuple[Stay, ...] = ()
    either: tuple[Stay, Stay] | None = None
    expensive: Expensive | None = None

    @property
    def sum(self) -> TravelSum | None:
        """The band's sum; between two bands that of the lower, which is safe."""
        return self.way.lower if isinstance(self.way, BetweenBands) else _sum(self.way)

    @property
    def travel(self) -> Decimal:
        """Money for the way."""
        if self.expensive is not None and self.expensive.paid is not None:
            return self.expensive.paid
        return Decimal(self.sum.total if self.sum else 0)

    @property
    def total(self) -> Decimal:
        """Money for the way and for the stays whose rate is certain."""
        return self.travel + sum(stay.total for stay in self.stays)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the trip brings; ``unknown_days`` follow the last day with a known rate.

    ``either`` tells the stay of those who may be staff or learners, by each of the two rates; ``total``
    leaves it out.
    """

    parts: tuple[Part, ...]
    known_days: int
    unknown_days: int

    @property
    def total(self) -> Decimal:
        """All that is certain."""
        return sum((part.total for part in self.parts), Decimal(0))

    @property
    def either(self) -> tuple[int, int] | None:
        """The undecided stays of all parts by the staff's rate and by the learners'."""
        pairs = [part.either for part in self.parts if part.either]
        if not pairs:
            return None
        return sum(staff.total for staff, _ in pairs), sum(learners.total for _, learners in pairs)

    @property
    def undecided(self) -> bool:
        """Whether the total waits for a word on who travels; of accompanying persons none would settle it."""
        with_others = [part.start.party for part in self.parts if part.either]
        return bool(with_others) and all(party.people == party.others for party in with_others)


def cost(call: Call, trip: Trip) -> Cost:
    """The money of a trip by the call's bands and rates.

    Raises ValueError for head counts outside 1–``MOST_PEOPLE``, days outside 0–``MOST_DAYS``, a ticket
    outside 0–``MOST_MONEY`` and distances that no two places have.
    """
    if not trip.starts or not 0 <= trip.days <= MOST_DAYS:
        raise ValueError(f"{len(trip.starts)} starts, {trip.days} days")
    if trip.ticket is not None and not 0 < trip.ticket.amount <= MOST_MONEY:
        raise ValueError(f"a ticket of {trip.ticket.amount}")
    known = min(trip.days, call.support.until_day) if trip.kind == "training" else 0
    unknown = trip.days - known if trip.kind == "training" else 0
    return Cost(tuple(_part(call, trip, start, known) for start in trip.starts), known, unknown)


def _part(call: Call, trip: Trip, start: Start, days: int) -> Part:
    km, people = trip.distance(start), start.party.people
    if not 1 <= people <= MOST_PEOPLE:
        raise ValueError(f"{people} people")
    # A typed distance of nothing is a mistake; two names of one place are an answer.
    if km == 0 and trip.km is None:
        return Part(start, km, None)
    bands = call.travel.bands if trip.kind == "training" else call.meetings.bands
    way = travel(bands, km, people)
    if isinstance(way, BelowBands) or trip.kind == "meeting":
        return Part(start, km, way)
    party = start.party
    part = Part(
        start,
        km,
        way,
        stays=tuple(
            _stay(call, days, count, learners=learners)
            for learners, count in ((True, party.learners), (False, party.staff))
            if days and count
        ),
        either=(
            _stay(call, days, party.others, learners=False),
            _stay(call, days, party.others, learners=True),
        )
        if days and party.others
        else None,
    )
    if trip.ticket is None or part.sum is None:
        return part
    return replace(part, expensive=expensive(call, part.sum.total, trip.ticket.for_all(people)))


def expensive(call: Call, band_sum: int, real: Decimal) -> Expensive:
    """What a way of this real cost brings where the band gives ``band_sum``; both for the same people.

    The share is paid instead of the band's sum, and only where that covers less than the call's threshold
    (presentation, slide 20; Slovak agency). Cents are rounded half up.
    """
    least = real * call.travel.expensive_when.below_percent / 100
    share = (real * call.travel.expensive.percent / 100).quantize(_CENT, ROUND_HALF_UP)
    return Expensive(real, least, share if band_sum < least else None)


def _stay(call: Call, days: int, people: int, *, learners: bool) -> Stay:
    rate = call.support.learners if learners else call.support.staff
    return Stay(learners, rate, days, people, support_total(call, days, people, learners=learners))


def _sum(way: TravelOutcome | None) -> TravelSum | None:
    return way if isinstance(way, TravelSum) else None
