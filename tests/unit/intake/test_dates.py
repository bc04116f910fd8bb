"""Dates are read by a stated pattern; what has two readings is asked."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake import dates
from heedful.intake.dates import PatternError, Unread, When


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("2014-07-29", "YYYY-MM-DD", date(2014, 7, 29)),
        ("05/02/2026", "DD/MM/YYYY", date(2026, 2, 5)),
        ("5/2/2026", "DD/MM/YYYY", date(2026, 2, 5)),
        ("05/02/2026", "MM/DD/YYYY", date(2026, 5, 2)),
        ("5.2.26", "DD.MM.YY", date(2026, 2, 5)),
        ("3rd May 2025", "DD MMM YYYY", date(2025, 5, 3)),
        ("3 sept 2025", "DD MMM YYYY", date(2025, 9, 3)),
        ("29 February 2024", "DD MMM YYYY", date(2024, 2, 29)),
    ],
)
def test_a_pattern_reads_its_own_dates(text: str, pattern: str, day: date) -> None:
    assert dates.read(text, (pattern,)) == When(day)


@pytest.mark.parametrize("text", ["30/02/2026", "31/04/2026", "29/02/2025", "00/01/1900", "05/13/2026", "01/01/0000"])
def test_a_day_that_does_not_exist_is_impossible_not_unreadable(text: str) -> None:
    assert dates.read(text, ("DD/MM/YYYY",)) == Unread("impossible")


@pytest.mark.parametrize("text", ["", "soon", "2026-02-05", "5/2", "5/2/2026 or so", "3 Foo 2025", "٥/٢/٢٠٢٦x"])
def test_another_text_is_unreadable(text: str) -> None:
    assert dates.read(text, ("DD/MM/YYYY", "DD MMM YYYY")) == Unread("unreadable")


def test_without_a_pattern_only_the_year_first_form_is_read_and_the_rest_is_asked() -> None:
    assert dates.read("2026-02-05", ()) == When(date(2026, 2, 5))
    for text in ("05/02/2026", "5.2.26", "05-02-2026", "25/02/2026", "02/25/2026"):
        assert dates.read(text, ()) == Unread("ambiguous")
    assert dates.read("last week", ()) == Unread("unreadable")


def test_two_patterns_that_read_one_date_differently_are_ambiguous() -> None:
    both = ("DD/MM/YYYY", "MM/DD/YYYY")
    assert dates.read("05/02/2026", both) == Unread("ambiguous")
    assert dates.read("25/02/2026", both) == When(date(2026, 2, 25))
    assert dates.read("05/05/2026", both) == When(date(2026, 5, 5))


def test_some_dates_prove_an_order() -> None:
    assert [dates.order_shown(text) for text in ("25/02/2026", "02/25/2026", "05/02/2026", "x")] == [
        "day",
        "month",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "pattern", "at"),
    [
        ("21:05", "hh:mi", time(21, 5)),
        ("9.15 pm", "hh.mi ap", time(21, 15)),
        ("12:00 am", "hh:mi ap", time(0, 0)),
        ("12:30 p.m.", "hh:mi ap", time(12, 30)),
        ("23:59:59.123", "hh:mi:ss", time(23, 59, 59)),
    ],
)
def test_times_of_day(text: str, pattern: str, at: time) -> None:
    found = dates.read(text, (pattern,))
    assert isinstance(found, When)
    assert found.at == at


def test_a_time_that_no_clock_shows_is_impossible() -> None:
    assert dates.read("25:00", ("hh:mi",)) == Unread("impossible")
    assert dates.read("13:00 pm", ("hh:mi ap",)) == Unread("impossible")


def test_a_date_and_time_in_one_cell() -> None:
    assert dates.read("2026-02-05T07:30", ("YYYY-MM-DDThh:mi",)) == When(date(2026, 2, 5), time(7, 30))


@pytest.mark.parametrize(
    "pattern", ["", "dd/mm/yyyy", "%d/%m/%Y", "DD/MM", "DD/MM/YYYY/YY", "DD/DD/YYYY", "YYYY", "hh"]
)
def test_a_pattern_that_cannot_work_is_said(pattern: str) -> None:
    with pytest.raises(PatternError):
        dates.compiled(pattern)


@given(st.dates(), st.sampled_from(["YYYY-MM-DD", "DD/MM/YYYY", "DD MMM YYYY", "MM/DD/YYYY"]))
def test_every_day_of_the_calendar_survives_its_pattern(day: date, pattern: str) -> None:
    month = dates.MONTHS[day.month - 1]
    said = pattern.replace("MMM", month).replace("YYYY", f"{day.year:04}").replace("DD", f"{day.day:02}")
    assert dates.read(said.replace("MM", f"{day.month:02}"), (pattern,)) == When(day)


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for patterns in ((), ("DD/MM/YYYY", "MM/DD/YYYY"), ("DD MMM YYYY hh:mi ap",)):
        assert isinstance(dates.read(text, patterns), When | Unread)
