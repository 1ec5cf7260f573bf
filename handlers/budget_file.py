"""The budget as a spreadsheet with live formulas: a summary, a sheet per category in the form's order, rates.

Each figure of the call stands once, on the sheet of rates, and formulas point there; what a person may change
is yellow. openpyxl is loaded with the first file, so that a start and `ka2bot ask` stay fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from handlers.budget_card import NO_TABLE, remark
from handlers.budget_cells import Sheet, quoted, sheet_name
from handlers.budget_rates import Rates, write_rates
from handlers.context import Turn
from handlers.reply import Document
from handlers.splitting import plain
from knowledge.budget import CategorySum, OwnSum, Reckoning
from knowledge.sources import cite

LINES = 20
"""Rows of lines with formulas ready: more than a card holds, so that a large project goes on here."""

AMOUNTS = 12
"""Rows of single amounts below a planned sum."""

TOTAL_ROW = 3
"""Where the total of each category's sheet stands, in the second column."""

SUMMARY_WIDTHS = (46, 18, 90)


@dataclass(frozen=True, slots=True)
class _Project:
    """Where the summary holds what formulas of other sheets need."""

    months: str
    organisations: str
    type: str


def budget_file(turn: Turn, reckoning: Reckoning) -> Document:
    """The workbook of a budget, in the turn's language."""
    from openpyxl import Workbook

    workbook = Workbook()
    names = [turn.label("budgetfile.summary")]
    for number, each in enumerate(reckoning.categories, 1):
        short = each.category.short or each.category.name
        names.append(sheet_name(number, short.to(turn.language)))
    names.append(turn.label("budgetfile.rates"))
    workbook.active.title = names[0]  # type: ignore[union-attr]
    for name in names[1:]:
        workbook.create_sheet(name)
    rates = write_rates(turn, Sheet(workbook[names[-1]], (44, 18, 14, 80)))
    summary = Sheet(workbook[names[0]], SUMMARY_WIDTHS)
    project = _write_project(turn, reckoning, summary)
    totals = []
    for name, each in zip(names[1:-1], reckoning.categories, strict=True):
        totals.append(_Category(turn, Sheet(workbook[name], _widths(each)), rates, project).write(each))
    _write_totals(turn, reckoning, summary, totals, project, rates)
    workbook.properties.title = turn.label("budgetfile.title")
    workbook.properties.creator = "ka2bot"
    content = BytesIO()
    workbook.save(content)
    return Document(_file_name(turn, reckoning), content.getvalue())


def _file_name(turn: Turn, reckoning: Reckoning) -> str:
    budget = reckoning.budget
    return turn.label("budgetfile.name", months=budget.months, organisations=budget.organisations)


def _write_project(turn: Turn, reckoning: Reckoning, sheet: Sheet) -> _Project:
    call, budget, language = turn.services.knowledge.call, reckoning.budget, turn.language
    sectors = [each.name.to(language) for each in call.sectors]
    types = {each.id: each.short.to(language) for each in call.project_types}
    sheet.put(1, 1, turn.label("budgetfile.title"), "title")
    sheet.note(2, turn.label("budgetfile.note"), len(SUMMARY_WIDTHS))
    for row, key in enumerate(("months", "organisations", "sector", "type"), 4):
        sheet.put(row, 1, turn.label(f"budgetfile.{key}"))
    months = sheet.put(4, 2, budget.months, "number", free=True)
    organisations = sheet.put(5, 2, budget.organisations, "number", free=True)
    sheet.put(6, 2, call.sector(budget.sector).name.to(language) if budget.sector else None, free=True)
    chosen = sheet.put(7, 2, types[budget.project_type] if budget.project_type else None, free=True)
    sheet.choose(6, 2, sectors)
    sheet.choose(7, 2, list(types.values()))
    return _Project(months, organisations, chosen)


def _write_totals(
    turn: Turn, reckoning: Reckoning, sheet: Sheet, totals: list[str], project: _Project, rates: Rates
) -> None:
    """Categories with their totals and sources, the total, the ceiling, and what was to note."""
    documents = turn.services.knowledge.documents
    sheet.row(9, [turn.label(f"budgetfile.{head}") for head in ("category", "sum", "source")])
    row = 9
    for row, (each, total) in enumerate(zip(reckoning.categories, totals, strict=True), 10):
        name = each.category.name.to(turn.language)
        sheet.put(row, 1, name[:1].upper() + name[1:])
        sheet.put(row, 2, f"={total}", "money")
        sheet.put(row, 3, "; ".join(cite(documents, each.sources, turn.language)))
    whole = sheet.put(row + 1, 2, f"=SUM(B10:B{row})", "total")
    ceiling = sheet.put(
        row + 2,
        2,
        f"=MIN({rates.cells['per_month']}*{project.months},{rates.cells['per_project']})",
        "money",
    )
    left = sheet.put(row + 3, 2, f"={ceiling}-{whole}", "money")
    within, above = (quoted(turn.label(f"budgetfile.{key}")) for key in ("within", "above"))
    sheet.put(row + 4, 2, f"=IF({left}<0,{above},{within})")
    for at, key in enumerate(("total", "ceiling", "left", "verdict"), row + 1):
        sheet.put(at, 1, turn.label(f"budgetfile.{key}"), "head" if key == "total" else "text")
    if reckoning.remarks:
        sheet.put(row + 6, 1, turn.label("budgetfile.remarks", at=turn.now.isoformat()), "head")
        for at, each_remark in enumerate(reckoning.remarks, row + 7):
            sheet.note(at, plain(remark(turn, reckoning, each_remark).html), len(SUMMARY_WIDTHS))


def _widths(each: CategorySum) -> tuple[int, ...]:
    match each.category.id:
        case "meetings":
            return (24, 14, 18, 14, 16)
        case "training":
            return (66, 14, 18, 10, 18, 14, 14, 14, 14, 14, 16)
    return (66, 16, 14, 16)


class _Category:
    """Writes the sheet of one category; its total stands at the same place on each."""

    def __init__(self, turn: Turn, sheet: Sheet, rates: Rates, project: _Project) -> None:
        self.turn, self.sheet, self.rates, self.project = turn, sheet, rates, project

    def write(self, each: CategorySum) -> str:
        """Fills the sheet; gives the address of the total."""
        name = each.category.name.to(self.turn.language)
        self.sheet.put(1, 1, name[:1].upper() + name[1:], "title")
        documents = self.turn.services.knowledge.documents
        cited = "; ".join(cite(documents, each.sources, self.turn.language))
        self.sheet.put(2, 1, f"{self._label('source')}: {cited}")
        match each.category.id:
            case "management":
                whole = self._management()
            case "meetings":
                whole = self._meetings(each)
            case "training":
                whole = self._training(each)
            case _:
                whole = self._amounts(each)
        self.sheet.put(TOTAL_ROW, 1, self._label("total"), "head")
        return self.sheet.put(TOTAL_ROW, 2, f"=({whole})*{self._counted(each)}", "total")

    def _counted(self, each: CategorySum) -> str:
        """1 where the project type chosen on the summary has the category, else 0."""
        types = self.turn.services.knowledge.call.project_types
        if all(kind.id in each.category.project_types for kind in types):
            return "1"
        named = [kind.short for kind in types if kind.id in each.category.project_types]
        fits = ",".join(f"{self.project.type}={quoted(short.to(self.turn.language))}" for short in named)
        self.sheet.put(4, 1, self._label("counted"))
        return self.sheet.put(4, 2, f'=IF(OR({self.project.type}="",{fits}),1,0)', "percent")

    def _management(self) -> str:
        sheet, rates = self.sheet, self.rates.cells
        lines = (
            ("coordinator", f"={rates['coordinator']}", "money"),
            ("partner", f"={rates['partner']}", "money"),
            ("partners", f"={self.project.organisations}-1", "number"),
            ("asked", "=B6+B7*B8", "money"),
            ("cap", f"={rates['cap']}", "money"),
            ("paid", "=MIN(B9,B10)", "money"),
            ("months", f"={self.project.months}", "number"),
        )
        for row, (key, formula, look) in enumerate(lines, 6):
            sheet.put(row, 1, self._label(key))
            sheet.put(row, 2, formula, "number" if look == "number" else "money")
        return "B11*B12"

    def _meetings(self, each: CategorySum) -> str:
        first, last = 7, 6 + LINES
        self.sheet.row(6, [self._label(key) for key in ("meetings", "people", "km", "rate", "sum")])
        self.sheet.freeze(7)
        for row in range(first, last + 1):
            line = each.meetings[row - first].line if row - first < len(each.meetings) else None
            planned = (line.times, line.people, line.from_km) if line else (None, None, None)
            for column, value in enumerate(planned, 1):
                self.sheet.put(row, column, value, "number", free=True)
            self.sheet.put(row, 4, f"={self.rates.meetings.rate(f'C{row}')}", "money")
            self.sheet.put(row, 5, f"=A{row}*B{row}*D{row}", "money")
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
        cells = self.rates.cells
        for row in range(first, last + 1):
            line = each.trainings[row - first].line if row - first < len(each.trainings) else None
            who = (learners if line.learners else staff) if line else None
            planned = (line.times, line.people, who, line.days, line.from_km) if line else (None,) * 5
            for column, value in enumerate(planned, 1):
                self.sheet.put(row, column, value, "number", free=True)
            self.sheet.put(row, 6, f"={self.rates.travel.rate(f'E{row}')}", "money")
            self.sheet.put(row, 7, f"=A{row}*B{row}*F{row}", "money")
            day_rate = f"IF(C{row}={quoted(learners)},{cells['learners']},{cells['staff']})"
            self.sheet.put(row, 8, f'=IF(C{row}="",0,{day_rate})', "money")
            self.sheet.put(row, 9, f'=IF(D{row}="",0,MIN(D{row},{cells["known_days"]}))', "number")
            self.sheet.put(row, 10, f"=A{row}*B{row}*I{row}*H{row}", "money")
            self.sheet.put(row, 11, f"=G{row}+J{row}", "money")
        return "+".join((f"SUM(K{first}:K{last})", *own))

    def _amounts(self, each: CategorySum) -> str:
        """A planned sum and rows for single amounts beside it."""
        self.sheet.row(6, [self._label(key) for key in ("what", "amount", "share", "to_pay")])
        paid = [self._own(row, planned) for row, planned in enumerate(each.own, 7)]
        row = 6 + len(paid)
        for row in range(7 + len(paid), 7 + len(paid) + AMOUNTS):
            self.sheet.put(row, 1, None, free=True)
            self.sheet.put(row, 2, None, "money", free=True)
            self.sheet.put(row, 3, self._share(each.own[0]), "percent")
            self.sheet.put(row, 4, f"=B{row}*C{row}", "money")
        return f"SUM(D7:D{row})"

    def _own(self, row: int, own: OwnSum) -> str:
        """A row for one planned sum; gives the cell of what is counted of it."""
        pages = self.turn.services.knowledge.call.guide.pages
        page = pages[NO_TABLE.get(own.name, "partnerships")]
        self.sheet.put(row, 1, self.turn.label(f"budgetfile.own_{own.name}", page=page))
        self.sheet.put(row, 2, own.amount or None, "money", free=True)
        self.sheet.put(row, 3, self._share(own), "percent")
        self.sheet.put(row, 4, f"=B{row}*C{row}", "money")
        return f"D{row}"

    def _share(self, own: OwnSum) -> str | int:
        return f"={self.rates.cells[own.name]}" if own.name in self.rates.cells else 1

    def _label(self, key: str) -> str:
        return self.turn.label(f"budgetfile.{key}")
