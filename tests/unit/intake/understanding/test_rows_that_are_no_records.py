"""Bars, sums, repeated headers, signatures and rows that run on are named, never taken for events and never lost."""

import pytest

from heedful.intake.sheets.grid import Cell
from tests.unit.intake.understanding.pages import HEADINGS, Line, Page, by_row, entry, log, read, stored

FIRST = [entry(n, stored(2025, 3, n)) for n in range(1, 7)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (("MARCH 2025",), "month_banner"),
        ((2025,), "year_banner"),
        (("Total", 14), "total"),
        (HEADINGS, "repeated_header"),
        (("Reviewed by: ____________  Date: ______",), "signature"),
        (("Checked by head office, see the notes on the front",), "footer"),
        ((None,) * 6 + ("and was helped back into bed by two",), "continuation"),
    ],
)
def test_a_row_that_is_no_record_is_named(line: Line, what: str) -> None:
    found = read(log(*FIRST, line))
    assert [(other.row, other.what) for other in found.others] == [(1, "header"), (8, what)]
    assert len(found.rows) == 6


def test_an_account_runs_on_into_the_next_row() -> None:
    found = read(log(*FIRST, (None,) * 6 + ("and was helped up",)))
    assert by_row(found, "Log")[7].event.narrative.endswith("story number 6 of the book\nand was helped up")


def test_a_nil_return_is_a_record_that_says_nothing_happened() -> None:
    nil = by_row(read(log(*FIRST, ("NIL",))), "Log")[8]
    assert (nil.outcome, nil.reason) == ("reject", "nil_return")


def test_a_key_beside_the_table_is_no_part_of_it() -> None:
    head = (*HEADINGS, None, "Key")
    page = Page(
        "Log", [head, (*FIRST[0], None, "E2 = fall from bed"), *FIRST[1:], entry(7, stored(2025, 3, 9), kind="E2")]
    )
    assert by_row(read(page), "Log")[8].event.kinds == ("fall",)


def test_a_bar_with_a_home_gives_the_rows_below_their_service() -> None:
    head = ("Date", "Resident", "Type", "What happened")
    lines = [(e[1], e[4], e[5], e[6]) for e in FIRST]
    page = Page("2025", [head, ("ELM LODGE",), *lines[:3], ("The Grange",), *lines[3:]])
    found = read(page, services=["Elm Lodge", "The Grange"])
    assert [r.event.service for r in found.rows] == ["Elm Lodge"] * 3 + ["The Grange"] * 3


@pytest.mark.parametrize("repeat", [2, 3])
def test_every_row_is_accounted_for_once(repeat: int) -> None:
    lines = [*FIRST, ("Total", 6), (), ("APRIL 2025",), *FIRST] * repeat
    page = log(*lines)
    found = read(page)
    rows = [r.row for r in found.rows] + [other.row for other in found.others]
    assert sorted(rows) == [row.number for row in page.rows()]


def test_a_struck_row_is_asked_about_until_somebody_says_what_it_means() -> None:
    struck = [Cell(value, struck=value is not None) for value in entry(7, stored(2025, 3, 9))]  # type: ignore[arg-type]
    found = read(log(*FIRST, struck))
    assert (found.rows[-1].outcome, found.rows[-1].waits_for) == ("ask", ("strike_meaning",))
    assert [question.key for question in found.open_questions()] == ["strike_meaning"]
