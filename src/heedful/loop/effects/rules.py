"""Which months a verdict is about. Months are whole numbers: year x 12 + month - 1."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

VERSION = "method-g@1"
Answer = Literal["worked", "no_change", "worse", "not_enough"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
FAILED: tuple[Answer, ...] = ("no_change", "worse")

BASELINE = 24
# A change that starts in the first days of a month has that whole month behind it; later, the month is neither before
# nor after, and is left out.
FIRST_DAYS = 7


@dataclass(frozen=True)
class Frame:
    """The months of one verdict: `first` up to `until`, the last one that is over. `assumed`: no bad spell was named.

    `spell`: first and last month of what made people act. `start`: the first month after the change.
    """

    first: int
    spell: tuple[int, int]
    start: int
    until: int
    assumed: bool

    @property
    def months(self) -> range:
        return range(self.first, max(self.until, self.first) + 1)

    @property
    def trigger(self) -> tuple[int, int]:
        """The spell as indices of `months`."""
        return self.spell[0] - self.first, self.spell[1] - self.first

    @property
    def start_at(self) -> int:
        return self.start - self.first


def frame(*, starts_on: date, trigger_from: date | None, trigger_to: date | None, today: date) -> Frame:
    """Baseline, bad spell, change. Without a named spell the month before the change is left out: people act after
    bad months, and one that was not named is one all the same.
    """
    start = month_of(starts_on) + (starts_on.day > FIRST_DAYS)
    first = min(month_of(trigger_from), start) if trigger_from else start - 1
    last = max(first, min(month_of(trigger_to or trigger_from), start - 1)) if trigger_from else first
    start = max(start, last + 1)
    return Frame(first - BASELINE, (first, last), start, month_of(today) - 1, trigger_from is None)


def month_of(day: date | None) -> int:
    assert day is not None
    return day.year * 12 + day.month - 1


def changed(before: tuple[str, int] | None, now: tuple[str, int]) -> bool:
    """Is there something new to keep? (answer, month), as last kept and as found."""
    return before is None or before != now
