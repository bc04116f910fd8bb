"""What a date as people write it can mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake.sheets.grid import Value
from heedful.intake.understanding.datewords import Parts, bar, form
from tests.unit.intake.understanding.pages import stored

DAYS = st.dates(date(2012, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("text", "shape", "day", "month", "year"),
    [
        ("21.3.24", "day", 21, 3, 2024),
        ("2-3-21", "day", 2, 3, 2021),
        ("2024-03-05", "day", 5, 3, 2024),
        ("5th Jan 24", "day", 5, 1, 2024),
        ("2024-03-05T14:30:00", "day", 5, 3, 2024),
        ("Sun 3rd January 2021", "day", 3, 1, 2021),
        ("9-Jun-24", "day", 9, 6, 2024),
        ("29th January", "day", 29, 1, 0),
        ("4/3", "day", 4, 3, 0),
        ("45138", "day", 31, 7, 2023),
        (45138, "day", 31, 7, 2023),
        (stored(2024, 2, 4), "day", 4, 2, 2024),
        ("06/07/23 22.45", "day", 6, 7, 2023),
        ("w/c 12.5.25", "week", 12, 5, 2025),
        ("wk beg 10/1/22", "week", 10, 1, 2022),
        ("Oct 2023", "month", 1, 10, 2023),
        ("10/2025", "month", 1, 10, 2025),
        ("10th", "dayonly", 10, 0, 0),
        (12, "dayonly", 12, 0, 0),
        ("3-4/5/22", "range", 3, 5, 2022),
        ("3-4/12/22", "range", 3, 12, 2022),
        ("30/9 - 1/10/26", "range", 30, 9, 2026),
        ("31/12/23 to 03/01/24", "range", 31, 12, 2023),
        ("28-29 May 24", "range", 28, 5, 2024),
        ("approx 5th Jan 24", "day", 5, 1, 2024),
    ],
)
def test_a_date_is_taken_apart_as_it_is_written(text: Value, shape: str, day: int, month: int, year: int) -> None:
    found = form(text)
    assert (found.shape, found.parts) == (shape, Parts(day, month, year))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", "blank"),
        (None, "blank"),
        ("31/02/24", "impossible"),
        ("00/01/1900", "impossible"),
        ("32/13/24", "impossible"),
        ("n/k", "unknown"),
        ("?", "unknown"),
        ("last year", "unknown"),
        ("before admission", "unknown"),
        ("''", "ditto"),
        ("as above", "ditto"),
        ("soon after the party", "odd"),
        ("12/03/25 or 13/03/25", "odd"),
    ],
)
def test_what_is_no_date_is_said_to_be_none(text: Value, shape: str) -> None:
    assert form(text).shape == shape


@given(DAYS, st.sampled_from(["{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{yy:02}", "{d:02}/{m:02}/{yy:02}"]))
def test_two_numbers_keep_both_readings(day: date, pattern: str) -> None:
    found = form(pattern.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100))
    assert (found.shape, found.parts, found.numeric) == ("day", Parts(day.day, day.month, day.year), True)
    assert found.exchanged() == Parts(day.month, day.day, day.year)


@given(DAYS, st.sampled_from(["%d %B %Y", "%d-%b-%Y", "%Y-%m-%d", "%a %d %b %Y"]))
def test_a_month_by_its_name_has_one_reading(day: date, pattern: str) -> None:
    found = form(day.strftime(pattern))
    assert found.parts.on() == day
    assert not found.numeric


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert form(text).shape in {
        "day",
        "week",
        "range",
        "month",
        "dayonly",
        "ditto",
        "unknown",
        "blank",
        "impossible",
        "odd",
    }


@pytest.mark.parametrize(
    ("text", "named"), [("JULY 2023", (2023, 7)), ("Dec 23", (2023, 12)), ("2024", (2024, 0)), ("Total", None)]
)
def test_a_bar_names_a_year_and_perhaps_a_month(text: str, named: tuple[int, int] | None) -> None:
    assert bar(text) == named
