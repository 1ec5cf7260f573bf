"""Days, hours and figures as they stand in the YAML; checked when read, while the line is still known."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, WithJsonSchema

Ordered = TypeVar("Ordered", int, str)


class Amiss(ValueError):
    """What is wrong with a fact as a whole; `path` leads from the fact to the field to look at."""

    def __init__(self, said: str, *path: str | int) -> None:
        super().__init__(said)
        self.path = path


_YEAR, _MONTH, _DAY, _HOUR = r"\d{4}", r"\d{4}-\d{2}", r"\d{4}-\d{2}-\d{2}", r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}"
_FIRST = "2020-01-01 00:00"
"""Completes a year, month or day to a moment."""


def _written(shape: str, said: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            if re.fullmatch(shape, value, re.ASCII):
                datetime.fromisoformat(value + _FIRST[len(value) :])
                return value
        except ValueError:
            pass
        raise ValueError(f"must be {said} that exists, not “{value}”")

    return check


def _schema(shape: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{shape}$"})


Moment = Annotated[
    str, AfterValidator(_written(_HOUR, '"YYYY-MM-DD HH:MM", a day and an hour')), _schema(_HOUR)
]
"""A day and an hour by the clock of the call's zone: "2020-03-24 12:00"."""

Day = Annotated[str, AfterValidator(_written(_DAY, '"YYYY-MM-DD", a day')), _schema(_DAY)]
"""A day: "2020-03-24"."""

Month = Annotated[str, AfterValidator(_written(_MONTH, '"YYYY-MM", a month')), _schema(_MONTH)]
"""A month of a year: "2020-03"."""

_ANY = f"{_YEAR}(-\\d{{2}}(-\\d{{2}})?)?"
AsOf = Annotated[
    str,
    AfterValidator(_written(_ANY, '"YYYY", "YYYY-MM" or "YYYY-MM-DD", a year, month or day')),
    _schema(_ANY),
]
"""When a document was true, as exactly as we know."""


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise ValueError(f'must be a time zone as "Europe/Riga", not “{value}”') from None
    return value


Zone = Annotated[str, AfterValidator(_zone)]
"""The name of a time zone."""

Amount = Annotated[int, Field(ge=0)]
"""A sum of money."""

Count = Annotated[int, Field(ge=1)]
"""A number of things, months, kilometres or points, of which there is at least one."""

Percentage = Annotated[int, Field(ge=0, le=100)]
"""A share in percent."""


def in_order(first: Ordered, last: Ordered, *path: str | int) -> None:
    """Raises Amiss where `last`, which stands at the path, is below `first`; two figures or two ISO days."""
    if last < first:
        raise Amiss(f"is below {first}, where the span begins; correct one of the two", *path)
