"""Figures of how much care there was, as people keep them, and what is asked about instead of guessed."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from heedful.intake.sheets.grid import Cell, Row, Value
from heedful.intake.sheets.opening import opened
from heedful.intake.sheets.places import place
from heedful.intake.understanding.amounts import amount
from heedful.intake.understanding.bookmap import BookMap
from heedful.intake.understanding.exposures import Figure, figures, in_table
from heedful.intake.understanding.servicewords import Services
from heedful.intake.understanding.study import studied

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "workbooks"
TRUTHS = [path for path in sorted(FOLDER.glob("truth/*.exposures.csv")) if len(path.read_bytes().splitlines()) > 1]
# What the manager says once, of a heading that nobody else could know.
SAID = {"Castlewick": ("C/wick",), "1-3 March Street": ("1-3",)}


def kept(*lines: str) -> list[Figure]:
    """The figures in lines with semicolons, in a table of two homes."""
    rows = [Row(n, tuple(Cell(text or None) for text in line.split(";"))) for n, line in enumerate(lines, start=1)]
    return in_table("Figures", rows, Services(["Fern View", "Moor House"])).found


def told(found: list[Figure]) -> list[tuple[str, str, str, str, float | None]]:
    return [(one.service, f"{one.first:%d.%m}", f"{one.last:%d.%m.%y}", one.measure, one.value) for one in found]


@pytest.mark.parametrize(
    ("value", "number", "reason"),
    [
        (4220, 4220, ""),
        (0, 0, ""),
        ("0", 0, ""),
        ("4,220", 4220, ""),
        ("approx 3300", 3300, ""),
        ("~ 3300 visits", 3300, ""),
        ("267hrs", 267, ""),
        ("12.5", 12.5, ""),
        (None, None, "missing"),
        (" ", None, "missing"),
        ("tbc", None, "not_known_yet"),
        ("about 30 or 40", None, "not_known_yet"),
        ("#REF!", None, "formula_error"),
        ("#DIV/0!", None, "formula_error"),
        ("88%", None, "looks_like_occupancy_percent"),
        (0.88, None, "looks_like_occupancy_percent"),
        ("2126 (to 15th)", 2126, "part_period"),
        (-3, -3, "negative"),
        (True, None, "missing"),
        (date(2025, 1, 1), None, "not_a_number"),
    ],
)
def test_a_figure_is_read_as_it_is_written_and_never_made_up(value: Value, number: float | None, reason: str) -> None:
    found = amount(Cell(value))
    assert (found.value, found.reason) == (number, reason)


def test_a_figure_that_is_crossed_out_is_asked_about() -> None:
    assert amount(Cell(12, struck=True)).reason == "crossed_out"


def test_periods_down_and_services_across() -> None:
    found = kept(
        "Occupied bed days",
        "Month;Fern View;Moor Hse;Total",
        "Jan 2025;100;200;300",
        "Feb 2025;110;;110",
        "March 2025;120;tbc;120",
        "Total;330;200;530",
    )
    assert told(found)[:2] == [
        ("Fern View", "01.01", "31.01.25", "occupied_bed_days", 100),
        ("Moor House", "01.01", "31.01.25", "occupied_bed_days", 200),
    ]
    assert [one.reason for one in found] == ["", "", "", "missing", "", "not_known_yet"]


def test_services_down_and_periods_across_beside_their_beds() -> None:
    found = kept(
        "Bed nights",
        "Home;Beds;Jan 2025;Feb 2025;Mar 2025",
        "Fern View;10;300;270;320",
        "Moor House;8;240;0;230",
        "TOTAL;;540;270;550",
    )
    assert [one.reason for one in found] == ["", "", "more_than_capacity", "", "", ""]
    assert [one.value for one in found] == [300, 270, 320, 240, 0, 230]


def test_a_line_for_each_service_and_month_with_its_measure() -> None:
    months = ("Jan 2025", "Feb 2025", "Mar 2025")
    lines = [line for month in months for line in (f"Fern View;OBD;{month};300", f"Moor House;Care hrs;{month};1,200")]
    found = kept("Service;Measure;Month;Figure", *lines)
    assert Counter((one.service, one.measure, one.value) for one in found) == {
        ("Fern View", "occupied_bed_days", 300): 3,
        ("Moor House", "care_hours", 1200): 3,
    }


@pytest.mark.parametrize("heading", ["w/c", "Date"])
def test_weeks_are_weeks_by_their_heading_or_their_distance(heading: str) -> None:
    lines = ("06/01/2025;300;310", "w/c 13.1.25;301;311", "20/01/2025;302;312")
    found = kept("Support hours", f"{heading};Fern View;Moor House", *lines)
    weeks = [f"{one.first:%d.%m}-{one.last:%d.%m}" for one in found[::2]]
    assert weeks == ["06.01-12.01", "13.01-19.01", "20.01-26.01"]


def test_a_slip_of_the_keyboard_is_asked_about() -> None:
    lines = [f"{month} 2025;300;200" for month in ("Jan", "Feb", "Mar", "Apr", "May")]
    found = kept("Bed days", "Month;Fern View;Moor House", *lines, "Jun 2025;3000;210")
    assert [one.reason for one in found if one.reason] == ["implausible_10x"]


def test_a_heading_that_is_no_known_service_is_asked_about_and_not_passed_over() -> None:
    lines = [f"{month} 2025;300;200;50" for month in ("Jan", "Feb", "Mar")]
    found = kept("Bed days", "Month;Fern View;Moor House;Zed", *lines)
    assert {(one.service, one.outcome, one.reason) for one in found if one.named == "Zed"} == {
        ("", "ask", "service_unknown")
    }


def test_a_table_that_does_not_say_what_it_counts_is_asked_about() -> None:
    lines = [f"{month} 2025;300;200" for month in ("Jan", "Feb", "Mar")]
    found = kept("Month;Fern View;Moor House", *lines)
    assert {one.reason for one in found} == {"measure_unknown"}


@pytest.mark.skipif(not TRUTHS, reason="the shared data is not beside the repository")
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_every_figure_of_the_messy_workbooks_is_right_or_asked_about(truth: Path) -> None:
    with truth.open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    services = tuple(sorted({row["service"] for row in wanted}))
    spoken = {name: other for name, other in SAID.items() if name in services}
    with opened(next(FOLDER.glob(f"{truth.name.split('.')[0]}.*"))) as book:
        found = figures(studied(book, BookMap(services=spoken), services)).found
    mine = {(one.sheet, one.row, one.column): one for one in found}
    assert len(mine) == len(found) == len(wanted)
    for row in wanted:
        one = mine[row["sheet"], *place(row["cell"])]
        assert (one.outcome, one.reason) == (row["verdict"], row["reason"])
        assert (one.service, one.measure) == (row["service"], row["measure"])
        assert (one.first.isoformat(), one.last.isoformat()) == (row["period_start"], row["period_end"])
        assert row["verdict"] == "ask" or one.value == float(row["value"])
