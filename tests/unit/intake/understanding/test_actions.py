"""Actions as people keep them: what, who and by when in one cell or three, and what is asked instead of guessed."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from heedful.intake.sheets.opening import opened
from heedful.intake.understanding.actions import Action, actions
from heedful.intake.understanding.bookmap import BookMap
from heedful.intake.understanding.owing import Due, Names, due, is_nobody, split
from heedful.intake.understanding.study import studied

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "workbooks"
TRUTHS = [path for path in sorted(FOLDER.glob("truth/*.actions.csv")) if len(path.read_bytes().splitlines()) > 1]
RAISED = date(2025, 2, 10)


@pytest.mark.parametrize(
    ("text", "owner", "on", "precision"),
    [
        ("Hope - asap", "Hope", None, "asap"),
        ("KM, end March", "KM", date(2025, 3, 31), "month_end"),
        ("KM, end January", "KM", date(2026, 1, 31), "month_end"),
        ("KM end of March 26", "KM", date(2026, 3, 31), "month_end"),
        ("Oyin / 24.3.25", "Oyin", date(2025, 3, 24), "day"),
        ("Kerry/ongoing", "Kerry", None, "ongoing"),
        ("all staff / next team mtg", "all staff", None, "event"),
        ("12/2/25", "", date(2025, 2, 12), "day"),
        ("Anna-Lena Fox", "Anna-Lena Fox", None, ""),
        ("HJ", "HJ", None, ""),
        ("Ann by 3rd March 2025", "Ann", date(2025, 3, 3), "day"),
    ],
)
def test_owner_and_day_in_one_cell_are_taken_apart(text: str, owner: str, on: date | None, precision: str) -> None:
    found, when = split(text, RAISED, day_first=True)
    assert (found, when.on, when.precision, when.reason) == (owner, on, precision, "")


@pytest.mark.parametrize(
    ("text", "raised", "day_first", "reason"),
    [
        ("31/06/25", RAISED, True, "due_impossible"),
        ("end March", None, True, "year_unknown"),
        ("3/4/25", RAISED, False, "due_ambiguous"),
        ("13/4/25", RAISED, False, ""),
    ],
)
def test_a_day_that_cannot_be_or_has_two_readings_is_asked(
    text: str, raised: date | None, day_first: bool, reason: str
) -> None:
    found = due(text, raised, day_first=day_first)
    assert found is not None
    assert found.reason == reason


def test_a_stored_day_is_the_day() -> None:
    assert due(date(2025, 4, 3), RAISED, day_first=False) == Due(date(2025, 4, 3), "day")
    assert due("Kerry", RAISED, day_first=True) is None


def test_initials_and_first_names_mean_the_only_one_they_fit() -> None:
    names = Names(["Hope Jankow", "Hope Rook", "Kofi Mbeki"])
    assert names.owners("KM") == ("Kofi Mbeki",)
    assert names.owners("kofi & H.R.") == ("Kofi Mbeki", "H.R.")
    assert names.owners("HR") == ("Hope Rook",)
    assert names.owners("Hope") == ("Hope",)
    assert names.is_in_doubt("Hope")
    assert not names.is_in_doubt("HR")
    assert not names.is_in_doubt("Zed")
    assert is_nobody("all staff")


def kept(folder: Path, *rows: tuple[object, ...], struck: int = 0) -> list[Action]:
    book = openpyxl.Workbook()
    for row in (("Ref", "Action agreed", "Owner", "Due", "Done?"), *rows):
        book.active.append(row)
    if struck:
        book.active.cell(struck, 2).font = openpyxl.styles.Font(strike=True)
    book.save(folder / "actions.xlsx")
    with opened(folder / "actions.xlsx") as opened_book:
        return list(actions(studied(opened_book, BookMap()), ["Ann Fox", "Bo Hill"]))


def test_a_list_of_actions_is_read_and_what_is_missing_is_asked(tmp_path: Path) -> None:
    found = kept(
        tmp_path,
        ("A1", "Fit sensor mat", "Ann", date(2025, 3, 3), "yes"),
        ("A2", "Ring the council", None, "28.4.25", "no"),
        ("A3", "Remind staff", "all staff", "next team meeting", "no"),
        ("A4", "Review the plan", "Bo Hill", "13/05/25", "part"),
        struck=5,
    )
    assert [(one.text, one.owners, one.due, one.status) for one in found] == [
        ("Fit sensor mat", ("Ann Fox",), date(2025, 3, 3), "done"),
        ("Ring the council", (), date(2025, 4, 28), "open"),
        ("Remind staff", ("all staff",), None, "open"),
        ("Review the plan", ("Bo Hill",), date(2025, 5, 13), "part_done"),
    ]
    assert [one.reasons for one in found] == [
        (), ("owner_missing",), ("no_named_owner", "no_date"), ("struck_out_done_or_error",),
    ]  # fmt: skip


@pytest.mark.skipif(not TRUTHS, reason="the shared data is not beside the repository")
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_no_action_of_the_messy_workbooks_is_lost_or_guessed_wrong(truth: Path) -> None:
    with truth.open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    staff = sorted({name for row in wanted for name in row["owner"].split("|")})
    with opened(next(FOLDER.glob(f"{truth.name.split('.')[0]}.*"))) as book:
        found = {(one.sheet, str(one.row)): one for one in actions(studied(book, BookMap()), staff)}
    for row in wanted:
        one = found[row["sheet"], row["row"]]
        if one.outcome == "import":
            assert one.text == row["action"]
            assert "import" in (row["verdict"], row["also_ok"])
            assert ("|".join(one.owners), one.due.isoformat() if one.due else "") == (row["owner"], row["due_date"])
