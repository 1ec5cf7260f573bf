"""Travel money of learning, teaching and training activities: distance → band → sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.call import Call
from knowledge.facts.money import Band

FARTHEST_KM = 20_040
"""Half of the Earth's greatest circumference, rounded up: no two places are farther apart."""

MOST_PEOPLE = 999
"""Sanity limit of a head count; the call sets none."""


@dataclass(frozen=True, slots=True)
class TravelSum:
    """A distance within a band: `rate` EUR per participant there and back, `total` for all."""

    km: Decimal
    band: Band
    people: int

    @property
    def total(self) -> int:
        """The sum for all participants."""
        return self.band.rate * self.people


@dataclass(frozen=True, slots=True)
class BetweenBands:
    """A fraction of a kilometre between two bands: the call does not settle it, the lower one is safe."""

    km: Decimal
    lower: TravelSum
    upper: TravelSum


@dataclass(frozen=True, slots=True)
class BelowBands:
    """A distance shorter than the first band: the table gives no sum."""

    km: Decimal
    first: Band


TravelOutcome = TravelSum | BetweenBands | BelowBands


def travel(bands: tuple[Band, ...], km: Decimal, people: int) -> TravelOutcome:
    """The sum for a one-way distance in km and a number of people (presentation, slide 23).

    Band edges are inclusive as printed. Raises ValueError for distances outside 0–`FARTHEST_KM` and head
    counts outside 1–`MOST_PEOPLE`.
    """
    if not 0 < km <= FARTHEST_KM:
        raise ValueError(f"{km} km")
    if not 1 <= people <= MOST_PEOPLE:
        raise ValueError(f"{people} people")
    if km < bands[0].from_km:
        return BelowBands(km, bands[0])
    reached = max(index for index, band in enumerate(bands) if band.from_km <= km)
    here = TravelSum(km, bands[reached], people)
    if here.band.to_km is not None and km > here.band.to_km:
        return BetweenBands(km, here, TravelSum(km, bands[reached + 1], people))
    return here


def support_total(call: Call, days: int, people: int, *, learners: bool) -> int:
    """Individual support in EUR for the days that the sources give a rate for (presentation, slide 24).

    Raises ValueError below one day or person, and above the last day with a known rate.
    """
    if not 1 <= days <= call.support.until_day or not 1 <= people <= MOST_PEOPLE:
        raise ValueError(f"{days} days, {people} people")
    return (call.support.learners if learners else call.support.staff) * days * people


def grant_ceiling(call: Call, months: int) -> int:
    """The highest grant in EUR for a project of so many months (presentation, slide 2)."""
    return min(call.grant.per_month * months, call.grant.total)
