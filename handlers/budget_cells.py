"""Cells of a spreadsheet: what each kind looks like, and how a formula on another sheet names it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Look = Literal["title", "head", "text", "note", "money", "number", "percent", "total"]
"""What a cell holds; `total` is money that sums up others."""

_FORMATS: dict[Look, str] = {
    "money": "#,##0.00",
    "total": "#,##0.00",
    "number": "#,##0",
    "percent": "0%",
}
_YELLOW, _GREY = "#FFF9D9", "#E8EEF4"
LONGEST_NAME = 31
"""Characters of a sheet's name that spreadsheets allow."""

Value = str | int | float
Result = str | int | float | Decimal


class Book:
    """A workbook in memory, with one format for each look."""

    def __init__(self, title: str, at: datetime) -> None:
        from xlsxwriter import Workbook

        self._content = BytesIO()
        # in memory: the disk may be read-only
        self._workbook = Workbook(self._content, {"in_memory": True})
        self._workbook.set_properties({"title": title, "author": "ka2bot", "created": at})
        self._formats: dict[tuple[Look, bool], Format] = {}

    def sheet(self, name: str, widths: Sequence[int]) -> Sheet:
        """A further sheet, behind the others."""
        return Sheet(self, name, self._workbook.add_worksheet(name), widths)

    def format(self, look: Look, *, free: bool = False) -> Format:
        """How a cell looks, `free` where a person may change it."""
        if (look, free) not in self._formats:
            self._formats[look, free] = self._workbook.add_format(_properties(look, free=free))
        return self._formats[look, free]

    def content(self) -> bytes:
        """The finished file; nothing can be written any more."""
        self._workbook.close()
        return self._content.getvalue()


class Sheet:
    """A sheet that is filled cell by cell; rows and columns count from 1."""

    def __init__(self, book: Book, name: str, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self._book, self._name, self._sheet = book, name, worksheet
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)

    def put(
        self, row: int, column: int, value: Value | None, look: Look = "text", *, free: bool = False
    ) -> str:
        """Fills a cell, yellow where a person may change it; gives its address for formulas anywhere."""
        at, cell_format = (row - 1, column - 1), self._book.format(look, free=free)
        if value is None:
            self._sheet.write_blank(*at, None, cell_format)
        elif isinstance(value, str):
            self._sheet.write_string(*at, value, cell_format)
        else:
            self._sheet.write_number(*at, value, cell_format)
        return self.address(row, column)

    def work_out(self, row: int, column: int, formula: str, result: Result, look: Look = "text") -> str:
        """Fills a cell with a formula and what it comes to, for previews that do not calculate."""
        shown = float(result) if isinstance(result, Decimal) else result
        self._sheet.write_formula(row - 1, column - 1, f"={formula}", self._book.format(look), shown)
        return self.address(row, column)

    def row(self, row: int, values: Sequence[Value], look: Look = "head") -> None:
        """Fills a row from the first column on."""
        for column, value in enumerate(values, 1):
            self.put(row, column, value, look)

    def note(self, row: int, text: str, columns: int) -> None:
        """A long text over several columns."""
        self._sheet.merge_range(row - 1, 0, row - 1, columns - 1, text, self._book.format("note"))
        self._sheet.set_row(row - 1, 32)

    def choose(self, row: int, column: int, options: Sequence[str], rows: int = 1) -> None:
        """Offers a list in a cell and in those below it."""
        listed = {"validate": "list", "source": list(options)}
        self._sheet.data_validation(row - 1, column - 1, row + rows - 2, column - 1, listed)

    def freeze(self, row: int) -> None:
        """Keeps what stands above a row on the screen."""
        self._sheet.freeze_panes(row - 1, 0)

    def address(self, row: int, column: int, last_row: int | None = None) -> str:
        """A cell, or a column's cells down to a row, as a formula on any sheet names them."""
        from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

        if last_row is None:
            cells = xl_rowcol_to_cell(row - 1, column - 1, row_abs=True, col_abs=True)
        else:
            cells = xl_range_abs(row - 1, column - 1, last_row - 1, column - 1)
        return f"{quote_sheetname(self._name)}!{cells}"


def _properties(look: Look, *, free: bool) -> dict[str, object]:
    properties: dict[str, object] = {"num_format": _FORMATS.get(look, "General")}
    if look in ("title", "head", "total"):
        properties |= {"bold": True, "font_size": 14 if look == "title" else 11}
    if look in ("head", "note"):
        properties |= {"valign": "top", "text_wrap": True}
    if free or look == "head":
        properties["bg_color"] = _YELLOW if free else _GREY
    return properties


def sheet_name(number: int, name: str) -> str:
    """A sheet's name from a category's: numbered, without signs that are not allowed, cut at a word."""
    text = "".join(sign for sign in name if sign not in "[]:*?/\\'")
    named = f"{number} {text}"
    return named if len(named) <= LONGEST_NAME else named[:LONGEST_NAME].rpartition(" ")[0]


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
