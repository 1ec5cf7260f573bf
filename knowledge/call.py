"""All typed facts of one call; the values stand in `data/calls/*.yaml`."""

from __future__ import annotations

from pydantic import model_validator

from knowledge.facts.activities import Activity, TextList
from knowledge.facts.beyond import (
    Above,
    At,
    Autumn,
    Countries,
    Criteria,
    InformalGroup,
    Oid,
    Payments,
    SchoolExchange,
    Selection,
    Youth,
)
from knowledge.facts.conditions import (
    Applications,
    Consortium,
    Consultation,
    Deadlines,
    Duration,
    Priorities,
    Priority,
    PriorityRule,
    Window,
)
from knowledge.facts.guide import Guide, Link
from knowledge.facts.money import (
    Available,
    BudgetCategory,
    Grant,
    Management,
    Meetings,
    Percent,
    Split,
    Support,
    Travel,
)
from knowledge.facts.people import Agency, Contact, ProjectTypeFacts, SectorFacts
from knowledge.model import SECTORS, Fact, Sector, Text


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
    budget_form: tuple[str, ...] = ()
    """Ids of the budget categories in the order of the application form; empty where `budget` is in it."""
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

    @model_validator(mode="after")
    def _form_has_every_category(self) -> Call:
        if self.budget_form and sorted(self.budget_form) != sorted(each.id for each in self.budget):
            raise ValueError("budget_form must name every category of budget once")
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
