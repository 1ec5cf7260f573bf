"""Cells of a spreadsheet: what each kind looks like, and how a formula on another sheet names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Look = Literal["title", "head", "text", "note", "money", "number", "percent", "total"]
"""What a cell holds; `total` is money that sums up others."""

_FORMATS: dict[Look, str] = {
    "money": "#,##0.00",
    "total": "#,##0.00",
    "number": "#,##0",
    "percent": "0%",
}
_YELLOW, _GREY = "FFF9D9", "E8EEF4"
LONGEST_NAME = 31
"""Characters of a sheet's name that spreadsheets allow."""

Value = str | int | float


class Sheet:
    """A sheet that is filled cell by cell; rows and columns count from 1."""

    def __init__(self, worksheet: Worksheet, widths: Sequence[int]) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        self._sheet = worksheet
        for column, width in enumerate(widths, 1):
            worksheet.column_dimensions[get_column_letter(column)].width = width
        worksheet.page_setup.orientation = "landscape"
        worksheet.page_setup.fitToHeight = 0
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def put(
        self, row: int, column: int, value: Value | None, look: Look = "text", *, free: bool = False
    ) -> str:
        """Fills a cell, yellow where a person may change it; gives its address for formulas anywhere."""
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = self._sheet.cell(row, column)
        cell.value = value
        cell.number_format = _FORMATS.get(look, "General")
        if look in ("title", "head", "total"):
            cell.font = Font(bold=True, size=14 if look == "title" else 11)
        if look in ("head", "note"):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        if free:
            cell.fill = PatternFill("solid", fgColor=_YELLOW)
        elif look == "head":
            cell.fill = PatternFill("solid", fgColor=_GREY)
        return self.address(row, column)

    def row(self, row: int, values: Sequence[Value], look: Look = "head") -> None:
        """Fills a row from the first column on."""
        for column, value in enumerate(values, 1):
            self.put(row, column, value, look)

    def note(self, row: int, text: str, columns: int) -> None:
        """A long text over several columns."""
        self.put(row, 1, text, "note")
        self._sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        self._sheet.row_dimensions[row].height = 32

    def choose(self, row: int, column: int, options: Sequence[str], rows: int = 1) -> None:
        """Offers a list in a cell and in those below it."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        listed = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
        letter = get_column_letter(column)
        listed.add(f"{letter}{row}:{letter}{row + rows - 1}")
        self._sheet.add_data_validation(listed)

    def freeze(self, row: int) -> None:
        """Keeps what stands above a row on the screen."""
        self._sheet.freeze_panes = f"A{row}"

    def address(self, row: int, column: int, last_row: int | None = None) -> str:
        """A cell, or a column's cells down to a row, as a formula on any sheet names them."""
        from openpyxl.utils import get_column_letter, quote_sheetname

        letter = get_column_letter(column)
        cells = f"${letter}${row}" + (f":${letter}${last_row}" if last_row else "")
        return f"{quote_sheetname(self._sheet.title)}!{cells}"


def sheet_name(number: int, name: str) -> str:
    """A sheet's name from a category's: numbered, without signs that are not allowed, cut at a word."""
    text = "".join(sign for sign in name if sign not in "[]:*?/\\'")
    named = f"{number} {text}"
    return named if len(named) <= LONGEST_NAME else named[:LONGEST_NAME].rpartition(" ")[0]


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
