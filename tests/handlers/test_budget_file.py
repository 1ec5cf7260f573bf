"""The spreadsheet of a budget: LibreOffice works it out anew and comes to the card's totals, to the cent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from handlers.budget_file import budget_file
from handlers.budget_sheets import LINES, TOTAL_ROW
from handlers.context import Turn
from handlers.phrases import Phrases
from knowledge.budget import Reckoning, reckon
from knowledge.budgetplan import MOST, SUMS, Budget, Meeting, Training
from knowledge.call import Call
from knowledge.model import LANGUAGES, Language
from knowledge.render import Renderer
from tests import worlds
from tests.budgets import CALL, OTHER, any_budget

SOFFICE = shutil.which("soffice")
SUMMARY_TOTAL = 17
"""The row of the summary's total: nine rows above the seven categories."""


def turn(language: Language, call: Call = CALL) -> Turn:
    """A turn over a call."""
    plain = worlds.turn(language, worlds.OPEN)
    knowledge = replace(plain.services.knowledge, calls={call.id: call})
    renderer = Renderer(knowledge)
    services = replace(plain.services, knowledge=knowledge, renderer=renderer, phrases=Phrases(renderer))
    return replace(plain, services=services)


def opened(reckoning: Reckoning, language: Language = "lv", call: Call = CALL) -> Workbook:
    return load_workbook(BytesIO(budget_file(turn(language, call), reckoning).content))


def samples() -> list[tuple[str, Call, Language, Budget]]:
    """Budgets of both calls in both languages: a usual one, the largest, and random ones."""
    chance = Random(20200324)
    listed = []
    for (kind, call), language in product((("packaged", CALL), ("other", OTHER)), LANGUAGES):
        near, far = call.meetings.bands, call.travel.bands
        usual = Budget(
            24,
            4,
            "school",
            "innovation",
            (Meeting(2, 6, near[0].from_km), Meeting(1, 2, None), Meeting(3, 1, 0)),
            (Training(1, 12, 5, True, far[1].from_km), Training(2, 3, 20, False, far[-1].from_km)),
            (60_000, 3_001, 400, 1_001, 77, 4_001),
        )
        largest = Budget(
            MOST.months,
            MOST.organisations,
            "adult",
            None,
            (Meeting(MOST.times, MOST.people, near[-1].from_km),) * MOST.meetings,
            (Training(MOST.times, MOST.people, MOST.days, True, far[-1].from_km),) * MOST.trainings,
            (MOST.money,) * len(SUMS),
        )
        chosen = [usual, replace(largest, project_type="exchange")]
        chosen += [any_budget(call, chance) for _ in range(2)]
        listed += [(f"{kind}-{language}-{at}", call, language, each) for at, each in enumerate(chosen)]
    return listed


def recalculated(files: dict[str, bytes], folder: Path) -> dict[str, Workbook]:
    """The workbooks as LibreOffice works them out: formulas gone, values as it saw them."""
    if SOFFICE is None:
        assert not os.environ.get("CI"), "soffice is missing: .ci/run installs libreoffice-calc"
        pytest.skip(
            "soffice is missing (apt-get install libreoffice-calc): nobody recalculates the spreadsheets"
        )
    given, done = folder / "given", folder / "done"
    given.mkdir()
    for name, content in files.items():
        (given / f"{name}.xlsx").write_bytes(content)
    subprocess.run(  # noqa: S603 - our own files
        [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(done),
            *(str(file) for file in sorted(given.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: load_workbook(done / f"{name}.xlsx", data_only=True) for name in files}


def test_libreoffice_comes_to_the_same_totals_to_the_cent(tmp_path: Path) -> None:
    reckonings = {name: reckon(call, budget) for name, call, _, budget in samples()}
    files = {
        name: budget_file(turn(language, call), reckonings[name]).content
        for name, call, language, _ in samples()
    }
    for name, workbook in recalculated(files, tmp_path).items():
        reckoning = reckonings[name]
        summary, *sheets, _ = workbook.worksheets
        values = [row for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True)]
        assert not [v for row in values for v in row if isinstance(v, str) and v.startswith(("#", "Err:"))], (
            name
        )
        for sheet, each in zip(sheets, reckoning.categories, strict=True):
            assert cents(sheet.cell(TOTAL_ROW, 2).value) == each.total, f"{name}: {each.category.id}"
        totals = [cents(summary.cell(row, 2).value) for row in range(SUMMARY_TOTAL, SUMMARY_TOTAL + 3)]
        assert totals == [reckoning.total, reckoning.ceiling, reckoning.left], name
        verdict = turn("lv" if "-lv-" in name else "en").label(
            "budgetfile.above" if reckoning.left < 0 else "budgetfile.within"
        )
        assert summary.cell(SUMMARY_TOTAL + 3, 2).value == verdict


def test_every_cell_shows_its_result_before_anybody_calculates(tmp_path: Path) -> None:
    """Previews on phones show what the file holds; it must be what a spreadsheet comes to."""
    files = {
        name: budget_file(turn(language, call), reckon(call, budget)).content
        for name, call, language, budget in samples()
    }
    for name, now in recalculated(files, tmp_path).items():
        written = load_workbook(BytesIO(files[name]))
        shown = load_workbook(BytesIO(files[name]), data_only=True)
        formulas = [
            (sheet.title, cell.coordinate)
            for sheet in written.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("=")
        ]
        assert len(formulas) > 250, name
        for sheet, at in formulas:
            expected = pytest.approx(now[sheet][at].value, abs=1e-6)
            assert shown[sheet][at].value == expected, f"{name}: {sheet}!{at}"


def test_a_changed_cell_changes_the_total(tmp_path: Path) -> None:
    reckoning = reckon(CALL, Budget(24, 4, project_type="exchange").with_sum("outputs", 500))
    workbook = opened(reckoning)
    summary, meetings, training = workbook.worksheets[0], workbook.worksheets[2], workbook.worksheets[5]
    summary["B4"], summary["B5"], summary["B7"] = 36, 12, "inovācijas"
    for column, figure in enumerate((3, 5, 1234.5), 1):
        meetings.cell(6 + LINES, column).value = figure
    pupils: tuple[int | str, ...] = (1, 4, "mācību apguvēji", 21, 450)
    for column, value in enumerate(pupils, 1):
        training.cell(training.max_row, column).value = value
    changed = BytesIO()
    workbook.save(changed)
    now = recalculated({"changed": changed.getvalue()}, tmp_path)["changed"].worksheets[0]
    expected = 2750 * 36 + 3 * 5 * 575 + 500 + 4 * 180 + 4 * 14 * 58
    assert cents(now.cell(SUMMARY_TOTAL, 2).value) == expected
    assert cents(now.cell(SUMMARY_TOTAL + 1, 2).value) == 450_000


def cents(value: object) -> Decimal:
    assert isinstance(value, int | float), value
    return round(Decimal(value), 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_for_each_category_in_the_forms_order_between_summary_and_rates(language: Language) -> None:
    names = opened(reckon(CALL, Budget(24, 4)), language).sheetnames
    assert names == {
        "lv": [
            "Kopsavilkums", "1 vadība", "2 sanāksmes", "3 rezultāti", "4 izplatīšana", "5 mācību pasākumi",
            "6 īpašas vajadzības", "7 izņēmuma izmaksas", "Likmes un avoti",
        ],
        "en": [
            "Summary", "1 management", "2 meetings", "3 outputs", "4 multiplier events", "5 training",
            "6 special needs", "7 exceptional costs", "Rates and sources",
        ],
    }[language]  # fmt: skip


@pytest.mark.parametrize("call", [CALL, OTHER], ids=["packaged", "made up"])
def test_no_figure_of_the_call_stands_in_a_formula(call: Call) -> None:
    workbook = opened(reckon(call, Budget(24, 4, meetings=(Meeting(1, 1, None),))), call=call)
    rates = [row[2] for row in workbook.worksheets[-1].iter_rows(min_row=4, values_only=True)]
    assert {call.management.coordinator, call.support.staff, call.travel.bands[-1].rate} <= set(rates)
    formulas = [
        cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(formulas) > 100
    figures = {str(rate) for rate in rates if isinstance(rate, int) and rate > 1 and rate > 30}
    assert not [f for f in formulas for figure in figures if f"*{figure}" in f or f",{figure}" in f]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rate_has_its_source_beside_it(language: Language) -> None:
    sheet = opened(reckon(CALL, Budget(24, 4)), language).worksheets[-1]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert len(rows) == 11 + len(CALL.meetings.bands) + len(CALL.travel.bands) + 2
    assert all(isinstance(source, str) and source for *_, source in rows)


def test_what_is_to_mend_stands_in_the_file_too() -> None:
    sheet = opened(reckon(CALL, Budget(12, 3, "he"))).worksheets[0]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("vismaz 24 mēnešus" in each for each in words)


def test_the_file_says_nothing_about_who_made_it_and_runs_no_macro() -> None:
    document = budget_file(turn("lv"), reckon(CALL, Budget(24, 4)))
    assert document.name == "budzets-24-men-4-org.xlsx"
    assert len(document.content) < 40_000
    with ZipFile(BytesIO(document.content)) as packed:
        names = packed.namelist()
        assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
        assert b"ka2bot" in packed.read("docProps/core.xml")


def test_xlsxwriter_waits_for_the_first_file() -> None:
    code = "import sys, bot.cli, bot.application, bot.asking; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0  # noqa: S603 - our own line
