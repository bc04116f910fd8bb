"""Where a header stands, what a sheet is, and what its columns mean."""

from heedful.intake.sheets.grid import Merge
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.layouts import layout
from heedful.intake.understanding.model import Layout
from tests.unit.intake.understanding.pages import HEADINGS, Page, entry, log, stored

ENTRIES = [entry(n, stored(2025, 3, n), home=("Elm Lodge", "The Grange")[n % 2]) for n in range(1, 9)]


def _laid_out(page: Page) -> Layout:
    return layout(Held(page))


def _meanings(found: Layout) -> dict[str, str]:
    return {column.header: column.meaning for column in found.columns}


def test_a_header_is_found_under_its_titles() -> None:
    found = _laid_out(Page("Log", [("Accident book",), (), ("Keep up to date",), HEADINGS, *ENTRIES]))
    assert (found.role, found.header_first, found.header_last) == ("events", 4, 4)
    assert _meanings(found) == {
        "Ref": "local_ref", "Date": "date", "Time": "time", "Home": "service", "Resident": "person", "Type": "kind",
        "What happened": "narrative", "Harm": "harm", "Reported by": "reporter",
    }  # fmt: skip


def test_a_header_over_two_rows_names_group_and_part() -> None:
    upper = ("Date", "Home", "Told", None, "Details", "Type")
    lower = (None, None, "Family", "GP", None, None)
    rows = [(e[1], e[3], "Y", "n", e[6], e[5]) for e in ENTRIES]
    found = _laid_out(Page("Log", [upper, lower, *rows], merges=(Merge(1, 3, 1, 4),)))
    assert (found.header_first, found.header_last) == (1, 2)
    assert _meanings(found)["Told > Family"] == "family_told"
    assert _meanings(found)["Told > GP"] == "gp_or_111"


def test_tick_columns_under_a_merged_heading_name_a_kind_each() -> None:
    upper = (None, "TYPE (tick)", None, None, None)
    lower = ("Date", "Fall", "Meds", "Other", "Details")
    ticks = [("x", None, None), (None, "✓", None), (None, None, "1")]
    rows = [(e[1], *ticks[n % 3], e[6]) for n, e in enumerate(ENTRIES)]
    found = _laid_out(Page("Log", [upper, lower, *rows], merges=(Merge(1, 2, 1, 4),)))
    assert [column.meaning for column in found.columns] == [
        "date",
        "kind:fall",
        "kind:medication",
        "kind:other",
        "narrative",
    ]


def test_a_table_without_names_is_read_by_what_stands_in_it() -> None:
    rows = [(e[1], e[3], f"A card with thanks came from the family, number {n}") for n, e in enumerate(ENTRIES)]
    found = _laid_out(Page("Thanks", rows))
    assert (found.role, found.header_first) == ("events", 0)
    assert [column.meaning for column in found.columns] == ["date", "service", "narrative"]


def test_words_decide_with_what_stands_in_the_column() -> None:
    times = [(e[1], "09:30", e[6]) for e in ENTRIES]
    people = [(e[1], "daughter", e[6]) for e in ENTRIES]
    assert _laid_out(Page("Log", [("Date", "From", "Details"), *times])).columns[1].meaning == "time"
    assert _laid_out(Page("Log", [("Date", "From", "Details"), *people])).columns[1].meaning == "complainant"


def test_every_column_says_why() -> None:
    assert all(column.confidence > 0.5 and column.reasons for column in _laid_out(log(*ENTRIES)).columns)


def test_sheets_of_other_things_are_known() -> None:
    months = [(stored(2025, n, 1), 300 + n, 410 + n) for n in range(1, 9)]
    pages = {
        "exposures": Page("Days", [("Month", "Elm Lodge", "The Grange"), *months]),
        "summary": Page("KPI", [("Month", "Falls", "Complaints"), *months]),
        "actions": Page("Actions", [("Action agreed", "Owner", "Due"), ("Buy a mat", "LK", stored(2025, 4, 1))]),
        "lookup": Page("Lists", [("Home",), ("Elm Lodge",), ("The Grange",)], visibility="hidden"),
        "notes": Page("Read me", [("How to use this book of ours, please read before you write in it",)]),
    }
    assert {role: _laid_out(page).role for role, page in pages.items()} == {role: role for role in pages}
