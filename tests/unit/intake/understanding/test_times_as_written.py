"""Times of day as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake.sheets.grid import Value
from heedful.intake.understanding.timewords import moment


@pytest.mark.parametrize(
    ("text", "clock", "precision"),
    [
        ("21.15", "21:15", "exact"),
        ("1730", "17:30", "exact"),
        ("1215hrs", "12:15", "exact"),
        ("8.04am", "08:04", "exact"),
        ("12.40pm", "12:40", "exact"),
        ("7am", "07:00", "exact"),
        ("approx 9pm", "21:00", "approx"),
        ("~7am", "07:00", "approx"),
        ("12ish am", "00:00", "approx"),
        ("c. 09:00", "09:00", "approx"),
        ("midday", "12:00", "exact"),
        ("night", "night", "band"),
        ("early hrs", "night", "band"),
        ("tea time", "evening", "band"),
        (19.5, "19:50", "exact"),
        (0.5, "12:00", "exact"),
        (time(9, 15), "09:15", "exact"),
        ("n/k", "", "unknown"),
        ("", "", "unknown"),
        ("25.70", "", "unknown"),
        ("half past something", "", "unknown"),
    ],
)
def test_a_time_is_read_no_more_exactly_than_it_is_written(text: Value, clock: str, precision: str) -> None:
    assert moment(text) == (clock, precision)


@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%H%Mhrs"]))
def test_every_clock_time_is_read_back(at: time, pattern: str) -> None:
    assert moment(at.strftime(pattern)).time == at.strftime("%H:%M")


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert moment(text).precision in {"exact", "approx", "band", "unknown"}
