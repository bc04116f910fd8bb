"""Times as people know them: about nine, the night shift of 3 May, a day. Each is an interval between two moments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Interval:
    """Something happened at or after `earliest` and at or before `latest`. Both know their time zone."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError("An interval needs moments that know their time zone.")
        if self._latest_utc < self._earliest_utc:
            raise ValueError("An interval cannot end before it begins.")

    @classmethod
    def exactly(cls, moment: datetime) -> "Interval":
        return cls(moment, moment)

    @classmethod
    def about(cls, moment: datetime, give_or_take: timedelta) -> "Interval":
        utc = moment.astimezone(UTC)
        return cls(utc - give_or_take, utc + give_or_take)

    @property
    def is_exact(self) -> bool:
        return self._earliest_utc == self._latest_utc

    @property
    def length(self) -> timedelta:
        return self._latest_utc - self._earliest_utc

    # Always in UTC: two times of one zone are compared and subtracted by the clock on the wall, which jumps.
    @property
    def _earliest_utc(self) -> datetime:
        return self.earliest.astimezone(UTC)

    @property
    def _latest_utc(self) -> datetime:
        return self.latest.astimezone(UTC)


def moment(on: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, when a clock on the wall shows that time.

    An hour that comes twice in autumn means its first coming; an hour that spring skips means the moment of the jump
    plus what was past the hour, as a person's watch would have it.
    """
    return datetime.combine(on, at.replace(tzinfo=None), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_interval(on: date, zone: str) -> Interval:
    """A whole local day: 23, 24 or 25 hours, up to its last second."""
    return Interval(moment(on, time(), zone), moment(on + timedelta(days=1), time(), zone) - SECOND)


def shift_interval(on: date, start: time, end: time, zone: str) -> Interval:
    """The shift that begins on that local day. It crosses midnight when it ends at or before the time it starts."""
    last_day = on if end > start else on + timedelta(days=1)
    earliest, latest = moment(on, start, zone), moment(last_day, end, zone)
    return Interval(earliest, max(earliest, latest))


def local_date(at: datetime, zone: str) -> date:
    """The day on the wall calendar of that place."""
    return at.astimezone(ZoneInfo(zone)).date()
