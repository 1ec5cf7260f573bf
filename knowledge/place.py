"""A place, what a typed name may mean, and the distance of two places."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.place_forms import key

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG, R1 of GRS 80), the usual sphere for great circles."""

_SAME_COUNTRY = 0.5
_TIE = 0.3  # less than twice the inhabitants
_ONE_TOWN_KM = 15  # names this close to each other are one town and its part
_PLAUSIBLE = 1.5  # a thirtieth of the inhabitants; smaller namesakes are not offered
MOST_OTHERS = 3
"""Other places of a name that are offered."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town: its name in GeoNames, ISO country, degrees north and east, inhabitants (two digits are exact).

    ``key`` is short (GeoNames id, at most 6 characters), survives a new gazetteer, goes into callback data.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed name means: the dominant town, and others of the name.

    ``tie``: the best is no better than the first of the others, so ask. ``guessed``: a typo was repaired.
    ``country``: the name is a country's, and ``others`` are its largest towns.
    """

    best: Place | None
    others: tuple[Place, ...]
    typed: str
    tie: bool = False
    guessed: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A town that a name may mean, and the name that matched.

    ``main``: it is the town's name in GeoNames or in Latvian, not one of the alternates. ``score`` is the
    logarithm of the inhabitants with gains and losses.
    """

    place: Place
    name: str
    score: float
    main: bool

    def spells(self, word: str) -> bool:
        """Whether a key is the matching name, uninflected."""
        return self.main and key(self.name) == word

    def moved(self, gain: float) -> Match:
        """The same with another score."""
        return replace(self, score=self.score + gain)


def best_first(matches: Iterable[Match]) -> list[Match]:
    """Each town once, with its best score."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: (-match.score, match.place.key)):
        best.setdefault(match.place.key, match)
    return list(best.values())


def found(typed: str, matches: list[Match], near: Place | None, guessed: bool) -> Found:
    """The dominant town of the matches, and what else the name may mean."""
    if near:
        matches = best_first([m.moved(_SAME_COUNTRY * (m.place.country == near.country)) for m in matches])
    if not matches:
        return Found(None, (), typed)
    best = matches[0]
    others = [
        m
        for m in matches[1:]
        if m.score > best.score - _PLAUSIBLE and distance_km(best.place, m.place) > _ONE_TOWN_KM
    ][:MOST_OTHERS]
    tie = bool(others) and others[0].score > best.score - _TIE
    return Found(best.place, tuple(m.place for m in others), typed, tie, guessed)


def distance_km(a: Place, b: Place) -> Decimal:
    """Straight-line distance in km with one decimal: the great circle on a sphere of ``EARTH_RADIUS_KM``.

    The mean radius is least wrong over all directions. Against the WGS 84 ellipsoid the sphere differs by
    0.56 % at most (due north near the equator), in Europe by 0.4 % at most and 0.2 % in the middle (6,000
    pairs of cities). Coordinates are of town centres, to 0.1 km. A sum near a band's edge is for the official
    calculator to decide. The same place twice is 0.
    """
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(b.longitude - a.longitude)
    # Precise for neighbours, where the cosine law is not; rounding may push antipodes past 1.
    half = math.sin((north_b - north_a) / 2) ** 2
    half += math.cos(north_a) * math.cos(north_b) * math.sin(east / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
    return Decimal(km).quantize(Decimal("0.1"))
