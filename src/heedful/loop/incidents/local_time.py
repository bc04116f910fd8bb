"""When an event happened, in the time of its service: computed when written, so that every engine counts alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from heedful.foundation.policies import Interval, shift_interval

# An interval longer than this has no hour of its own: it would put a whole shift into its first hour.
HOUR_KNOWN = timedelta(hours=2)


@dataclass(frozen=True)
class LocalParts:
    """What charts count by."""

    local_date: date
    local_hour: int | None
    local_weekday: int
    financial_year: int


@dataclass(frozen=True)
class ShiftTimes:
    """A shift as local clock times; it crosses midnight when it ends at or before it starts."""

    name: str
    starts: time
    ends: time


def local_parts(occurred: Interval, zone: str) -> LocalParts:
    """Day, hour, weekday (Monday is 0) and financial year (1 April) on the wall of the service."""
    local = occurred.earliest.astimezone(ZoneInfo(zone))
    day = local.date()
    year = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    hour = local.hour if occurred.length <= HOUR_KNOWN else None
    return LocalParts(day, hour, day.weekday(), year)


def shift_at(moment: datetime, shifts: Iterable[ShiftTimes], zone: str) -> tuple[ShiftTimes, Interval] | None:
    """The shift that was on at a moment; of two that overlap, the one that began last."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    running = [
        (shift, times)
        for shift in shifts
        for begun in (day - timedelta(days=1), day)
        if (times := shift_interval(begun, shift.starts, shift.ends, zone)).earliest <= moment < times.latest
    ]
    return max(running, key=lambda pair: pair[1].earliest, default=None)


def shift_named(name: str, moment: datetime, shifts: Iterable[ShiftTimes], zone: str) -> tuple[str, Interval | None]:
    """The interval of the shift that a reporter named, if the service has one of that name."""
    found = [shift for shift in shifts if shift.name == name]
    if not found:
        return name, None
    on_then = shift_at(moment, found, zone)
    begun = moment.astimezone(ZoneInfo(zone)).date()
    return name, on_then[1] if on_then else shift_interval(begun, found[0].starts, found[0].ends, zone)
