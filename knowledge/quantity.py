"""What a figure in a text counts: kilometres, months, people, euros."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Unit(Enum):
    """What a figure counts. Weeks become days, half years months; dates, times and years are marked."""

    KM = "km"
    MONTHS = "months"
    YEARS = "years"
    DAYS = "days"
    PEOPLE = "people"
    PARTNERS = "partners"
    COUNTRIES = "countries"
    EUR = "eur"
    PERCENT = "percent"
    YEAR = "year"  # 2020
    DATE = "date"  # value: the day of the month
    TIME = "time"  # value: minutes after midnight
    ORDINAL = "ordinal"  # 2nd, "5. klase"


class People(Enum):
    """Which people are counted."""

    LEARNER = "learner"
    STAFF = "staff"
    PERSON = "person"
    ACCOMPANYING = "accompanying"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text; ``start`` and ``end`` are positions in ``normalise(text)``, unit included."""

    value: int | Decimal
    unit: Unit | None
    people: People | None
    start: int
    end: int
