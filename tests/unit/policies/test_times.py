"""Intervals, shifts over midnight, and the two nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from heedful.foundation.policies import Interval, day_interval, local_date, moment, shift_interval

LONDON = "Europe/London"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_a_night_shift_is_one_interval_that_crosses_midnight() -> None:
    night = shift_interval(date(2026, 5, 3), time(20), time(8), LONDON)
    assert night == Interval(datetime(2026, 5, 3, 19, tzinfo=UTC), datetime(2026, 5, 4, 7, tzinfo=UTC))


def test_a_day_shift_stays_on_its_day() -> None:
    day = shift_interval(date(2026, 5, 3), time(8), time(20), LONDON)
    assert day.length == timedelta(hours=12)
    assert local_date(day.latest, LONDON) == date(2026, 5, 3)


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 11), (AUTUMN, 13), (date(2026, 6, 1), 12)])
def test_a_twelve_hour_night_shift_is_shorter_in_spring_and_longer_in_autumn(night: date, hours: int) -> None:
    shift = shift_interval(night - timedelta(days=1), time(20), time(8), LONDON)
    assert shift.length == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_a_day_has_as_many_hours_as_it_has(day: date, hours: int) -> None:
    assert day_interval(day, LONDON).length + timedelta(seconds=1) == timedelta(hours=hours)


def test_the_hour_that_comes_twice_means_its_first_coming() -> None:
    assert moment(AUTUMN, time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_that_is_skipped_is_as_long_after_the_jump_as_it_was_past_the_hour() -> None:
    assert moment(SPRING, time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_two_times_around_a_clock_change_are_as_far_apart_as_they_were_lived() -> None:
    before, after = moment(AUTUMN, time(0, 30), LONDON), moment(AUTUMN, time(3), LONDON)
    assert Interval(before, after).length == timedelta(hours=3, minutes=30)


def test_local_times_in_the_hour_that_comes_twice_keep_their_order() -> None:
    first = datetime(2026, 10, 25, 1, 50, tzinfo=ZoneInfo(LONDON))
    second = datetime(2026, 10, 25, 1, 10, tzinfo=ZoneInfo(LONDON), fold=1)
    assert Interval(first, second).length == timedelta(minutes=20)
    assert not Interval(first, first.replace(fold=1)).is_exact
    with pytest.raises(ValueError, match="cannot end before it begins"):
        Interval(second, first)


def test_about_nine_is_an_interval_around_nine() -> None:
    about = Interval.about(datetime(2026, 5, 3, 21, tzinfo=UTC), timedelta(minutes=30))
    assert (about.earliest.minute, about.latest.minute) == (30, 30)
    assert not about.is_exact
    assert Interval.exactly(about.earliest).is_exact


def test_an_interval_that_runs_backwards_or_knows_no_zone_is_refused() -> None:
    noon = datetime(2026, 5, 3, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="cannot end before it begins"):
        Interval(noon, noon - timedelta(seconds=1))
    with pytest.raises(ValueError, match="know their time zone"):
        Interval(noon.replace(tzinfo=None), noon.replace(tzinfo=None))
