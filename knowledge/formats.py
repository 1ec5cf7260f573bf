"""Money, numbers, dates and plural forms as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import NumberPattern, parse_pattern
from pydantic import ConfigDict, Field, TypeAdapter

from knowledge import yamlfile
from knowledge.model import Language
from knowledge.problems import checked

Number = int | Decimal

_KEPT = 1024
"""Numbers whose text is kept; rates, counts and round sums come again and again."""

CASES = ("nominative", "genitive", "dative", "locative")

_MONTHS = TypeAdapter(
    Annotated[
        list[Annotated[list[str], Field(min_length=len(CASES), max_length=len(CASES))]],
        Field(min_length=12, max_length=12),
    ],
    config=ConfigDict(defer_build=True),
)


@cache
def _locale(language: Language) -> Locale:
    # named outright: Locale.parse would read Babel's data on all languages, 2 MB, to find out the same
    return Locale(language)


@cache
def _latvian_months() -> list[list[str]]:
    name = f"{yamlfile.DATA}/months.yaml"
    return checked(_MONTHS, yamlfile.read(files("knowledge") / "data" / "months.yaml", name), name)


@cache
def _pattern(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


# equal numbers read alike: 850 and Decimal("850.00")
@lru_cache(_KEPT)
def _decimal(value: Number, pattern: str, language: Language) -> str:
    return str(_pattern(pattern).apply(value, _locale(language)))


# by the digits as they are written: 1 takes another form than 1.0
@lru_cache(_KEPT)
def _plural_form(digits: str, language: Language) -> str:
    return str(_locale(language).plural_form(Decimal(digits)))


def number(value: Number, language: Language) -> str:
    """A number with the language's separators; whole numbers without decimals, others with at most two."""
    return _decimal(value, "#,##0.##", language)


def tenths(value: Number, language: Language) -> str:
    """A number with exactly one decimal, as distances between places are given."""
    return _decimal(value, "#,##0.0", language)


def money(value: Number, language: Language, currency: str) -> str:
    """An amount with its currency code after a no-break space; cents only where there are any."""
    whole = value == int(value)
    digits = _decimal(value, "#,##0" if whole else "#,##0.00", language)
    return f"{digits}\u00a0{currency}"


def percent(value: int, language: Language) -> str:
    """A percentage; Latvian sets a space before the sign."""
    return f"{value}\u00a0%" if language == "lv" else f"{value}%"


def day(value: str | date, language: Language, case: str = "nominative", *, year: bool = True) -> str:
    """A date in words; `case` chooses the Latvian month's form ("līdz 24. martam" is dative)."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if language == "en":
        return str(format_date(when, format="d MMMM y" if year else "d MMMM", locale=_locale("en")))
    month = _latvian_months()[when.month - 1][CASES.index(case)]
    return f"{when.year}. gada {when.day}. {month}" if year else f"{when.day}. {month}"


def month(value: str, language: Language, case: str = "nominative") -> str:
    """A month of a year given as "YYYY-MM"."""
    year, _, number_ = value.partition("-")
    if language == "en":
        return str(format_date(date(int(year), int(number_), 1), format="MMMM y", locale=_locale("en")))
    return f"{year}. gada {_latvian_months()[int(number_) - 1][CASES.index(case)]}"


def clock(value: str | time | datetime, language: Language) -> str:
    """An hour of the day: "12.00" in Latvian, "12:00" in English."""
    when = time.fromisoformat(value[11:16]) if isinstance(value, str) else value
    return str(format_time(when, format="HH.mm" if language == "lv" else "HH:mm", locale=_locale(language)))


def plural(value: Number, language: Language, one: str, other: str, zero: str | None = None) -> str:
    """A number with the noun form it takes; `zero` is Latvian's form after 0, 10–20 and 30 ("11 mēnešu")."""
    noun = {"one": one, "zero": zero or other}.get(_plural_form(str(value), language), other)
    return f"{number(value, language)}\u00a0{noun}"
