"""The sheet of rates: each figure of the call once, with its source; other sheets point here."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.budget_cells import Look, Sheet
from handlers.context import Turn
from knowledge.budget import percent
from knowledge.budgetplan import SumName
from knowledge.facts.money import Band
from knowledge.model import Sources
from knowledge.sources import cite

WIDTHS = (44, 18, 14, 80)
SHARES: tuple[SumName, ...] = ("expensive", "special-needs", "exceptional")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of bands: where the lower edges stand, and the rates beside them."""

    edges: str
    rates: str

    def rate(self, km: str) -> str:
        """The formula part that finds the rate of a distance; an empty cell has none."""
        return f'IF({km}="",0,LOOKUP({km},{self.edges},{self.rates}))'


@dataclass(frozen=True, slots=True)
class Rates:
    """Where each figure of the call stands."""

    cells: dict[str, str]
    meetings: Table
    travel: Table


def write_rates(turn: Turn, sheet: Sheet) -> Rates:
    """Fills the sheet and tells where each rate stands."""
    call = turn.services.knowledge.call
    sheet.put(1, 1, turn.label("budgetfile.rates"), "title")
    sheet.row(3, [turn.label(f"budgetfile.{head}") for head in ("item", "km", "value", "source")])
    sheet.freeze(4)
    management, support, grant = call.management, call.support, call.grant
    single: tuple[tuple[str, str, int, Look, Sources], ...] = (
        ("per_month", turn.label("budgetfile.per_month"), grant.per_month, "money", grant.source),
        ("per_project", turn.label("budgetfile.per_project"), grant.total, "money", grant.source),
        (
            "coordinator",
            turn.label("budgetfile.coordinator"),
            management.coordinator,
            "money",
            management.source,
        ),
        ("partner", turn.label("budgetfile.partner"), management.partner, "money", management.source),
        ("cap", turn.label("budgetfile.cap"), management.cap, "money", management.source),
        ("staff", _day_rate(turn, "staff"), support.staff, "money", support.source),
        ("learners", _day_rate(turn, "learners"), support.learners, "money", support.source),
        ("known_days", turn.label("budgetfile.known_days"), support.until_day, "number", support.source),
    )
    cells: dict[str, str] = {}
    row = 4
    for key, label, value, look, sources in single:
        cells[key] = _line(turn, sheet, row, label, None, value, look, sources)
        row += 1
    for name in SHARES:
        sources = call.travel.expensive.source if name == "expensive" else call.category(name).source
        label = turn.label(f"budgetfile.share_{name}")
        share = percent(call, name) / 100
        cells[name] = _line(turn, sheet, row, label, None, share, "percent", sources)
        row += 1
    meetings, row = _table(
        turn, sheet, row, "budgetfile.meeting_band", call.meetings.bands, call.meetings.source
    )
    travel, row = _table(turn, sheet, row, "budgetfile.travel_band", call.travel.bands, call.travel.source)
    return Rates(cells, meetings, travel)


def _day_rate(turn: Turn, whom: str) -> str:
    return turn.label("budgetfile.day_rate") + ": " + turn.label(f"budgetfile.{whom}")


def _table(
    turn: Turn, sheet: Sheet, row: int, key: str, bands: tuple[Band, ...], sources: Sources
) -> tuple[Table, int]:
    """A row for what is nearer than the first band, one for each band; gives the row after them too."""
    first = row
    _line(turn, sheet, row, turn.label("budgetfile.near", band=bands[0]), 0, 0, "money", sources)
    for row, band in enumerate(bands, first + 1):
        _line(turn, sheet, row, turn.label(key, band=band), band.from_km, band.rate, "money", sources)
    return Table(sheet.address(first, 2, row), sheet.address(first, 3, row)), row + 1


def _line(
    turn: Turn,
    sheet: Sheet,
    row: int,
    label: str,
    km: int | None,
    value: float,
    look: Look,
    sources: Sources,
) -> str:
    sheet.put(row, 1, label)
    if km is not None:
        sheet.put(row, 2, km, "number")
    sheet.put(row, 4, "; ".join(cite(turn.services.knowledge.documents, sources, turn.language)))
    return sheet.put(row, 3, value, look)
