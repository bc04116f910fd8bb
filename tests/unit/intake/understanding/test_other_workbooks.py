"""Invented workbooks of other shapes than the shared ones, as files, with what a careful person would make of them."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from heedful.intake.sheets.opening import opened
from heedful.intake.understanding.book import Understood, understand
from heedful.intake.understanding.bookmap import Answer, BookMap
from tests.unit.intake.understanding.pages import stored

TODAY = date(2026, 11, 22)
ASK = "ask"
# What each row is: ask, or its date (to its end), service and kinds.
Truth = dict[tuple[str, int], str | tuple[str, str, str, tuple[str, ...]]]


def _understood(path: Path, **answers: Answer) -> Understood:
    with opened(path) as book:
        return understand(book, BookMap(answers=answers), today=TODAY)


def _compared(found: Understood, truth: Truth) -> list[str]:
    """Everything that is not as it should be."""
    wrong = []
    for read in found.rows:
        want = truth.get((read.sheet, read.row))
        event = read.event
        said = (event.date, event.date_end, event.service, event.kinds)
        if want is None or (read.outcome == "import" and said != want) or (want != ASK and read.outcome != "import"):
            wrong.append(f"{read.sheet} {read.row}: {read.outcome} {read.reason} {said}, not {want}")
    missing = set(truth) - {(read.sheet, read.row) for read in found.rows}
    return wrong + [f"{sheet} {row} is lost" for sheet, row in missing]


# A sheet a month, newest first, date and time in one cell, titles and a total.
MONTHS_HEAD = ("Incident No", "Date & time of incident", "Home", "Name of resident", "Category of incident",
               "Brief description of what happened", "Level of harm", "NOK informed (Y/N)", "Completed by",
               "Manager sign off")  # fmt: skip
MARCH = [
    (31, stored(2026, 3, 30, 14, 20), "Elm Lodge", "Mr Abbot", "Fall - unwitnessed",
     "Beside his bed at the start of the round", "None", "Y", "LK", "PW"),
    (30, "28/03/26 21:15", "Elm Lodge", "Mrs Dean", "Medication error - omission",
     "Evening tablets still in the pot", "Low", "N", "LK", ""),
    (29, "w/c 23/3/26", "The Grange", "Mr Abbot", "Pressure damage",
     "New sore seen on left heel during wash", "Low", "", "JS", ""),
    (28, "17/03/26", "Elm Ldge", "Ms Frost", "Verbal aggression",
     "Shouted when asked to come to dinner", "nil", "na", "JS", ""),
    (27, "17/03/26", "Elm Ldge", "Ms Frost", "Z9", "Shouted when asked to come to lunch", "nil", "na", "JS", ""),
    (26, stored(2026, 3, 10, 9), "Grange", "Mr Hill", "Absconsion",
     "Left by the side gate for the shop", "No harm", "Y", "TM", ""),
    (25, "2/3/26", "G", "Mr Hill", "Other", "Broken window in the conservatory", "None", "", "TM", ""),
]  # fmt: skip
FEBRUARY = [
    (24, stored(2026, 2, 27, 9), "The Grange", "Mrs Dean", "Nutrition",
     "Lost two kilos in a month, GP told", "Moderate", "Y", "TM", "PW"),
    (23, stored(2026, 2, 20, 11), "The Grange", "Mrs Dean", "Slip",
     "Slipped in the wet room, helped up by two", "Low", "Y", "TM", "PW"),
    (22, "11/2/26", "Elm Lodge", "Ms Frost", "Aggression", "Threw a cup at the wall", "None", "", "JS", ""),
    (22, "11/2/26", "Elm Lodge", "Ms Frost", "Aggression", "Threw a cup at the wall", "None", "", "JS", ""),
    (21, "30/1/26", "Elm Lodge", "Ms Frost", "Aggression", "Threw a plate at the wall", "None", "", "JS", ""),
]  # fmt: skip
MONTHS_TRUTH: Truth = {
    ("March 2026", 5): ("2026-03-30", "", "Elm Lodge", ("fall",)),
    ("March 2026", 6): ("2026-03-28", "", "Elm Lodge", ("medication",)),
    ("March 2026", 7): ("2026-03-23", "2026-03-29", "The Grange", ("pressure_ulcer",)),
    ("March 2026", 8): ("2026-03-17", "", "Elm Lodge", ("behaviour",)),
    ("March 2026", 9): ASK,
    ("March 2026", 10): ("2026-03-10", "", "The Grange", ("missing_person",)),
    ("March 2026", 11): ASK,
    ("Feb 2026", 5): ("2026-02-27", "", "The Grange", ("nutrition_hydration",)),
    ("Feb 2026", 6): ("2026-02-20", "", "The Grange", ("fall",)),
    ("Feb 2026", 7): ("2026-02-11", "", "Elm Lodge", ("behaviour",)),
    ("Feb 2026", 8): "reject",
    ("Feb 2026", 9): ASK,
}


def _months(path: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("March 2026", MARCH), ("Feb 2026", FEBRUARY)):
        sheet = book.create_sheet(name)
        sheet.append(["Accident and incident log"])
        sheet.append([f"Month: {name}"])
        sheet.append([])
        for row in (MONTHS_HEAD, *rows):
            sheet.append(row)
        sheet.append(["Total incidents", len(rows)])
    contacts = book.create_sheet("Contacts")
    for pair in (("Name", "Phone"), ("On call", "01234 000000")):
        contacts.append(pair)
    book.save(path)
    return path


def test_a_sheet_a_month_newest_first(tmp_path: Path) -> None:
    found = _understood(_months(tmp_path / "log.xlsx"))
    wrong = [line for line in _compared(found, MONTHS_TRUTH) if "exact_duplicate" not in line]
    assert wrong == []
    assert sum(read.reason == "exact_duplicate" for read in found.rows) == 1
    assert [(o.row, o.what) for o in found.others if o.sheet == "Feb 2026"] == [
        (1, "title"),
        (2, "title"),
        (4, "header"),
        (10, "total"),
    ]


# One long list with a bar for each home, ticks under a merged heading, the year only in the title; one row struck.
HOMES_TRUTH: Truth = {
    ("Book", 5): ("2025-01-06", "", "Fern View", ("fall",)),
    ("Book", 6): ("2025-01-19", "", "Fern View", ("medication",)),
    ("Book", 7): ("2025-02-03", "", "Fern View", ("fall", "injury")),
    ("Book", 8): ASK,
    ("Book", 9): ("2025-03-14", "", "Fern View", ("other",)),
    ("Book", 10): ASK,
    # One date that can only be day first is no proof of a habit.
    ("Book", 12): ASK,
    ("Book", 13): ("2025-02-22", "", "Oak Rise", ("fall",)),
    ("Book", 14): ASK,
}


def _homes(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Book"
    rows: list[tuple[object, ...]] = [
        ("Falls, medicines and injuries 2025",),
        (None, None, "Type of incident", None, None, None, None),
        ("Date", "Who", "Fall", "Meds", "Skin tear", "Other", "Details"),
        ("FERN VIEW",),
        ("6 Jan", "AB", "x", None, None, None, "Slid from the chair while reaching for her stick"),
        ("19 Jan", "AB", None, "x", None, None, "Eye drops left out of the morning round"),
        ("3 Feb", "CD", "x", None, "x", None, "Tripped over the mat and caught her arm on the door"),
        ("20 Feb", "CD", None, None, None, None, "Nothing was ticked but she was upset all morning"),
        ("14 March", "EF", None, None, None, "x", "Lift stopped between two floors for an hour"),
        ("18 March", "EF", None, "x", None, None, "Crossed out by somebody with a ruler and a pen"),
        ("OAK RISE",),
        ("9/1", "GH", None, None, "x", None, "Scraped her shin on the footplate of the chair"),
        ("22/2", "GH", "x", None, None, None, "Went down slowly in the hall with two beside her"),
        ("30/2", "GH", "x", None, None, None, "Went down again in the hall, with nobody near"),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("C2:F2")
    for cell in sheet[10]:
        cell.font = Font(strike=True)
    hours = book.create_sheet("Hours")
    for line in (
        ("Service", "Month", "Hours"),
        ("Fern View", "Jan 2025", 410),
        ("Oak Rise", "Jan 2025", 398),
        ("Fern View", "Feb 2025", 400),
    ):
        hours.append(line)
    book.save(path)
    return path


def test_bars_for_homes_and_ticks_for_kinds(tmp_path: Path) -> None:
    path = _homes(tmp_path / "book.xlsx")
    with opened(path) as book:
        found = understand(book, BookMap(), today=TODAY, services=["Fern View", "Oak Rise"])
    assert _compared(found, HOMES_TRUTH) == []
    assert {layout.sheet: layout.role for layout in found.study.layouts} == {"Book": "events", "Hours": "exposures"}


# An export with commas, quotes and a mark at its beginning; in no order; one writer puts the month first.
EXPORT = """\ufeffEvent Date,Event Time,Location,Person,Event Type,Summary,Action Taken,Severity,Reported By,Reported on
13/04/2025,08:10,Fern View,AB,Behaviour,"Hit the table, upset by noise",Sat with her,1 - none,Ann,14/04/2025
05/06/2025,1430,Fern View,AB,Medication,"Wrong tablet, ""checked"" with 111",Rang 111,2 - low,Ann,05/06/2025
25/02/2025,teatime,Oak Rise,CD,Fall,Tripped over rug,First aid,1,Cy,26/02/2025
2025-07-03,10:00,Oak Rise,EF,Missing person,Did not come back from club until 9,,1,Cy,03/07/2025
30/06/2025,10:00,Oak rise,EF,Financial,£20 short in tin,,1,Cy,30/06/2025
04/19/2025,11:00,Fern View,AB,Self-harm,Scratched her arm with a pen,,2,Jo,20/04/2025
05/23/2025,11:00,Oak Rise,EF,Fire,Toast set off the alarm,,1,Jo,23/05/2025
06/07/2025,11:00,Oak Rise,EF,Choking,Coughed on bread and got red in the face,,2,Jo,19/08/2025
01/09/2025,11:00,,AB,Choking,Coughed on an apple,,2,Ann,02/09/2025
02/10/2025,,Fern View,AB,Fall,,,1,Ann,02/10/2025
03/11/2025,,Fern View,AB,Fall,Slipped on wet leaves by the gate,,1,Ann,01/11/2025
Total,11,,,,,,,,
"""
EXPORT_TRUTH: Truth = {
    ("(file)", 2): ("2025-04-13", "", "Fern View", ("behaviour",)),
    ("(file)", 3): ("2025-06-05", "", "Fern View", ("medication",)),
    ("(file)", 4): ("2025-02-25", "", "Oak Rise", ("fall",)),
    ("(file)", 5): ("2025-07-03", "", "Oak Rise", ("missing_person",)),
    ("(file)", 6): ("2025-06-30", "", "Oak Rise", ("financial_property",)),
    ("(file)", 7): ("2025-04-19", "", "Fern View", ("behaviour",)),
    ("(file)", 8): ("2025-05-23", "", "Oak Rise", ("environment",)),
    ("(file)", 9): ASK,
    ("(file)", 10): ASK,
    ("(file)", 11): ASK,
    ("(file)", 12): ASK,
}


def test_an_export_in_no_order(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    found = _understood(path)
    assert _compared(found, EXPORT_TRUTH) == []
    assert found.rows[0].event.harm == "none"
    assert found.rows[2].event.harm == "none"


@pytest.mark.parametrize("answer", ["day_first", "month_first"])
def test_an_answer_settles_the_rows_that_hang_on_it(tmp_path: Path, answer: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    told = _understood(path, date_order=Answer(choice=answer))
    read = next(read for read in told.rows if read.row == 9)
    assert (read.outcome, read.event.date) == (
        "import",
        {"day_first": "2025-07-06", "month_first": "2025-06-07"}[answer],
    )
