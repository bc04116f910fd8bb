"""The five messy workbooks, cell by cell beside other readers: openpyxl, calamine and the csv module."""

import csv
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from heedful.intake.sheets.grid import BLANK, Cell, Sheet, Value
from heedful.intake.sheets.opening import opened

SHARED = Path(os.environ.get("HEEDFUL_SHARED_DATA", Path(__file__).resolve().parents[5] / "shared" / "data"))
BOOKS = SHARED / "workbooks"
EXCEL = [
    "larkmoor_incident_log.xlsx",
    "merrifield_safeguarding_complaints_log.xlsx",
    "saltmarsh_homes_accident_book.xlsx",
]
ODS = "tanglewood_house_logs_2021_23.ods"
CSV = "tanglewood_incidents_export.csv"

pytestmark = pytest.mark.skipif(not BOOKS.exists(), reason="the workbooks are not beside the checkout (shared/data)")


def grid(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    return {
        (row.number, column): cell
        for row in sheet.rows()
        for column, cell in enumerate(row.cells, start=1)
        if cell != BLANK
    }


def as_openpyxl_has_it(value: Value) -> object:
    """It has no days without a time."""
    return datetime.combine(value, time()) if isinstance(value, date) and not isinstance(value, datetime) else value


def cells_of(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Any]]:
    for row in sheet.iter_rows():
        for cell in row:
            yield (cell.row, cell.column), cell


@cache
def by_openpyxl(name: str, *, data_only: bool = False) -> Workbook:
    return openpyxl.load_workbook(BOOKS / name, data_only=data_only)


@pytest.mark.parametrize("name", EXCEL)
def test_every_value_formula_and_look_is_as_openpyxl_reads_it(name: str) -> None:
    values, looks = by_openpyxl(name, data_only=True), by_openpyxl(name)
    with opened(BOOKS / name) as book:
        assert [sheet.name for sheet in book.sheets] == values.sheetnames
        for sheet in book.sheets:
            mine = grid(sheet)
            theirs = {place: other.value for place, other in cells_of(values[sheet.name])}
            assert {place: as_openpyxl_has_it(cell.value) for place, cell in mine.items() if cell.value} == {
                place: value for place, value in theirs.items() if value
            }
            for place, other in cells_of(looks[sheet.name]):
                compare_looks(mine.get(place, BLANK), other)


def compare_looks(cell: Cell, other: Any) -> None:
    where = other.coordinate
    is_formula = other.data_type == "f"
    assert cell.formula == (other.value if is_formula else ""), where
    assert cell.comment == (other.comment.text if other.comment else ""), where
    if cell == BLANK or isinstance(other, MergedCell):
        return
    assert cell.struck == bool(other.font.strike), where
    solid = other.fill.patternType == "solid"
    assert cell.fill == (other.fill.fgColor.rgb[2:] if solid else ""), where
    if other.hyperlink:
        assert cell.link == other.hyperlink.target, where


@pytest.mark.parametrize("name", EXCEL)
def test_what_is_hidden_and_merged_is_as_openpyxl_reads_it(name: str) -> None:
    others = by_openpyxl(name)
    with opened(BOOKS / name) as book:
        for sheet in book.sheets:
            other = others[sheet.name]
            visibility = {"visible": "shown", "hidden": "hidden", "veryHidden": "very_hidden"}[other.sheet_state]
            assert sheet.visibility == visibility
            assert {row.number for row in sheet.rows() if row.hidden} == {
                number for number, row in other.row_dimensions.items() if row.hidden
            }
            hidden = [column for column in other.column_dimensions.values() if column.hidden]
            assert sheet.hidden_columns == {n for column in hidden for n in range(column.min, column.max + 1)}
            mine = {(one.first_column, one.first_row, one.last_column, one.last_row) for one in sheet.merges}
            assert mine == {merged.bounds for merged in other.merged_cells.ranges}


def test_a_filter_and_a_hand_that_hide_rows_are_told_apart() -> None:
    def why(name: str, sheet_name: str) -> set[str]:
        with opened(BOOKS / name) as book:
            sheet = next(sheet for sheet in book.sheets if sheet.name == sheet_name)
            return {row.hidden for row in sheet.rows()} - {""}

    assert why(EXCEL[0], "2025") == {"filter"}
    assert why(EXCEL[1], "Complaints") == {"hand"}
    assert why(ODS, "Bramble Ct") == {"filter"}


def test_a_link_is_kept_as_words_whether_it_is_a_formula_or_a_text_that_looks_like_one() -> None:
    with opened(BOOKS / EXCEL[0]) as book:
        cells = [cell for sheet in book.sheets for row in sheet.rows() for cell in row.cells]
    formulas = [cell for cell in cells if cell.formula.startswith("=HYPERLINK")]
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=HYPERLINK")]
    assert formulas and all(cell.link.startswith("http") for cell in formulas)
    assert texts and not any(cell.formula for cell in texts)


def test_every_value_of_an_opendocument_workbook_is_as_calamine_reads_it() -> None:
    other = CalamineWorkbook.from_path(str(BOOKS / ODS))
    with opened(BOOKS / ODS) as book:
        assert [sheet.name for sheet in book.sheets] == other.sheet_names
        for sheet in book.sheets:
            mine = {place: cell for place, cell in grid(sheet).items() if cell.value is not None}
            rows = other.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            theirs = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}
            assert {place: cell.value for place, cell in mine.items()} == theirs


def test_marks_of_an_opendocument_workbook_are_found() -> None:
    with opened(BOOKS / ODS) as book:
        rows = [row for sheet in book.sheets for row in sheet.rows()]
        assert [sheet.name for sheet in book.sheets if sheet.visibility == "hidden"] == ["zz_old"]
    cells = [cell for row in rows for cell in row.cells]
    assert sum(bool(cell.comment) for cell in cells) == 15
    assert sum(row.hidden == "filter" for row in rows) == 8
    assert {cell.fill for cell in cells} == {"", "D9E1F2", "BFBFBF", "D0CECE"}
    assert sum(any(cell.struck for cell in row.cells) for row in rows) == 8


def test_every_record_of_a_text_file_is_as_the_csv_module_reads_it() -> None:
    with (BOOKS / CSV).open(encoding="cp1252", newline="") as file:
        theirs = [
            (number, [cell.replace("\r\n", "\n") for cell in cells])
            for number, cells in enumerate(csv.reader(file, delimiter=";"), start=1)
            if any(cells)
        ]
    with opened(BOOKS / CSV) as book:
        (sheet,) = book.sheets
        mine = [(row.number, [cell.value or "" for cell in row.cells]) for row in sheet.rows()]
    assert book.remarks == ("encoding_not_utf_8",)
    assert [number for number, _ in mine] == [number for number, _ in theirs]
    for (_, one), (_, other) in zip(mine, theirs, strict=True):
        assert one + [""] * (len(other) - len(one)) == other


@pytest.mark.parametrize("name", [*EXCEL, ODS, CSV])
def test_every_row_that_a_careful_human_counted_is_read_and_no_other(name: str) -> None:
    counted: set[tuple[str, int]] = set()
    for kind in ("events", "other_rows"):
        with (BOOKS / "truth" / f"{Path(name).stem}.{kind}.csv").open(encoding="utf-8", newline="") as file:
            counted |= {(row["sheet"], int(row["row"])) for row in csv.DictReader(file) if row.get("what") != "blank"}
    with opened(BOOKS / name) as book:
        assert {(sheet.name, row.number) for sheet in book.sheets for row in sheet.rows()} == counted
