"""The days of a roster and its gaps. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo


class Stretch(Protocol):
    """Something with a beginning and an end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


class Place(Protocol):
    """A service, as far as its roster needs it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def time_zone(self) -> str: ...


@dataclass(frozen=True)
class Gap:
    """A time in which nobody is on duty."""

    starts_at: datetime
    ends_at: datetime


def gaps(stretches: Iterable[Stretch], start: datetime, end: datetime) -> list[Gap]:
    """The times between start and end that no stretch covers, in order."""
    found, covered_to = [], start
    for stretch in sorted(stretches, key=lambda one: one.starts_at):
        if stretch.starts_at > covered_to:
            found.append(Gap(covered_to, min(stretch.starts_at, end)))
        covered_to = max(covered_to, stretch.ends_at)
        if covered_to >= end:
            return found
    return [*found, Gap(covered_to, end)] if covered_to < end else found


@dataclass(frozen=True)
class Day:
    """What begins on one day (or is running when the first day begins), in order."""

    day: date
    lines: tuple[Stretch, ...]


def days(stretches: Sequence[Stretch], start: datetime, end: datetime, zone: ZoneInfo) -> list[Day]:
    """Stretches and gaps side by side, by the day on which they begin on the wall clock of the place."""
    lines: list[Stretch] = [one for one in stretches if one.ends_at > start and one.starts_at < end]
    lines += gaps(stretches, start, end)
    by_day: dict[date, list[Stretch]] = {}
    for line in sorted(lines, key=lambda one: (one.starts_at, one.ends_at)):
        by_day.setdefault(max(line.starts_at, start).astimezone(zone).date(), []).append(line)
    return [Day(day, tuple(by_day[day])) for day in sorted(by_day)]


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A moment on the wall clock of the place; in the hour that a spring night leaves out, the hour after."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def ends(start_day: date, start: time, end_day: date | None, end: time, zone: ZoneInfo) -> datetime:
    """When a duty ends: on the day given, or at the next time the clock shows `end`."""
    if end_day is None:
        end_day = start_day if end > start else start_day + timedelta(days=1)
    return at(end_day, end, zone)
