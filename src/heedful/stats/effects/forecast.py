"""When will there be an answer, if events keep to a given rate?"""

from collections.abc import Sequence

import numpy as np

from heedful.stats.effects.boundaries import boundary
from heedful.stats.effects.claims import FUZZ, Rule


def months_to_worked(rules: Sequence[Rule], ratio: float) -> int | None:
    """Smallest number of months m' - m with n + ratio x (A/B) x (e_m' - e_m) on the good side of c_m'.

    Months to come are given the average exposure of those since the change, or of the baseline before the first look.
    """
    rule = next((each for each in rules if each.claim == "worked"), None)
    if rule is None:
        return None
    if rule.reached_at is not None:
        return 0
    looks, belief, horizon = len(rule.since.events), rule.belief, rule.since.horizon
    to_come = np.arange(1, horizon - looks + 1)
    if not len(to_come) or not belief.months:
        return None
    so_far, events = (rule.since.exposure[-1], rule.since.events[-1]) if looks else (0.0, 0.0)
    monthly = so_far / looks if looks else belief.exposure / belief.months / rule.since.dispersion
    exposure = np.concatenate([rule.since.exposure, so_far + monthly * to_come])
    limits = boundary(
        belief.shape, belief.rate, exposure, side=rule.side, alpha=rule.since.alpha, horizon=horizon
    )[looks:]  # fmt: skip
    totals = events + ratio * belief.expected_rate * monthly * to_come
    enough = totals <= limits + FUZZ if rule.side == "low" else totals >= limits - FUZZ
    return int(to_come[enough][0]) if enough.any() else None
