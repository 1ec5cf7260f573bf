"""What the call says beyond the presentation: countries, neighbours, criteria, payments."""

from __future__ import annotations

from pydantic import model_validator

from knowledge.facts.money import SourcedAmount
from knowledge.model import Concept, Fact, Sourced, Text
from knowledge.values import Amount, Count, Day, Moment, Percentage, in_order


class Country(Text):
    """A country with its two-letter code as the programme writes it."""

    code: str


class Countries(Sourced):
    """Programme countries inside and outside the European Union."""

    eu: tuple[Country, ...]
    other: tuple[Country, ...]


class Least(Fact):
    """Least and most of something, both allowed."""

    least: Count
    most: Count

    @model_validator(mode="after")
    def _in_order(self) -> Least:
        in_order(self.least, self.most, "most")
        return self


class ActionCode(Sourced):
    """The code of an action."""

    code: str


class SchoolExchange(Sourced):
    """School Exchange Partnerships, the neighbour action for schools only."""

    named: ActionCode
    schools: Least
    min_months: Count
    max_months: Count
    max_months_long: Count
    per_year: SourcedAmount


class At(Sourced):
    """A day."""

    at: Day


class Youth(Sourced):
    """The youth field, run by another agency."""

    code: str
    words: Concept
    partners: Count
    countries: Count
    deadline: At


class Autumn(Sourced):
    """The extra call of autumn 2020."""

    deadline: Moment
    first_start: Day
    last_start: Day
    envelope: Amount

    @model_validator(mode="after")
    def _in_order(self) -> Autumn:
        in_order(self.first_start, self.last_start, "last_start")
        return self


class Criterion(Text):
    """An award criterion and its greatest number of points."""

    id: str
    points: Count


class Threshold(Sourced):
    """Least points in total and least share of each criterion."""

    points: Count
    per_criterion_percent: Percentage


class Criteria(Sourced):
    """The award criteria."""

    items: tuple[Criterion, ...]
    total: Count
    threshold: Threshold


class Above(Sourced):
    """An amount above which something applies."""

    above: Amount


class Selection(Sourced):
    """About how many months the selection takes."""

    months: Count


class Payments(Sourced):
    """Instalments in percent, for projects up to and over `short_months`."""

    short: tuple[Percentage, ...]
    long: tuple[Percentage, ...]
    short_months: Count


class Oid(Sourced):
    """The organisation identifier."""

    length: Count
    first: str
    since: Day


class InformalGroup(Sourced):
    """Least size of an informal group of young people."""

    young_people: Count
