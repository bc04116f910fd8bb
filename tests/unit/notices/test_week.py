"""A week of duties, its gaps, and the nights when the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.notices import week

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    ends_at: datetime


def span(start: float, end: float) -> Span:
    return Span(START + timedelta(hours=start), START + timedelta(hours=end))


def gaps(spans: list[Span], end: float = 24) -> list[tuple[float, float]]:
    found = week.gaps(spans, START, START + timedelta(hours=end))
    return [((g.starts_at - START) / timedelta(hours=1), (g.ends_at - START) / timedelta(hours=1)) for g in found]


def test_gaps_are_the_times_that_nobody_covers() -> None:
    assert gaps([]) == [(0, 24)]
    assert gaps([span(-5, 30)]) == []
    assert gaps([span(2, 4), span(6, 30)]) == [(0, 2), (4, 6)]
    assert gaps([span(0, 8), span(8, 16), span(16, 24)]) == []
    assert gaps([span(0, 20), span(1, 2)]) == [(20, 24)]
    assert gaps([span(30, 40)]) == [(0, 24)]


@given(st.lists(st.tuples(st.integers(-10, 60), st.integers(1, 30))))
def test_every_moment_is_either_covered_or_in_a_gap(given_spans: list[tuple[int, int]]) -> None:
    spans = [span(start, start + length) for start, length in given_spans]
    found = gaps(spans, 48)
    for half_hours in range(96):
        moment = half_hours / 2 + 0.25
        covered = any(start <= moment < start + length for start, length in given_spans)
        assert covered != any(start <= moment < end for start, end in found)


def test_days_follow_the_wall_clock_of_the_place_and_begin_with_what_runs_now() -> None:
    running, late = span(-3, 5), span(14.5, 22)
    days = week.days([running, late], START, START + timedelta(days=2), LONDON)
    assert [day.day for day in days] == [date(2026, 6, 1), date(2026, 6, 2)]
    assert days[0].lines[0] == running
    # 23:30 UTC is half past midnight in June.
    assert late in days[1].lines


def test_a_night_without_an_end_day_ends_the_next_morning() -> None:
    starts, ends = (
        week.at(date(2026, 6, 1), time(20), LONDON),
        week.ends(date(2026, 6, 1), time(20), None, time(8), LONDON),
    )
    assert ends - starts == timedelta(hours=12)
    assert week.ends(date(2026, 6, 1), time(8), None, time(20), LONDON) - week.at(
        date(2026, 6, 1), time(8), LONDON
    ) == timedelta(hours=12)


def test_the_nights_when_the_clocks_change_are_an_hour_shorter_or_longer() -> None:
    for night, hours in ((date(2026, 3, 28), 11), (date(2026, 10, 24), 13)):
        length = week.ends(night, time(20), None, time(8), LONDON) - week.at(night, time(20), LONDON)
        assert length == timedelta(hours=hours)
    assert week.at(date(2026, 3, 29), time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
