"""From rule and side to what it means: improvement or concern, neighbouring groups, assurance against a target."""

import math
from dataclasses import dataclass

from heedful.stats.charts.vocabulary import Assurance, Direction, Finding, IntArray, Rule

_BETTER: dict[Direction, int] = {"up": 1, "down": -1}


def finding(rule: Rule | None, side: int, direction: Direction) -> Finding:
    """What a flag means when `direction` is better; side +1 high or rising, -1 low or falling, 0 unknown."""
    if rule is None:
        return "common_cause"
    if side == 0:
        return "neutral"
    if direction == "neutral":
        return "neutral_high" if side > 0 else "neutral_low"
    return "improvement" if side == _BETTER[direction] else "concern"


@dataclass(frozen=True, eq=False)
class Fired:
    """Where one rule fired: `side` (n,) is +1, -1 or, where it did not, 0.

    `order` lists the points among which neighbours are found, leaving out those the rule passes over; flagged points
    up to `step` places apart there belong together.
    """

    rule: Rule
    side: IntArray
    order: IntArray
    step: int = 1


def groups(fired: Fired, part: IntArray) -> list[list[int]]:
    """The indices of each group of neighbouring points that the rule flagged on the same side, within a part."""
    found: list[list[int]] = []
    places: list[int] = []
    for place, index in enumerate(fired.order.tolist()):
        if fired.side[index] == 0:
            continue
        last = found[-1][-1] if found else None
        if (
            last is not None
            and place - places[-1] <= fired.step
            and fired.side[last] == fired.side[index]
            and part[last] == part[index]
        ):
            found[-1].append(index)
        else:
            found.append([index])
        places.append(place)
    return found


def assurance(target: float, lower: float, upper: float, direction: Direction) -> Assurance | None:
    """Assurance as in Making Data Count: where the target lies against the limits. None if it cannot be said."""
    if direction == "neutral" or math.isnan(lower) or math.isnan(upper):
        return None
    if lower <= target <= upper:
        return "inconsistent"
    met = (target < lower) == (direction == "up")
    return "consistent_pass" if met else "consistent_fail"
