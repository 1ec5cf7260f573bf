"""What a project plans to spend: months, organisations, meetings, training activities, sums; its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from knowledge.call import Call
from knowledge.facts.money import Band
from knowledge.facts.people import ProjectType
from knowledge.model import Sector

SumName = Literal["outputs", "events", "support", "expensive", "special-needs", "exceptional"]
SUMS: tuple[SumName, ...] = get_args(SumName)
"""What an applicant plans as one sum: `support` is for days that no rate is known for."""


@dataclass(frozen=True, slots=True)
class Most:
    """Limits of what a card holds, so that it fits behind a button; the call sets none of them."""

    months: int = 99
    organisations: int = 99
    times: int = 20
    people: int = 99
    days: int = 60
    money: int = 999_999
    meetings: int = 6
    trainings: int = 4


MOST = Most()

NOT_FAR = 0
"""Stands for a distance below the first band, which nothing is paid for."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Project meetings alike: how many, people who travel to each, the lower edge of their band in km.

    `from_km` is `NOT_FAR` below the first band and None where no distance is named.
    """

    times: int
    people: int
    from_km: int | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """Training activities alike: how many, people, days, learners or staff, the lower edge of their band."""

    times: int
    people: int
    days: int
    learners: bool = False
    from_km: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a project plans; `organisations` counts the applicant too, sums are whole and in `SUMS` order."""

    months: int
    organisations: int
    sector: Sector | None = None
    project_type: ProjectType | None = None
    meetings: tuple[Meeting, ...] = ()
    trainings: tuple[Training, ...] = ()
    sums: tuple[int, ...] = (0,) * len(SUMS)

    def sum_of(self, name: SumName) -> int:
        """What is planned as one sum."""
        return self.sums[SUMS.index(name)]

    def with_sum(self, name: SumName, amount: int) -> Budget:
        """The same with another sum."""
        at = SUMS.index(name)
        return replace(self, sums=(*self.sums[:at], amount, *self.sums[at + 1 :]))


def fits(call: Call, budget: Budget) -> bool:
    """Whether a budget keeps to the limits of a card and to the bands of the call."""
    meetings, trainings = budget.meetings, budget.trainings
    return (
        1 <= budget.months <= MOST.months
        and 1 <= budget.organisations <= MOST.organisations
        and len(meetings) <= MOST.meetings
        and len(trainings) <= MOST.trainings
        and all(1 <= each.times <= MOST.times and 1 <= each.people <= MOST.people for each in meetings)
        and all(1 <= each.times <= MOST.times and 1 <= each.people <= MOST.people for each in trainings)
        and all(1 <= each.days <= MOST.days for each in trainings)
        and all(each.from_km in edges(call.meetings.bands) for each in meetings)
        and all(each.from_km in edges(call.travel.bands) for each in trainings)
        and len(budget.sums) == len(SUMS)
        and all(0 <= amount <= MOST.money for amount in budget.sums)
    )


def edges(bands: tuple[Band, ...]) -> tuple[int | None, ...]:
    """What the `from_km` of a line may be: not named, below the first band, the lower edge of a band."""
    return (None, NOT_FAR, *(band.from_km for band in bands))


def edge(bands: tuple[Band, ...], km: Decimal) -> int:
    """The lower edge of the band that a distance falls into; between two bands the lower one is safe."""
    return max((band.from_km for band in bands if band.from_km <= km), default=NOT_FAR)
