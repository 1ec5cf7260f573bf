"""What a text says of a budget: figures of the project and of each part, as they were read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.budgetplan import SumName
from knowledge.facts.people import ProjectType
from knowledge.model import Sector

Part = Literal["meetings", "training", "management"] | SumName

Wanted = Literal["budget", "calculate", "money"]
"""What a question asks for."""


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one part as they were read, in or out of their limits; None where none is named."""

    part: Part | None
    times: Decimal | None = None
    people: Decimal | None = None
    staff: Decimal | None = None
    learners: Decimal | None = None
    days: Decimal | None = None
    km: Decimal | None = None
    amount: Decimal | None = None
    bare: tuple[Decimal, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the part is named without a figure."""
        return self == Line(self.part)


@dataclass(frozen=True, slots=True)
class Said:
    """All that a text says of a budget.

    `loose` are figures of no part, for the line that is open; `whole` tells that nothing else was said.
    """

    months: Decimal | None = None
    organisations: int | None = None
    sector: Sector | None = None
    project_type: ProjectType | None = None
    lines: tuple[Line, ...] = ()
    loose: Line = Line(None)
    named: frozenset[Part] = frozenset()
    wants: frozenset[Wanted] = frozenset()
    negative: bool = False
    whole: bool = False
    asks: bool = False

    @property
    def anything(self) -> bool:
        """Whether it says something of the project or of a part of its budget."""
        return self.of_project or bool(self.lines)

    @property
    def of_project(self) -> bool:
        """Whether it says something of the project as a whole."""
        return any(
            value is not None for value in (self.months, self.organisations, self.sector, self.project_type)
        )
