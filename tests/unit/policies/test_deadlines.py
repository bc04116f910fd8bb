"""Time limits: hours, days, working days and bank holidays, from becoming aware."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heedful.foundation.policies import (
    Clock,
    Interval,
    NoPolicyInForce,
    add_working_days,
    deadline_for,
    in_force,
    is_working_day,
)

LONDON = ZoneInfo("Europe/London")
CLOCKS = in_force("clocks", on=date(2026, 11, 22), nation="england")


def _local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type,misc]


def _due(slug: str, aware: datetime | Interval, nation: str = "england") -> datetime:
    return deadline_for(CLOCKS.clock(slug), aware, zone="Europe/London", nation=nation).astimezone(LONDON)


def test_aware_at_night_is_decided_the_same_morning_and_in_the_evening_the_next() -> None:
    assert _due("decide_by", _local(2026, 11, 24, 3, 12)) == _local(2026, 11, 24, 10)
    assert _due("decide_by", _local(2026, 11, 24, 21, 40)) == _local(2026, 11, 25, 10)
    assert _due("decide_by", _local(2026, 11, 24, 9, 50)) == _local(2026, 11, 25, 10)


def test_three_working_days_from_the_thursday_before_easter_pass_over_easter() -> None:
    assert _due("tell_reporter_by", _local(2026, 4, 2, 9)) == _local(2026, 4, 9, 17)


def test_easter_monday_is_a_working_day_in_scotland_and_not_in_england() -> None:
    assert is_working_day(date(2026, 4, 6), "scotland")
    assert not is_working_day(date(2026, 4, 6), "england")
    assert _due("consult_by", _local(2026, 4, 3, 9), "scotland") == _local(2026, 4, 6, 17)
    assert _due("consult_by", _local(2026, 4, 3, 9)) == _local(2026, 4, 7, 17)


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        (date(2026, 3, 17), "northern_ireland", False),
        (date(2026, 3, 17), "wales", True),
        (date(2026, 11, 30), "scotland", False),
        (date(2026, 11, 30), "england", True),
        (date(2026, 12, 28), "england", False),
        (date(2026, 11, 22), "england", False),
    ],
)
def test_bank_holidays_are_those_of_the_nation(day: date, nation: str, works: bool) -> None:
    assert is_working_day(day, nation) is works


def test_christmas_on_a_friday_moves_boxing_day_to_monday() -> None:
    assert add_working_days(date(2026, 12, 24), 1, "england") == date(2026, 12, 29)


def test_hours_run_through_the_night_on_which_the_clocks_change() -> None:
    aware = _local(2026, 10, 24, 12)
    due = _due("find_out_by", aware)
    assert due.astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=24)
    assert (due.day, due.hour) == (25, 11)


def test_days_keep_to_the_clock_on_the_wall_over_a_clock_change() -> None:
    assert _due("reflect_by", _local(2026, 10, 24, 12)) == _local(2026, 10, 31, 17)


def test_of_an_approximate_time_the_earliest_counts() -> None:
    about = Interval(_local(2026, 11, 24, 8), _local(2026, 11, 24, 20))
    assert _due("find_out_by", about) == _local(2026, 11, 25, 8)


def test_a_moment_without_a_zone_starts_no_clock() -> None:
    with pytest.raises(ValueError, match="knows its time zone"):
        _due("find_out_by", datetime(2026, 11, 24, 8))  # noqa: DTZ001


def test_a_coroners_report_is_answered_within_56_days() -> None:
    assert _due("coroner_reply_by", _local(2026, 11, 1, 9)) == _local(2026, 12, 27, 17)


def test_a_year_whose_bank_holidays_are_not_known_is_refused_and_never_taken_as_work() -> None:
    with pytest.raises(NoPolicyInForce, match="not known"):
        is_working_day(date(2300, 12, 25), "england")


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Clock(slug="now", label="Now", unit="hours", amount=0, source="house", verified=True)
