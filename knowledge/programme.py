"""The typed facts of the programme that followed; the values stand in `data/programmes/*.yaml`."""

from __future__ import annotations

from knowledge.facts.activities import TextList
from knowledge.model import Fact, Sourced, Text
from knowledge.values import Amount, Count

Texts = tuple[Text, ...]


class SourcedText(Sourced):
    """A text with its source."""

    text: Text


class QuickOverview(Sourced):
    """Where the short introduction is."""

    title: Text


class Managers(Sourced):
    """Who runs the actions."""

    eacea: Text
    agencies: Text


class Action(Sourced):
    """One of the five kinds of KA2 action and what belongs to it."""

    id: str
    name: Text
    members: Texts


class Organisations(Sourced):
    """Expected outcomes for organisations."""

    target_groups: Texts
    label: Text
    environment: Texts
    capacity: Texts
    sport: Texts


class Persons(Sourced):
    """Expected effects on people."""

    skills: Texts
    attitudes: Texts
    profession: Texts
    health: Texts


class Impact(Sourced):
    """Expected effects on systems, by theme."""

    quality: Texts
    labour_market: Texts
    skills: Texts
    recognition: Texts
    diversity: Texts
    authorities: Texts
    ict: Texts
    languages: Texts
    research: Texts
    sport_participation: Texts
    sport_integrity: Texts
    sport_governance: Texts
    sport_volunteers: Texts
    sport_inclusion: Texts


class PartnershipSize(Sourced):
    """Least consortium and duration in months of a cooperation partnership."""

    organisations: Count
    countries: Count
    min_months: Count
    max_months: Count


class Cooperation(Sourced):
    """Cooperation partnerships: code, lump sums, size."""

    code: str
    lump_sums: tuple[Amount, ...]
    partners: PartnershipSize


class Small(Sourced):
    """Small-scale partnerships: code, lump sums, size."""

    code: str
    lump_sums: tuple[Amount, ...]
    organisations: Count
    countries: Count
    min_months: Count
    max_months: Count


class Successors(Fact):
    """What strategic partnerships became."""

    cooperation: Cooperation
    small: Small


class Programme(Fact):
    """All facts of the programme overview."""

    id: str
    period: str
    name: Text
    audience: SourcedText
    quick_overview: QuickOverview
    levels: TextList
    aims: TextList
    managers: Managers
    actions: tuple[Action, ...]
    organisations: Organisations
    persons: Persons
    challenges: TextList
    impact: Impact
    successors: Successors

    def action(self, action: str) -> Action:
        """One kind of action by its id."""
        return next(a for a in self.actions if a.id == action)
