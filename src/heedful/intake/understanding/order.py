"""Which of two readings of a date is right: what the file, its writers and the order of its rows prove."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from heedful.intake.understanding.datewords import Form

ENOUGH = 3
# This many times as many proofs for one order as against it.
CLEARLY = 5
IN_ORDER = 0.85


@dataclass(slots=True)
class Proofs:
    """Dates that can only be read one way, by who wrote them."""

    day: Counter[str] = field(default_factory=Counter)
    month: Counter[str] = field(default_factory=Counter)
    open: int = 0
    # Each writer as written in the file.
    names: dict[str, str] = field(default_factory=dict)

    def add(self, form: Form, writer: str) -> None:
        if not form.numeric or form.stored or form.shape not in ("day", "week"):
            return
        if form.parts.day > 12:
            self.day[writer] += 1
        elif form.parts.month > 12:
            self.month[writer] += 1
        elif form.parts.day != form.parts.month:
            self.open += 1

    def month_writers(self) -> frozenset[str]:
        """Those who have put the month first more than once and hardly ever the day."""
        return frozenset(
            writer
            for writer, count in self.month.items()
            if writer and count >= 2 and self.day[writer] * CLEARLY <= count
        )

    def usual(self) -> str:
        """`day` or `month` where the writers without a habit of their own prove it; else nothing."""
        apart = self.month_writers()
        day = sum(count for writer, count in self.day.items() if writer not in apart)
        month = sum(count for writer, count in self.month.items() if writer not in apart)
        if day >= ENOUGH and day >= CLEARLY * month:
            return "day"
        return "month" if month >= ENOUGH and month >= CLEARLY * day else ""

    def month_share(self, writer: str) -> float:
        both = self.day[writer] + self.month[writer]
        return self.month[writer] / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Around:
    """The dates before and after each place in a sheet that is kept in order; empty for a sheet that is not."""

    before: Sequence[date | None] = ()
    after: Sequence[date | None] = ()
    descending: bool = False

    @property
    def in_order(self) -> bool:
        return bool(self.before)

    def bounds(self, place: int) -> tuple[date | None, date | None]:
        if not self.before:
            return None, None
        pair = self.before[place], self.after[place]
        return (pair[1], pair[0]) if self.descending else pair


def around(dates: Sequence[date | None]) -> Around:
    """Finds the longest run of dates in order; if nearly all rows are on it, the sheet is kept in order."""
    known = [day.toordinal() for day in dates if day is not None]
    if len(known) < 8:
        return Around()
    rising = _on_run(known)
    falling = [] if len(rising) >= IN_ORDER * len(known) else _on_run([-day for day in known])
    best = rising if len(rising) >= len(falling) else falling
    if len(best) < IN_ORDER * len(known):
        return Around()
    return _bounded(dates, set(best), best is falling)


def _on_run(values: Sequence[int]) -> list[int]:
    """Places of one longest non-falling subsequence."""
    tails: list[int] = []
    at: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        spot = bisect_right(tails, value)
        before[place] = at[spot - 1] if spot else -1
        if spot == len(tails):
            tails.append(value)
            at.append(place)
        else:
            tails[spot], at[spot] = value, place
    run, place = [], at[-1] if at else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def _bounded(dates: Sequence[date | None], run: set[int], descending: bool) -> Around:
    """For each row the nearest date of the run above and below it, its own left out."""
    on = _marked(dates, run)
    before = _carried(dates, on, range(len(dates)))
    after = _carried(dates, on, range(len(dates) - 1, -1, -1))
    return Around(before, after, descending)


def _marked(dates: Sequence[date | None], run: set[int]) -> list[bool]:
    on, place = [], -1
    for day in dates:
        place += day is not None
        on.append(day is not None and place in run)
    return on


def _carried(dates: Sequence[date | None], on: Sequence[bool], places: Iterable[int]) -> list[date | None]:
    held: list[date | None] = [None] * len(dates)
    last: date | None = None
    for place in places:
        held[place] = last
        if on[place]:
            last = dates[place]
    return held
