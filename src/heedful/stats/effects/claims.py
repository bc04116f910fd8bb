"""The three claims of one verdict: whose baseline, which side, which ratio. And when each boundary was reached."""

from dataclasses import dataclass

import numpy as np

from heedful.stats.effects.baseline import Baseline
from heedful.stats.effects.boundaries import boundary
from heedful.stats.effects.evidence import e_value
from heedful.stats.effects.vocabulary import Claim, Direction, FloatArray, IntArray, Side

FUZZ = 1e-9  # a total over the dispersion is seldom a whole number; a boundary always is


@dataclass(frozen=True, eq=False)
class Since:
    """(m,) totals at the looks since the change, in scaled units (over the dispersion), and how errors are spent."""

    events: FloatArray
    exposure: FloatArray
    dispersion: float
    alpha: float
    horizon: int

    @property
    def planned(self) -> int:
        """Looks within the horizon."""
        return min(len(self.events), self.horizon)


@dataclass(frozen=True, eq=False)
class Rule:
    """One claim with the boundary that would show it. `limits`: scaled totals, for the looks within the horizon."""

    claim: Claim
    side: Side
    ratio: float
    belief: Baseline
    since: Since
    limits: IntArray
    reached: tuple[bool, ...]

    @property
    def reached_at(self) -> int | None:
        """The first look at which the boundary was reached."""
        return next((look for look, yes in enumerate(self.reached) if yes), None)

    def limit(self, look: int) -> float | None:
        """The boundary in events; None past the horizon, or when no total would do."""
        if look >= len(self.limits) or self.limits[look] < 0:
            return None
        scaled = float(self.limits[look]) * self.since.dispersion
        return float(np.floor(scaled + FUZZ) if self.side == "low" else np.ceil(scaled - FUZZ))


def rules_for(direction: Direction, target: float, usual: Baseline, cautious: Baseline, since: Since) -> list[Rule]:
    """Each claim uses the baseline that is conservative for it: see 'Why three things are needed' in the docs."""
    good: Side = "low" if direction == "down" else "high"
    bad: Side = "high" if direction == "down" else "low"
    return [
        rule("worked", good, 1.0, usual, since),
        rule("worse", bad, 1.0, cautious, since),
        rule("no_change", bad, target, cautious, since),
    ]


def rule(claim: Claim, side: Side, ratio: float, belief: Baseline, since: Since) -> Rule:
    limits, reached = walk(side, ratio, belief, since)
    return Rule(claim, side, ratio, belief, since, limits, tuple(reached))


def walk(side: Side, ratio: float, belief: Baseline, since: Since) -> tuple[IntArray, list[bool]]:
    """The boundary within the horizon, and at which looks it is reached; past the horizon by evidence of 1 / alpha."""
    planned = since.planned
    if not len(since.events):
        return np.empty(0, dtype=np.int64), []
    limits = boundary(
        belief.shape, belief.rate, since.exposure[:planned], side=side, ratio=ratio, alpha=since.alpha,
        horizon=since.horizon,
    )  # fmt: skip
    totals = since.events[:planned]
    reached = totals <= limits + FUZZ if side == "low" else totals >= limits - FUZZ
    if planned == len(since.events):
        return limits, reached.tolist()
    later = e_value(belief.shape, belief.rate, since.events[planned:], since.exposure[planned:], side=side, ratio=ratio)
    return limits, [*reached.tolist(), *(later >= 1 / since.alpha).tolist()]
