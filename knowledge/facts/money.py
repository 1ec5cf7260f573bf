"""What is paid: ceilings, money available, bands, support, budget categories."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from knowledge.facts.people import ProjectType
from knowledge.model import Fact, Sector, Sourced, Text
from knowledge.values import Amiss, Amount, Count, Percentage


class SourcedAmount(Sourced):
    """An amount with a source of its own."""

    amount: Amount


class Grant(Sourced):
    """Ceiling of the grant per month of project and in total, in the call's currency."""

    per_month: Amount
    total: Amount


class Available(Sourced):
    """Money planned for strategic partnerships in the country, by sector."""

    school: Amount
    he: Amount
    vet: Amount
    adult: Amount
    total: SourcedAmount

    def of(self, sector: Sector) -> int:
        """Money planned for one sector."""
        return {"school": self.school, "he": self.he, "vet": self.vet, "adult": self.adult}[sector]


class Split(Sourced):
    """Percentages of the sector's money by project type."""

    he: dict[str, Percentage]
    school: dict[str, Percentage]
    vet: dict[str, Percentage]
    adult: dict[str, Percentage]


class Band(Fact):
    """A distance band in km one way, both edges inclusive, and its rate per participant."""

    from_km: int = Field(ge=0)
    to_km: Count | None = None
    rate: Amount


class Calculator(Sourced):
    """The official distance calculator."""

    url: str


class Percent(Sourced):
    """A share of real costs that is paid."""

    percent: Percentage


class BelowPercent(Sourced):
    """The share of real costs below which a unit cost counts as insufficient."""

    below_percent: Percentage


class Travel(Sourced):
    """Travel bands of learning, teaching and training activities."""

    bands: tuple[Band, ...] = Field(min_length=1)
    calculator: Calculator
    expensive: Percent
    expensive_when: BelowPercent

    @model_validator(mode="after")
    def _bands_ascend(self) -> Travel:
        _check_bands(self.bands)
        return self


class TravelDays(Sourced):
    """Days of travel that individual support may cover besides the activity."""

    at_most: Count


class Support(Sourced):
    """Individual support per participant and day, known up to one day of the activity."""

    staff: Amount
    learners: Amount
    until_day: Count
    travel_days: TravelDays


class Management(Sourced):
    """Management and implementation, a month: coordinator, each partner, cap."""

    coordinator: Amount
    partner: Amount
    cap: Amount
    cap_organisations: Count


class Meetings(Sourced):
    """Bands of project meetings: travel and stay in one sum per participant."""

    bands: tuple[Band, ...] = Field(min_length=1)

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
    percent: Percentage | None = None
    project_types: tuple[ProjectType, ...]


def _check_bands(bands: tuple[Band, ...]) -> None:
    for number, (lower, upper) in enumerate(pairwise(bands), 1):
        if lower.to_km is None or upper.from_km <= lower.to_km:
            said = f"must begin above the end of the band before, not at {upper.from_km} km"
            raise Amiss(said, "bands", number)
        if lower.to_km < lower.from_km:
            raise Amiss(f"must end above {lower.from_km} km, where it begins", "bands", number - 1)
    if bands[-1].to_km is not None:
        raise Amiss("must be open: the last band has no to_km", "bands", len(bands) - 1)
