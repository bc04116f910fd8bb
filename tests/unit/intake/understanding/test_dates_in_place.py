"""A date is taken where one reading is left; two readings are never settled in silence."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from heedful.intake.understanding.bookmap import Answer
from heedful.intake.understanding.model import Read
from tests.unit.intake.understanding.pages import Line, Page, by_row, entry, log, read, stored

DAYS = st.dates(date(2018, 1, 1), date(2026, 9, 30))
# Nothing in it proves an order of day and month, and it is in no order.
MIXED = [date(2025, 4, 2), date(2023, 9, 5), date(2026, 1, 3), date(2024, 7, 11), date(2022, 12, 6), date(2025, 2, 8),
         date(2023, 3, 1), date(2026, 6, 9), date(2022, 5, 10)]  # fmt: skip


def _text(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _rows(*lines: Line) -> list[Read]:
    return read(log(*lines)).rows


@settings(max_examples=25, deadline=None)
@given(DAYS)
def test_a_date_with_two_readings_is_asked_where_nothing_proves_the_order(day: date) -> None:
    assume(day.day <= 12 and day.day != day.month)
    last = _rows(*(entry(n, _text(other)) for n, other in enumerate(MIXED)), entry(99, _text(day)))[-1]
    assert (last.outcome, last.reason) == ("ask", "ambiguous_date_order")
    assert set(last.date_candidates) == {day.isoformat(), date(day.year, day.day, day.month).isoformat()}


@settings(max_examples=25, deadline=None)
@given(DAYS)
def test_it_is_taken_day_first_where_the_rest_of_the_file_proves_it(day: date) -> None:
    proofs = [entry(n, _text(other + timedelta(days=17))) for n, other in enumerate(MIXED)]
    last = _rows(*proofs, *(entry(50 + n, _text(o)) for n, o in enumerate(MIXED)), entry(99, _text(day)))[-1]
    assert last.outcome == "ask" or last.event.date == day.isoformat()


def test_somebody_who_puts_the_month_first_is_asked_about_and_then_believed() -> None:
    ours = [entry(n, _text(other + timedelta(days=17))) for n, other in enumerate(MIXED)]
    theirs = [entry(60 + n, f"{4 + n}/{20 + n}/2025", by="Jo") for n in range(3)]
    page = log(*ours, *theirs, entry(99, "5/6/2025", by="Jo"), entry(98, "7/8/2025", by="LK"))
    asked = read(page)
    assert (asked.rows[-2].outcome, asked.rows[-2].waits_for) == ("ask", ("date_order",))
    assert (asked.rows[-1].outcome, asked.rows[-1].event.date) == ("import", "2025-08-07")
    told = read(page, answers={"date_order": Answer(choice="day_first_except", values=("Jo",))})
    assert (told.rows[-2].outcome, told.rows[-2].event.date) == ("import", "2025-05-06")


def _in_order(odd: object, place: int = 12) -> list[Read]:
    lines: list[Line] = [entry(n, stored(2025, 1, 13) + timedelta(days=9 * n)) for n in range(25)]
    lines[place] = entry(place, odd)  # type: ignore[arg-type]
    return read(log(*lines)).rows


def test_a_real_date_out_of_order_is_asked_with_its_exchanged_reading_first() -> None:
    row = _in_order(stored(2025, 2, 5), 12)[12]
    assert (row.outcome, row.reason) == ("ask", "date_out_of_sequence")
    row = _in_order(stored(2025, 1, 5), 12)[12]
    assert row.date_candidates[0] in {"2025-05-01", "2025-01-05"}


@pytest.mark.parametrize(
    ("text", "day"), [("1/5/25", "2025-05-01"), ("3rd May", "2025-05-03"), ("2.5.25", "2025-05-02")]
)
def test_a_text_that_fits_between_its_neighbours_is_taken(text: str, day: str) -> None:
    row = _in_order(text)[12]
    assert (row.outcome, row.event.date) == ("import", day)


@pytest.mark.parametrize("odd", [stored(2035, 5, 1), "1/5/35", stored(2021, 5, 1), "12/11/25", None, "31/2/25", "?"])
def test_a_date_that_cannot_be_right_is_asked(odd: object) -> None:
    assert _in_order(odd)[12].outcome == "ask"


def test_the_month_bar_gives_the_month_and_year_that_a_row_leaves_out() -> None:
    page = log(
        ("MAY 2025",), entry(1, "10th"), entry(2, "12/5"), entry(3, "14th May"), entry(4, "as above"), entry(5, 16)
    )
    assert [row.event.date[-5:] for row in read(page).rows] == ["05-10", "05-12", "05-14", "05-14", "05-16"]


def test_several_real_dates_outside_their_month_bars_make_one_question_for_the_file() -> None:
    lines: list[Line] = []
    for month in (1, 2, 3, 4):
        lines.append((f"{date(2025, month, 1):%B %Y}",))
        lines += [entry(month * 10 + n, stored(2025, month, 14 + n)) for n in range(3)]
        lines.append(entry(month * 10 + 9, stored(2025, 9, month)))
    asked = read(log(*lines))
    assert [(q.key, q.rows) for q in asked.open_questions()] == [("date_order/exchanged", 4)]
    told = read(log(*lines), answers={"date_order/exchanged": Answer(choice="exchange")})
    assert [r.event.date for r in told.rows if r.event.ref.endswith("9")] == [f"2025-0{m}-09" for m in (1, 2, 3, 4)]


def test_two_columns_that_can_be_the_date_are_asked_about_where_they_differ() -> None:
    head = ("Date", "Date of incident", "Home", "Type", "What happened")
    lines = [
        (stored(2025, 3, n), stored(2025, 3, n), "Elm Lodge", "Fall", f"Found by the bed, number {n}")
        for n in (1, 2, 4)
    ]
    page = Page(
        "Log", [head, *lines, (stored(2025, 3, 9), stored(2025, 3, 7), "Elm Lodge", "Fall", "Slipped at the door")]
    )
    asked = read(page)
    assert [(r.outcome, r.reason) for r in asked.rows] == [("import", "")] * 3 + [("ask", "date_meaning")]
    (question,) = asked.open_questions()
    assert [choice.values for choice in question.choices] == [("Date",), ("Date of incident",), ()]
    told = read(page, answers={question.key: Answer(choice="column", values=("Date of incident",))})
    assert [r.event.date for r in told.rows][-1] == "2025-03-07"


def test_a_year_in_a_title_counts_only_where_the_dates_bear_it_out() -> None:
    lines = [entry(n, stored(2025, 3, n)) for n in range(1, 10)]
    old = Page("Accident book 2019", [*log(*lines[:6], entry(20, "7 March"), *lines[6:]).lines])
    assert read(old).rows[6].event.date == "2025-03-07"
    assert {r.outcome for r in read(old).rows} == {"import"}


def test_precision_is_kept() -> None:
    page = log(entry(1, "w/c 19.5.25"), entry(2, "13-14/6/25"), entry(3, "July 2025"), name="2025")
    said = [(r.event.date, r.event.date_end, r.event.precision) for r in read(page).rows]
    assert said == [
        ("2025-05-19", "2025-05-25", "week"),
        ("2025-06-13", "2025-06-14", "range"),
        ("2025-07-01", "2025-07-31", "month"),
    ]


def test_a_sheet_that_is_kept_newest_first_is_in_order_too() -> None:
    lines = [entry(n, stored(2025, 9, 28) - timedelta(days=9 * n)) for n in range(25)]
    lines[12] = entry(12, stored(2025, 12, 6))
    rows = by_row(read(log(*lines)), "Log")
    assert rows[14].outcome == "ask"
    assert sum(row.outcome == "ask" for row in rows.values()) == 1


def test_a_page_without_any_date_is_not_taken_for_events() -> None:
    assert read(Page("Rota", [("Name", "Shift"), ("LK", "early"), ("JS", "late")])).rows == []
