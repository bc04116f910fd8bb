"""The time that a board looks at, and which numbers are too small to leave the house. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

# A board looks at a quarter; the three questions are asked of a year. Nothing finer: many overlapping spells would
# give the small numbers away that each of them hides.
LENGTHS = (3, 6, 12, 24)
BOARD, YEAR = 3, 12
# Fewer people or events than this can say who it was, once the number leaves the home.
FEW = 5
EARLIEST = 1900 * 12


@dataclass(frozen=True)
class Period:
    """Whole months, both included, as numbers: year x 12 + month - 1."""

    first: int
    last: int

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def starts_on(self) -> date:
        return _first_day(self.first)

    @property
    def ends_on(self) -> date:
        return _first_day(self.last + 1) - timedelta(days=1)

    @property
    def day_after(self) -> date:
        """Whoever looks at the whole period stands here."""
        return _first_day(self.last + 1)

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def period(today: date, length: int, until: int | None = None) -> Period:
    """So many months up to one that is over; the last one that is over when none is asked for, or one to come."""
    over = today.year * 12 + today.month - 2
    last = over if until is None else max(min(until, over), EARLIEST + length)
    return Period(last - length + 1, last)


def is_small(count: int) -> bool:
    """Not to be said outside the home. None at all is small too: it says that it was not anybody."""
    return count < FEW


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
