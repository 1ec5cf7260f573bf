"""The sheets of a budget's categories: lines and sums that may be changed, formulas with their results."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.budget_card import NO_TABLE
from handlers.budget_cells import Look, Result, Sheet, quoted
from handlers.budget_rates import Rates
from handlers.context import Turn
from knowledge.budget import CategorySum, Management, OwnSum, TrainingSum
from knowledge.budgetplan import Budget
from knowledge.sources import cite

LINES = 20
"""Rows of lines with formulas ready: more than a card holds, so that a large project goes on here."""

AMOUNTS = 12
"""Rows of single amounts below a planned sum."""

TOTAL_ROW = 3
"""Where the total of each category's sheet stands, in the second column."""


@dataclass(frozen=True, slots=True)
class Project:
    """The budget, and where the summary holds what formulas of other sheets need of it."""

    budget: Budget
    months: str
    organisations: str
    type: str


def widths(each: CategorySum) -> tuple[int, ...]:
    """The widths of a category sheet's columns."""
    match each.category.id:
        case "meetings":
            return (24, 14, 18, 14, 16)
        case "training":
            return (66, 14, 18, 10, 18, 14, 14, 14, 14, 14, 16)
    return (66, 16, 14, 16)


class CategorySheet:
    """Writes the sheet of one category; its total stands at the same place on each."""

    def __init__(self, turn: Turn, sheet: Sheet, rates: Rates, project: Project) -> None:
        self.turn, self.sheet, self.rates, self.project = turn, sheet, rates, project

    def write(self, each: CategorySum) -> str:
        """Fills the sheet; gives the address of the total."""
        name = each.category.name.to(self.turn.language)
        self.sheet.put(1, 1, name[:1].upper() + name[1:], "title")
        documents = self.turn.services.knowledge.documents
        cited = "; ".join(cite(documents, each.sources, self.turn.language))
        self.sheet.put(2, 1, f"{self._label('source')}: {cited}")
        match each.category.id:
            case "management" if each.management is not None:
                whole = self._management(each.management)
            case "meetings":
                whole = self._meetings(each)
            case "training":
                whole = self._training(each)
            case _:
                whole = self._amounts(each)
        self.sheet.put(TOTAL_ROW, 1, self._label("total"), "head")
        return self.sheet.work_out(TOTAL_ROW, 2, f"({whole})*{self._counted(each)}", each.total, "total")

    def _counted(self, each: CategorySum) -> str:
        """1 where the project type chosen on the summary has the category, else 0."""
        types = self.turn.services.knowledge.call.project_types
        if all(kind.id in each.category.project_types for kind in types):
            return "1"
        named = [kind.short for kind in types if kind.id in each.category.project_types]
        fits = ",".join(f"{self.project.type}={quoted(short.to(self.turn.language))}" for short in named)
        self.sheet.put(4, 1, self._label("counted"))
        counted = f'IF(OR({self.project.type}="",{fits}),1,0)'
        return self.sheet.work_out(4, 2, counted, int(each.funded), "percent")

    def _management(self, worked_out: Management) -> str:
        cells, rates = self.rates.cells, self.turn.services.knowledge.call.management
        lines: tuple[tuple[str, str, Result, Look], ...] = (
            ("coordinator", cells["coordinator"], rates.coordinator, "money"),
            ("partner", cells["partner"], rates.partner, "money"),
            ("partners", f"{self.project.organisations}-1", self.project.budget.organisations - 1, "number"),
            ("asked", "B6+B7*B8", worked_out.asked, "money"),
            ("cap", cells["cap"], rates.cap, "money"),
            ("paid", "MIN(B9,B10)", worked_out.monthly, "money"),
            ("months", self.project.months, self.project.budget.months, "number"),
        )
        for row, (key, formula, result, look) in enumerate(lines, 6):
            self.sheet.put(row, 1, self._label(key))
            self.sheet.work_out(row, 2, formula, result, look)
        return "B11*B12"

    def _meetings(self, each: CategorySum) -> str:
        first, last = 7, 6 + LINES
        self.sheet.row(6, [self._label(key) for key in ("meetings", "people", "km", "rate", "sum")])
        self.sheet.freeze(7)
        for row in range(first, last + 1):
            meeting = each.meetings[row - first] if row - first < len(each.meetings) else None
            line, band = (meeting.line, meeting.band) if meeting else (None, None)
            planned = (line.times, line.people, line.from_km) if line else (None, None, None)
            for column, value in enumerate(planned, 1):
                self.sheet.put(row, column, value, "number", free=True)
            rate = self.rates.meetings.rate(f"C{row}")
            self.sheet.work_out(row, 4, rate, band.rate if band else 0, "money")
            self.sheet.work_out(row, 5, f"A{row}*B{row}*D{row}", meeting.total if meeting else 0, "money")
        return f"SUM(E{first}:E{last})"

    def _training(self, each: CategorySum) -> str:
        heads = (
            "activities",
            "people",
            "who",
            "days",
            "km",
            "travel_rate",
            "travel",
            "day_rate",
            "days_paid",
        )
        own = [self._own(row, planned) for row, planned in enumerate(each.own, 5)]
        first = 5 + len(each.own) + 2
        last = first + LINES - 1
        self.sheet.row(first - 1, [self._label(key) for key in (*heads, "support", "sum")])
        staff, learners = self._label("staff"), self._label("learners")
        self.sheet.choose(first, 3, (staff, learners), LINES)
        for row in range(first, last + 1):
            training = each.trainings[row - first] if row - first < len(each.trainings) else None
            line = training.line if training else None
            who = (learners if line.learners else staff) if line else None
            planned = (line.times, line.people, who, line.days, line.from_km) if line else (None,) * 5
            for column, value in enumerate(planned, 1):
                self.sheet.put(row, column, value, "number", free=True)
            for column, (formula, result, look) in enumerate(self._worked_out(row, training, learners), 6):
                self.sheet.work_out(row, column, formula, result, look)
        return "+".join((f"SUM(K{first}:K{last})", *own))

    def _worked_out(
        self, row: int, line: TrainingSum | None, learners: str
    ) -> tuple[tuple[str, Result, Look], ...]:
        """Formulas of one line of activities with their results, from the rate of the travel on."""
        cells = self.rates.cells
        day_rate = f"IF(C{row}={quoted(learners)},{cells['learners']},{cells['staff']})"
        known_days = f"MIN(D{row},{cells['known_days']})"
        return (
            (self.rates.travel.rate(f"E{row}"), line.band.rate if line and line.band else 0, "money"),
            (f"A{row}*B{row}*F{row}", line.travel if line else 0, "money"),
            (f'IF(C{row}="",0,{day_rate})', line.rate if line else 0, "money"),
            (f'IF(D{row}="",0,{known_days})', line.days if line else 0, "number"),
            (f"A{row}*B{row}*I{row}*H{row}", line.support if line else 0, "money"),
            (f"G{row}+J{row}", line.total if line else 0, "money"),
        )

    def _amounts(self, each: CategorySum) -> str:
        """A planned sum and rows for single amounts beside it."""
        self.sheet.row(6, [self._label(key) for key in ("what", "amount", "share", "to_pay")])
        paid = [self._own(row, planned) for row, planned in enumerate(each.own, 7)]
        row = 6 + len(paid)
        for row in range(7 + len(paid), 7 + len(paid) + AMOUNTS):
            self.sheet.put(row, 1, None, free=True)
            self.sheet.put(row, 2, None, "money", free=True)
            self._share(row, each.own[0])
            self.sheet.work_out(row, 4, f"B{row}*C{row}", 0, "money")
        return f"SUM(D7:D{row})"

    def _own(self, row: int, own: OwnSum) -> str:
        """A row for one planned sum; gives the cell of what is counted of it."""
        pages = self.turn.services.knowledge.call.guide.pages
        page = pages[NO_TABLE.get(own.name, "partnerships")]
        self.sheet.put(row, 1, self.turn.label(f"budgetfile.own_{own.name}", page=page))
        self.sheet.put(row, 2, own.amount or None, "money", free=True)
        self._share(row, own)
        self.sheet.work_out(row, 4, f"B{row}*C{row}", own.total, "money")
        return f"D{row}"

    def _share(self, row: int, own: OwnSum) -> None:
        """The share that is paid, from the rates where it is one."""
        if own.name in self.rates.cells:
            self.sheet.work_out(row, 3, self.rates.cells[own.name], own.percent / 100, "percent")
        else:
            self.sheet.put(row, 3, 1, "percent")

    def _label(self, key: str) -> str:
        return self.turn.label(f"budgetfile.{key}")
