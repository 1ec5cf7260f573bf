"""What the call says beyond the presentation: countries, neighbours, criteria, payments."""

from __future__ import annotations

from knowledge.facts.money import SourcedAmount
from knowledge.model import Concept, Fact, Sourced, Text


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
