"""The typed facts of one call; the values stand in `data/calls/*.yaml`."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from knowledge.model import SECTORS, Concept, Fact, Sector, Sourced, Text

ProjectType = Literal["innovation", "exchange"]


class Agency(Sourced):
    """The national agency that takes the applications, as of the date given."""

    code: str
    name: Text
    unit: Text
    street: str
    floors: Text
    city: Text
    postcode: str
    site: str
    as_of: str


class Contact(Sourced):
    """A person at the agency and the sectors they answer for; `head` leads the unit."""

    id: str
    name: str
    email: str
    phone: str
    sectors: tuple[Sector, ...] = ()
    head: bool = False


class SectorFacts(Sourced):
    """A sector: action code, the words that point to it, its name in the cases that sentences need."""

    id: Sector
    words: Concept
    code: str
    name: Text
    of: Text
    within: Text
    who: Text


class ProjectTypeFacts(Sourced):
    """One of the two project types, and the sectors it is closed to."""

    id: ProjectType
    name: Text
    short: Text
    not_for: tuple[Sector, ...] = ()


class Consortium(Sourced):
    """Least number of organisations and of programme countries."""

    partners: int
    countries: int


class Applications(Sourced):
    """How many applications one consortium may send, and to how many agencies."""

    per_deadline: int
    agencies: int


class Months(Fact):
    """Shortest and longest duration in months, both allowed."""

    min_months: int
    max_months: int


class Duration(Months, Sourced):
    """Duration of a project in months, with the sectors that differ."""

    by_sector: dict[Sector, Months] = Field(default_factory=dict)

    def of(self, sector: Sector | None) -> Months:
        """Limits for a sector; the general ones where it has none of its own."""
        return self.by_sector.get(sector, self) if sector else self


class Window(Sourced):
    """First and last day on which a project may start (ISO dates)."""

    first: str
    last: str


class PriorityRule(Sourced):
    """How many priorities a project must address at least."""

    at_least: int


class Grant(Sourced):
    """Ceiling of the grant per month of project and in total, in the call's currency."""

    per_month: int
    total: int


class Round(Sourced):
    """One deadline, local time of the call's zone, "YYYY-MM-DD HH:MM"."""

    id: str
    at: str


class Deadlines(Fact):
    """All deadlines in order; the last decides whether the call is open."""

    zone: str
    local_zone: str
    closing_soon_days: int
    rounds: tuple[Round, ...]


class Consultation(Sourced):
    """The consultation day; the sources name the month only ("YYYY-MM")."""

    month: str


class SourcedAmount(Sourced):
    """An amount with a source of its own."""

    amount: int


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


class OneWay(Sourced):
    """The statement that the one-way distance decides; the sum covers the return journey."""


class Travel(Sourced):
    """Travel bands of learning, teaching and training activities."""

    bands: tuple[Band, ...]
    one_way: OneWay
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
    covers: Text
    funding: Literal["unit", "real"]
    percent: int | None = None
    project_types: tuple[ProjectType, ...]


class TextList(Sourced):
    """A sourced list of texts."""

    items: tuple[Text, ...]


class Length(Fact):
    """A length in days or months, exactly one of them."""

    days: int | None = None
    months: int | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Length:
        if (self.days is None) == (self.months is None):
            raise ValueError("give either days or months")
        return self


class Activity(Sourced):
    """A learning, teaching or training activity with its length and sectors."""

    id: str
    name: Text
    what: Text
    shortest: Length
    longest: Length
    sectors: tuple[Sector, ...]


class Priority(Text):
    """A priority; `ours` marks an English name that is our translation."""

    id: str
    ours: bool = False


class AddedPriority(Priority, Sourced):
    """A priority added after the presentation."""


class Priorities(Sourced):
    """Priorities of one kind, in the order of the source."""

    items: tuple[Priority, ...]
    added: tuple[AddedPriority, ...] = ()


class GuidePart(Text):
    """A part of the guide by its letter."""

    letter: str


class GuidePage(Sourced):
    """A page of the guide (Latvian version)."""

    page: int
    annex: int | None = None


class GuideVersions(Sourced):
    """Days on which versions of the guide appeared (ISO dates)."""

    dates: tuple[str, ...]


class Guide(Sourced):
    """The programme guide: where it is and what stands where."""

    url: str
    parts: tuple[GuidePart, ...]
    part_c: TextList
    pages: dict[str, GuidePage]
    versions: GuideVersions


class Link(Sourced):
    """An address named in a source."""

    url: str


class Country(Text):
    """A country with its two-letter code as the programme writes it."""

    code: str


class Countries(Sourced):
    """Programme countries inside and outside the European Union."""

    eu: tuple[Country, ...]
    other: tuple[Country, ...]


class Least(Fact):
    """Least and most of something, both allowed."""

    least: int
    most: int


class ActionCode(Sourced):
    """The code of an action."""

    code: str


class SchoolExchange(Sourced):
    """School Exchange Partnerships, the neighbour action for schools only."""

    named: ActionCode
    schools: Least
    min_months: int
    max_months: int
    max_months_long: int
    per_year: SourcedAmount


class At(Sourced):
    """A day (ISO date)."""

    at: str


class Youth(Sourced):
    """The youth field, run by another agency."""

    code: str
    words: Concept
    partners: int
    countries: int
    deadline: At


class Autumn(Sourced):
    """The extra call of autumn 2020."""

    deadline: str
    first_start: str
    last_start: str
    envelope: int


class Criterion(Text):
    """An award criterion and its greatest number of points."""

    id: str
    points: int


class Threshold(Sourced):
    """Least points in total and least share of each criterion."""

    points: int
    per_criterion_percent: int


class Criteria(Sourced):
    """The award criteria."""

    items: tuple[Criterion, ...]
    total: int
    threshold: Threshold


class Above(Sourced):
    """An amount above which something applies."""

    above: int


class Selection(Sourced):
    """About how many months the selection takes."""

    months: int


class Payments(Sourced):
    """Instalments in percent, for projects up to and over `short_months`."""

    short: tuple[int, ...]
    long: tuple[int, ...]
    short_months: int


class Oid(Sourced):
    """The organisation identifier."""

    length: int
    first: str
    since: str


class InformalGroup(Sourced):
    """Least size of an informal group of young people."""

    young_people: int


class Call(Fact):
    """All facts of one call."""

    id: str
    year: int
    currency: str
    name: Text
    agency: Agency
    contacts: tuple[Contact, ...]
    sectors: tuple[SectorFacts, ...]
    project_types: tuple[ProjectTypeFacts, ...]
    consortium: Consortium
    applications: Applications
    duration: Duration
    start: Window
    priority_rule: PriorityRule
    grant: Grant
    deadlines: Deadlines
    consultation: Consultation
    available: Available
    split: Split
    travel: Travel
    support: Support
    management: Management
    meetings: Meetings
    budget: tuple[BudgetCategory, ...]
    funding_factors: TextList
    activities: tuple[Activity, ...]
    examples: TextList
    horizontal_priorities: Priorities
    sector_priorities: dict[Sector, Priorities]
    guide: Guide
    links: dict[str, Link]
    countries: Countries
    school_exchange: SchoolExchange
    youth: Youth
    autumn: Autumn
    criteria: Criteria
    financial_check: Above
    selection: Selection
    payments: Payments
    transfers: Percent
    oid: Oid
    corrigendum: At
    informal_group: InformalGroup

    @model_validator(mode="after")
    def _every_sector_is_covered(self) -> Call:
        if {s.id for s in self.sectors} != set(SECTORS):
            raise ValueError(f"sectors must be exactly {', '.join(SECTORS)}")
        for sector in SECTORS:
            if not any(sector in c.sectors for c in self.contacts):
                raise ValueError(f"no contact answers for sector {sector}")
        if not any(c.head for c in self.contacts):
            raise ValueError("no contact is the head of the unit")
        return self

    def sector(self, sector: Sector) -> SectorFacts:
        """Facts of one sector."""
        return next(s for s in self.sectors if s.id == sector)

    def contact(self, sector: Sector | None) -> Contact:
        """Who answers for a sector; the head of the unit where no sector is known."""
        if sector is None:
            return next(c for c in self.contacts if c.head)
        return next(c for c in self.contacts if sector in c.sectors)

    def category(self, category: str) -> BudgetCategory:
        """A budget category by its id."""
        return next(c for c in self.budget if c.id == category)

    def priority(self, priority: str) -> Priority:
        """A priority of any kind by its id."""
        kinds = (self.horizontal_priorities, *self.sector_priorities.values())
        return next(p for kind in kinds for p in (*kind.items, *kind.added) if p.id == priority)

    def activity(self, activity: str) -> Activity:
        """A learning, teaching or training activity by its id."""
        return next(a for a in self.activities if a.id == activity)


def _check_bands(bands: tuple[Band, ...]) -> None:
    for lower, upper in pairwise(bands):
        if lower.to_km is None or upper.from_km <= lower.to_km:
            raise ValueError(f"band from {upper.from_km} km must begin above the end of the one before")
    if bands[-1].to_km is not None:
        raise ValueError("the last band must be open")
