"""Deadlines for any moment, clock and nation."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.policies import (
    Clock,
    Interval,
    add_working_days,
    deadline_for,
    in_force,
    is_working_day,
    local_date,
    moment,
    shift_interval,
)

LONDON = "Europe/London"
CLOCKS = in_force("clocks", on=date(2026, 11, 22), nation="england").clocks
CLOCK = st.sampled_from(CLOCKS)
NATION = st.sampled_from(["england", "wales", "scotland", "northern_ireland"])
MOMENT = st.datetimes(datetime(2016, 1, 1), datetime(2040, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAY = st.dates(date(2016, 1, 1), date(2040, 12, 1))
# Where the clocks change, and around Christmas and Easter: the moments that go wrong.
TRICKY = st.sampled_from(
    [
        datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 12, 24, 23, 59, tzinfo=UTC),
        datetime(2026, 4, 2, 23, tzinfo=UTC),
    ]
)
AWARE = MOMENT | TRICKY


def _due(clock: Clock, aware: datetime | Interval, nation: str) -> datetime:
    return deadline_for(clock, aware, zone=LONDON, nation=nation)


@given(CLOCK, AWARE, NATION)
def test_a_deadline_is_always_after_becoming_aware(clock: Clock, aware: datetime, nation: str) -> None:
    assert _due(clock, aware, nation) > aware


@given(CLOCK, AWARE, AWARE, NATION)
def test_becoming_aware_later_never_makes_a_deadline_earlier(
    clock: Clock, one: datetime, other: datetime, nation: str
) -> None:
    earlier, later = sorted((one, other))
    assert _due(clock, earlier, nation) <= _due(clock, later, nation)


@given(st.sampled_from([clock for clock in CLOCKS if clock.unit == "working_days"]), AWARE, NATION)
def test_a_limit_in_working_days_ends_on_a_working_day_at_its_hour(clock: Clock, aware: datetime, nation: str) -> None:
    due = _due(clock, aware, nation).astimezone(ZoneInfo(LONDON))
    assert is_working_day(due.date(), nation)
    assert due.time() == clock.local_time


@given(DAY, st.integers(1, 15), NATION)
def test_adding_working_days_agrees_with_counting_them_one_by_one(day: date, count: int, nation: str) -> None:
    end = add_working_days(day, count, nation)
    passed = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(is_working_day(each, nation) for each in passed) == count
    assert is_working_day(end, nation)


@given(CLOCK, AWARE, st.timedeltas(timedelta(0), timedelta(days=3)), NATION)
def test_of_an_approximate_time_the_earliest_moment_starts_the_clock(
    clock: Clock, aware: datetime, width: timedelta, nation: str
) -> None:
    assert _due(clock, Interval(aware, aware + width), nation) == _due(clock, aware, nation)


@given(CLOCK, AWARE, st.sampled_from(["Europe/London", "Pacific/Auckland", "America/New_York"]), NATION)
def test_the_zone_in_which_a_moment_is_written_does_not_matter(
    clock: Clock, aware: datetime, written: str, nation: str
) -> None:
    assert _due(clock, aware.astimezone(ZoneInfo(written)), nation) == _due(clock, aware, nation)


@given(DAY, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.integers(1, 24))
def test_a_shift_lasts_as_long_as_its_times_say_give_or_take_the_hour_of_a_clock_change(
    day: date, start: time, hours: int
) -> None:
    end = (datetime.combine(day, start) + timedelta(hours=hours)).time()
    shift = shift_interval(day, start, end, LONDON)
    assert abs(shift.length - timedelta(hours=hours)) in (timedelta(0), timedelta(hours=1))
    assert shift.earliest == moment(day, start, LONDON)


@given(DAY, st.times())
def test_a_local_time_falls_on_its_own_day(day: date, at: time) -> None:
    assert local_date(moment(day, at, LONDON), LONDON) == day
