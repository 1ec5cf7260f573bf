"""A project's budget: what is planned → what each category of the call pays, in the order of the form.

Rates, shares, bands and ceilings come from the call. What its sources have no table for (day rates of
outputs, events, days of an activity beyond the last known one) is not guessed: the applicant's own sum
stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.budgetplan import NOT_FAR, Budget, Meeting, SumName, Training, fits
from knowledge.call import Call
from knowledge.facts.money import Band, BudgetCategory
from knowledge.model import Sector, Sources
from knowledge.travel import grant_ceiling

PLANNED: dict[str, tuple[SumName, ...]] = {
    "outputs": ("outputs",),
    "events": ("events",),
    "training": ("support", "expensive"),
    "special-needs": ("special-needs",),
    "exceptional": ("exceptional",),
}
"""Categories with sums that the applicant plans."""


@dataclass(frozen=True, slots=True)
class Management:
    """Management and implementation: `monthly` is what the cap leaves of `asked`."""

    asked: int
    monthly: int
    total: int


@dataclass(frozen=True, slots=True)
class MeetingSum:
    """A line of meetings with its rate; no band pays nothing."""

    line: Meeting
    band: Band | None
    total: int


@dataclass(frozen=True, slots=True)
class TrainingSum:
    """A line of activities: travel by band, support for the days that a rate is known for."""

    line: Training
    band: Band | None
    travel: int
    rate: int
    days: int
    support: int

    @property
    def total(self) -> int:
        """Travel and support."""
        return self.travel + self.support


@dataclass(frozen=True, slots=True)
class OwnSum:
    """A planned sum and the percentage of it that is paid."""

    name: SumName
    amount: int
    percent: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class CategorySum:
    """What one category comes to; none of it counts where the project type has no such category."""

    category: BudgetCategory
    funded: bool
    total: Decimal
    sources: Sources
    management: Management | None = None
    meetings: tuple[MeetingSum, ...] = ()
    trainings: tuple[TrainingSum, ...] = ()
    own: tuple[OwnSum, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend or to know, by name; `category` and `line` (from 1) say where."""

    id: str
    category: BudgetCategory | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A budget worked out."""

    budget: Budget
    categories: tuple[CategorySum, ...]
    total: Decimal
    ceiling: int
    remarks: tuple[Remark, ...]

    @property
    def left(self) -> Decimal:
        """What the ceiling leaves; negative where the budget is above it."""
        return self.ceiling - self.total

    def of(self, category: str) -> CategorySum:
        """One category by its id."""
        return next(each for each in self.categories if each.category.id == category)


def reckon(call: Call, budget: Budget) -> Reckoning:
    """The budget worked out by the call's rules. Raises ValueError for what `fits` refuses."""
    if not fits(call, budget):
        raise ValueError(f"{budget} is beyond the limits")
    categories = tuple(_category(call, budget, category) for category in in_form_order(call))
    total = sum((each.total for each in categories), Decimal(0))
    ceiling = grant_ceiling(call, budget.months)
    return Reckoning(budget, categories, total, ceiling, (*_remarks(call, budget, total),))


def in_form_order(call: Call) -> tuple[BudgetCategory, ...]:
    """The budget categories as the application form has them."""
    return tuple(call.category(each) for each in call.budget_form) or call.budget


def percent(call: Call, name: SumName) -> int:
    """The percentage of a planned sum that is paid; the applicant's own sums count as they are."""
    if name == "expensive":
        return call.travel.expensive.percent
    real = call.category(name).percent if name in ("exceptional", "special-needs") else None
    return 100 if real is None else real


def management(call: Call, organisations: int, months: int) -> Management:
    """Management and implementation of a coordinator and partners over some months, capped by the month."""
    rates = call.management
    asked = rates.coordinator + rates.partner * (organisations - 1)
    monthly = min(asked, rates.cap)
    return Management(asked, monthly, monthly * months)


def funded(budget: Budget, category: BudgetCategory) -> bool:
    """Whether projects of this type have the category; so do all as long as the type is not chosen."""
    return budget.project_type is None or budget.project_type in category.project_types


def shortest_days(call: Call, sector: Sector | None) -> int:
    """Days of the shortest activity open to a sector, or to any where none is chosen."""
    return min(
        activity.shortest.days
        for activity in call.activities
        if activity.shortest.days is not None and (sector is None or sector in activity.sectors)
    )


def _category(call: Call, budget: Budget, category: BudgetCategory) -> CategorySum:
    name = category.id
    managed = management(call, budget.organisations, budget.months) if name == "management" else None
    meetings = tuple(_meeting(call, line) for line in budget.meetings) if name == "meetings" else ()
    trainings = tuple(_training(call, line) for line in budget.trainings) if name == "training" else ()
    own = tuple(_own(call, budget, planned) for planned in PLANNED.get(name, ()))
    whole = sum((each.total for each in own), Decimal(0))
    whole += (managed.total if managed else 0) + sum(each.total for each in meetings)
    whole += sum(each.total for each in trainings)
    counts = funded(budget, category)
    sources = _sources(call, budget, category)
    total = whole if counts else Decimal(0)
    return CategorySum(category, counts, total, sources, managed, meetings, trainings, own)


def _sources(call: Call, budget: Budget, category: BudgetCategory) -> Sources:
    match category.id:
        case "management":
            return call.management.source
        case "meetings":
            return call.meetings.source
        case "training":
            rates = (*call.travel.source, *call.support.source)
            return (*rates, *call.travel.expensive.source) if budget.sum_of("expensive") else rates
    return category.source


def _meeting(call: Call, line: Meeting) -> MeetingSum:
    band = _band(call.meetings.bands, line.from_km)
    return MeetingSum(line, band, band.rate * line.people * line.times if band else 0)


def _training(call: Call, line: Training) -> TrainingSum:
    band = _band(call.travel.bands, line.from_km)
    everybody = line.people * line.times
    rate = call.support.learners if line.learners else call.support.staff
    days = min(line.days, call.support.until_day)
    return TrainingSum(line, band, band.rate * everybody if band else 0, rate, days, rate * days * everybody)


def _band(bands: tuple[Band, ...], from_km: int | None) -> Band | None:
    return next((band for band in bands if band.from_km == from_km), None)


def _own(call: Call, budget: Budget, name: SumName) -> OwnSum:
    amount, paid = budget.sum_of(name), percent(call, name)
    return OwnSum(name, amount, paid, Decimal(amount * paid) / 100)


def _remarks(call: Call, budget: Budget, total: Decimal) -> Iterator[Remark]:
    limits = call.duration.of(budget.sector)
    if budget.months < limits.min_months:
        yield Remark("too_short")
    if budget.months > limits.max_months:
        yield Remark("too_long")
    if budget.organisations < call.consortium.partners:
        yield Remark("too_few")
    if management(call, budget.organisations, 1).asked > call.management.cap:
        yield Remark("capped")
    chosen = next((each for each in call.project_types if each.id == budget.project_type), None)
    if chosen is not None and budget.sector in chosen.not_for:
        yield Remark("type_not_for_sector")
    for category in call.budget:
        if not funded(budget, category) and _asked_for(budget, category):
            yield Remark("not_funded", category)
    if budget.sum_of("events") and not budget.sum_of("outputs"):
        yield Remark("events_alone")
    yield from _remarks_on_lines(call, budget)
    if total > grant_ceiling(call, budget.months):
        below_total = call.grant.per_month * budget.months < call.grant.total
        yield Remark("above_months" if below_total else "above_total")


def _remarks_on_lines(call: Call, budget: Budget) -> Iterator[Remark]:
    for number, meeting in enumerate(budget.meetings, 1):
        if meeting.from_km is None:
            yield Remark("meeting_distance", line=number)
        elif meeting.from_km == NOT_FAR:
            yield Remark("meeting_near", line=number)
    for number, training in enumerate(budget.trainings, 1):
        if training.from_km is None:
            yield Remark("training_distance", line=number)
        elif training.from_km == NOT_FAR:
            yield Remark("training_near", line=number)
        if training.days > call.support.until_day:
            yield Remark("days_unknown", line=number)
        if training.days < shortest_days(call, budget.sector):
            yield Remark("days_short", line=number)


def _asked_for(budget: Budget, category: BudgetCategory) -> bool:
    lines = {"meetings": budget.meetings, "training": budget.trainings}.get(category.id, ())
    return bool(lines) or any(budget.sum_of(name) for name in PLANNED.get(category.id, ()))
