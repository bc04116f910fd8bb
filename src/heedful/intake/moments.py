"""From a local day or time to a stored interval in UTC, with the local parts that charts count by."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY, EXACT, ABOUT = "day", "exact", "about"
_SECOND = timedelta(seconds=1)


class SkippedTimeError(ValueError):
    """A clock time that did not exist on that day: the clocks went forward over it."""


class Moment(NamedTuple):
    """When something happened: never more exact than the source."""

    start: datetime
    end: datetime
    precision: str
    local_date: date
    local_hour: int | None


def moment(day: date, at: time | None, zone: ZoneInfo) -> Moment:
    """A whole local day when no time is given; the hour that comes twice in autumn is both its readings."""
    offset = _offset(day, zone) if at else None
    if offset is None or at is None:
        return _looked_at(day, at, zone)
    start = datetime.combine(day, at, UTC) - offset
    return Moment(start, start, EXACT, day, at.hour)


@lru_cache(maxsize=20_000)
def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    """How far the clocks of a zone are from UTC, on a day on which nobody changes them."""
    first = datetime.combine(day, time.min, zone).utcoffset()
    next_day = datetime.combine(day + timedelta(days=1), time.min, zone).utcoffset()
    return first if first == next_day else None


@lru_cache(maxsize=20_000)
def _looked_at(day: date, at: time | None, zone: ZoneInfo) -> Moment:
    if at is None:
        start = datetime.combine(day, time.min, zone).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC) - _SECOND
        return Moment(start, end, DAY, day, None)
    first = datetime.combine(day, at, zone)
    start, end = first.astimezone(UTC), first.replace(fold=1).astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise SkippedTimeError(first.isoformat())
    return Moment(start, end, EXACT if start == end else ABOUT, day, at.hour)


def financial_year(day: date) -> int:
    """The year in which the financial year of a day begins (1 April)."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1
