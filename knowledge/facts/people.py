"""Who answers: the agency, its people, the sectors and project types."""

from __future__ import annotations

from typing import Literal

from knowledge.model import Concept, Sector, Sourced, Text
from knowledge.values import Month

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
    as_of: Month


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
