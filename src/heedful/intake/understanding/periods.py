"""Months and weeks as people write them in a table of figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from heedful.intake.sheets.grid import Cell
from heedful.intake.understanding.datewords import form, month_end
from heedful.intake.understanding.text import fold

_WEEK = timedelta(days=6)
_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """From its first to its last day."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def as_week(self, weeks: bool) -> "Period":
        """The same beginning, a week long."""
        return replace(self, last=self.first + _WEEK) if weeks else self

    def until(self, day: int) -> date:
        """The last day that a figure counts when it says so itself, else the period's."""
        return self.first.replace(day=day) if self.first.day <= day <= self.last.day else self.last


def period(cell: Cell) -> Period | None:
    """The month or week that a cell names; None for numbers, totals and everything else."""
    if isinstance(cell.value, int | float):
        return None
    found = form(cell.value)
    first = found.parts.on() if found.shape in ("day", "month", "week") else None
    if first is None or found.tail or not _EARLIEST < first.year < _LATEST:
        return None
    if found.shape == "week":
        return Period(first, first + _WEEK)
    return Period(first, month_end(first.year, first.month))


def weekly(found: Sequence[Period], heading: str) -> bool:
    """Whether days stand for weeks: the heading says so, or nearly all are seven days or a few weeks apart."""
    if fold(heading).replace(" ", "") in ("w/c", "wc", "weekcommencing", "week", "weekbeginning", "w/b"):
        return True
    gaps = [(later.first - earlier.first).days for earlier, later in pairwise(found)]
    steps = [gap for gap in gaps if gap > 0]
    return bool(steps) and sum(gap % 7 == 0 and gap < 28 for gap in steps) * 10 >= 9 * len(steps)
