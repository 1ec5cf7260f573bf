"""What is paid: ceilings, money available, bands, support, budget categories."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from knowledge.facts.people import ProjectType
from knowledge.model import Fact, Sector, Sourced, Text


class SourcedAmount(Sourced):
    """An amount with a source of its own."""

    amount: int


class Grant(Sourced):
    """Ceiling of the grant per month of project and in total, in the call's currency."""

    per_month: int
    total: int


class Available(Sourced):
    """Money planned for strategic partnerships in the country, by sector."""

    school: int
    he: int
    vet: int
    adult: int
    total: SourcedAmount

    def of(self, sector: Sector) -> int:
        """Money planned for one sector."""
        return {"school": self.school, "he": self.he, "vet": self.vet, "adult": self.adult}[sector]


class Split(Sourced):
    """Percentages of the sector's money by project type."""

    he: dict[str, int]
    school: dict[str, int]
    vet: dict[str, int]
    adult: dict[str, int]


class Band(Fact):
    """A distance band in km one way, both edges inclusive, and its rate per participant."""

    from_km: int
    to_km: int | None = None
    rate: int


class Calculator(Sourced):
    """The official distance calculator."""

    url: str


class Percent(Sourced):
    """A share of real costs that is paid."""

    percent: int


class BelowPercent(Sourced):
    """The share of real costs below which a unit cost counts as insufficient."""

    below_percent: int


class Travel(Sourced):
    """Travel bands of learning, teaching and training activities."""

    bands: tuple[Band, ...]
    calculator: Calculator
    expensive: Percent
    expensive_when: BelowPercent

    @model_validator(mode="after")
    def _bands_ascend(self) -> Travel:
        _check_bands(self.bands)
        return self


class TravelDays(Sourced):
    """Days of travel that individual support may cover besides the activity."""

    at_most: int


class Support(Sourced):
    """Individual support per participant and day, known up to one day of the activity."""

    staff: int
    learners: int
    until_day: int
    travel_days: TravelDays


class Management(Sourced):
    """Management and implementation, a month: coordinator, each partner, cap."""

    coordinator: int
    partner: int
    cap: int
    cap_organisations: int


class Meetings(Sourced):
    """Bands of project meetings: travel and stay in one sum per participant."""

    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _bands_ascend(self) -> Meetings:
        _check_bands(self.bands)
        return self


class BudgetCategory(Sourced):
    """A budget category: what it covers, unit or real cost, and in which project types."""

    id: str
    name: Text
    short: Text | None = None
    """The name where there is little room, as on a button or a sheet's tab: 22 characters at most."""
    covers: Text
    funding: Literal["unit", "real"]
    percent: int | None = None
    project_types: tuple[ProjectType, ...]


def _check_bands(bands: tuple[Band, ...]) -> None:
    for lower, upper in pairwise(bands):
        if lower.to_km is None or upper.from_km <= lower.to_km:
            raise ValueError(f"band from {upper.from_km} km must begin above the end of the one before")
    if bands[-1].to_km is not None:
        raise ValueError("the last band must be open")
