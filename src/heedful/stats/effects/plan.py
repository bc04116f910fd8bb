"""What was fixed before the change: the baseline's reach, the bad spell, the start, the aim, the error to spend."""

from dataclasses import dataclass
from math import inf

from heedful.stats.effects.boundaries import ALPHA, HORIZON
from heedful.stats.effects.vocabulary import Direction

BASELINE = 24  # months before the trigger window
TARGET = 0.7


@dataclass(frozen=True)
class Plan:
    """Indices of months from 0. `trigger`: (first, last), both included. `target`: the rate ratio aimed for.

    `longest_baseline`: at most so many months before the trigger window. `alpha` is spent over `horizon` looks.
    """

    start: int
    trigger: tuple[int, int] | None = None
    target: float = TARGET
    direction: Direction = "down"
    longest_baseline: int = BASELINE
    alpha: float = ALPHA
    horizon: int = HORIZON

    def __post_init__(self) -> None:
        if self.direction not in ("down", "up"):
            raise ValueError(f"direction must be down or up, not {self.direction!r}")
        if not (0 < self.target < 1 if self.direction == "down" else 1 < self.target < inf):
            side = "below" if self.direction == "down" else "above"
            raise ValueError(f"a target for direction {self.direction} must lie {side} 1")
        if self.start < 1 or self.longest_baseline < 1:
            raise ValueError("start must leave at least one month for a baseline")
        if self.trigger and not 0 < self.trigger[0] <= self.trigger[1] < self.start:
            raise ValueError("the trigger window must be (first, last) months after the first month and before start")
        if not 0 < self.alpha < 0.5 or self.horizon < 1:
            raise ValueError("alpha must lie between 0 and 0.5, and the horizon be one look or more")

    @property
    def before(self) -> tuple[int, int]:
        """First month of the baseline, and the first month after it."""
        until = self.trigger[0] if self.trigger else self.start
        return max(0, until - self.longest_baseline), until

    @property
    def spell(self) -> tuple[int, int]:
        """The trigger window, likewise; empty without one."""
        return (self.trigger[0], self.trigger[1] + 1) if self.trigger else (self.start, self.start)

    @property
    def gap(self) -> tuple[int, int]:
        """Months between the trigger window and the change: chosen by nobody, judged by nothing, shown."""
        return self.spell[1], self.start
