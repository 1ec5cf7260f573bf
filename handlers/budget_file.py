"""The budget as a spreadsheet with live formulas: a summary, a sheet per category in the form's order, rates.

Each figure of the call stands once, on the sheet of rates, and formulas point there; what a person may change
is yellow. Each formula carries its result, since previews on phones do not calculate. XlsxWriter is loaded
with the first file, so that a start and `ka2bot ask` stay fast.
"""

from __future__ import annotations

from datetime import UTC

from handlers.budget_card import remark
from handlers.budget_cells import Book, Sheet, quoted, sheet_name
from handlers.budget_rates import WIDTHS as RATES_WIDTHS
from handlers.budget_rates import Rates, write_rates
from handlers.budget_sheets import CategorySheet, Project, widths
from handlers.context import Turn
from handlers.reply import Document
from handlers.splitting import plain
from knowledge.budget import Reckoning
from knowledge.sources import cite

SUMMARY_WIDTHS = (46, 18, 90)


def budget_file(turn: Turn, reckoning: Reckoning) -> Document:
    """The workbook of a budget, in the turn's language."""
    book = Book(turn.label("budgetfile.title"), turn.now.astimezone(UTC).replace(tzinfo=None))
    names = [turn.label("budgetfile.summary")]
    for number, each in enumerate(reckoning.categories, 1):
        short = each.category.short or each.category.name
        names.append(sheet_name(number, short.to(turn.language)))
    names.append(turn.label("budgetfile.rates"))
    columns = (SUMMARY_WIDTHS, *(widths(each) for each in reckoning.categories), RATES_WIDTHS)
    summary, *sheets, last = (book.sheet(*each) for each in zip(names, columns, strict=True))
    rates = write_rates(turn, last)
    project = _write_project(turn, reckoning, summary)
    totals = [
        CategorySheet(turn, sheet, rates, project).write(each)
        for sheet, each in zip(sheets, reckoning.categories, strict=True)
    ]
    _write_totals(turn, reckoning, summary, totals, project, rates)
    return Document(_file_name(turn, reckoning), book.content())


def _file_name(turn: Turn, reckoning: Reckoning) -> str:
    budget = reckoning.budget
    return turn.label("budgetfile.name", months=budget.months, organisations=budget.organisations)


def _write_project(turn: Turn, reckoning: Reckoning, sheet: Sheet) -> Project:
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
    return Project(budget, months, organisations, chosen)


def _write_totals(
    turn: Turn, reckoning: Reckoning, sheet: Sheet, totals: list[str], project: Project, rates: Rates
) -> None:
    """Categories with their totals and sources, the total, the ceiling, and what was to note."""
    documents = turn.services.knowledge.documents
    sheet.row(9, [turn.label(f"budgetfile.{head}") for head in ("category", "sum", "source")])
    row = 9
    for row, (each, total) in enumerate(zip(reckoning.categories, totals, strict=True), 10):
        name = each.category.name.to(turn.language)
        sheet.put(row, 1, name[:1].upper() + name[1:])
        sheet.work_out(row, 2, total, each.total, "money")
        sheet.put(row, 3, "; ".join(cite(documents, each.sources, turn.language)))
    whole = sheet.work_out(row + 1, 2, f"SUM(B10:B{row})", reckoning.total, "total")
    most = f"MIN({rates.cells['per_month']}*{project.months},{rates.cells['per_project']})"
    ceiling = sheet.work_out(row + 2, 2, most, reckoning.ceiling, "money")
    left = sheet.work_out(row + 3, 2, f"{ceiling}-{whole}", reckoning.left, "money")
    within, above = (turn.label(f"budgetfile.{key}") for key in ("within", "above"))
    verdict = f"IF({left}<0,{quoted(above)},{quoted(within)})"
    sheet.work_out(row + 4, 2, verdict, above if reckoning.left < 0 else within)
    for at, key in enumerate(("total", "ceiling", "left", "verdict"), row + 1):
        sheet.put(at, 1, turn.label(f"budgetfile.{key}"), "head" if key == "total" else "text")
    if reckoning.remarks:
        sheet.put(row + 6, 1, turn.label("budgetfile.remarks", at=turn.now.isoformat()), "head")
        for at, each_remark in enumerate(reckoning.remarks, row + 7):
            sheet.note(at, plain(remark(turn, reckoning, each_remark).html), len(SUMMARY_WIDTHS))
