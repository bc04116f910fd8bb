"""Which rate ratios do the looks so far not exclude? The boundaries that gave the answer, turned round.

A ratio is too high when the boundary of a fall at that ratio was reached at any look, too low when that of a rise was.
The upper end rests on the baseline of the claim "fewer", the lower end on that of "more"; so an interval beside
"worked" never reaches 1, and one beside "no change" never reaches the target.
"""

from collections.abc import Sequence
from math import inf

from heedful.stats.effects.claims import Rule, walk

FINE = 1.0005  # the ends are found to within this factor
FARTHEST = 1e4


def invert(rules: Sequence[Rule]) -> tuple[float, float] | None:
    """(low, high) of the rate ratio; None when nothing is left between them."""
    low = _end([rule for rule in rules if rule.side == "high"])
    high = _end([rule for rule in rules if rule.side == "low"])
    return (low, high) if low < high else None


def _end(rules: Sequence[Rule]) -> float:
    """The edge of what these boundaries exclude, searched from what they are known to exclude or to allow."""
    rule = rules[0]
    away = 2.0 if rule.side == "low" else 0.5  # where exclusion is more likely
    excluded = [each.ratio for each in rules if each.reached_at is not None]
    allowed = [each.ratio for each in rules if each.reached_at is None]
    nearest = min if rule.side == "low" else max
    farthest = max if rule.side == "low" else min
    out = nearest(excluded) if excluded else _find(rule, farthest(allowed), away, True)
    if out is None:
        return inf if rule.side == "low" else 0.0
    within = _find(rule, out, 1 / away, False)
    if within is None:
        return 0.0 if rule.side == "low" else inf
    return _between(rule, out, within)


def _find(rule: Rule, ratio: float, factor: float, wanted: bool) -> float | None:
    """The next ratio, step by step away, that is excluded (or not); None when there is none."""
    while 1 / FARTHEST < ratio < FARTHEST:
        ratio *= factor
        if _excluded(rule, ratio) is wanted:
            return ratio
    return None


def _between(rule: Rule, out: float, within: float) -> float:
    while max(out, within) > FINE * min(out, within):
        middle = (out * within) ** 0.5
        if _excluded(rule, middle):
            out = middle
        else:
            within = middle
    return within


def _excluded(rule: Rule, ratio: float) -> bool:
    return any(walk(rule.side, ratio, rule.belief, rule.since)[1])
