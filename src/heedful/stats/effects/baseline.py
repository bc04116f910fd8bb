"""What was usual before: own months, drawn towards similar services, and how much more than chance they vary.

Notation of Jones and Spiegelhalter (Stat Med 2009;28:1645) for regression to the mean: the unit's true rate has the
prior Gamma(a, b) of its peers; its own months make it Gamma(a + N0, b + E0).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heedful.stats.effects.series import Months

# Below five services, how much they truly differ cannot be told from chance, and a prior made of them would be made up.
LEAST_PEERS = 5
# Services are never taken to be more alike than this (coefficient of variation of their true rates).
LEAST_SPREAD = 0.15


@dataclass(frozen=True)
class Prior:
    """Gamma(shape `a`, rate `b`) of the peers' true rates. Both 0: no peers, a flat prior."""

    a: float = 0.0
    b: float = 0.0
    peers: int = 0


@dataclass(frozen=True)
class Baseline:
    """Gamma(shape, rate) belief about the rate before the change, in events over `dispersion`.

    `events`, `exposure`, `months`: the unit's own, unscaled. `shape / rate` is the expected rate per unit of exposure.
    """

    shape: float
    rate: float
    events: float
    exposure: float
    months: int

    @property
    def known(self) -> bool:
        """Is there anything to expect?"""
        return self.shape > 0 and self.rate > 0

    @property
    def expected_rate(self) -> float:
        return self.shape / self.rate if self.rate else 0.0


def prior_from(own: Months, peers: Sequence[Months], start: int, stop: int) -> Prior:
    """The prior of a service and its peers by the method of moments, over the months from `start` up to `stop`.

    The service is one of those that it is compared with: left out, one picked for a bad spell would be drawn too far
    down, and "worse" said too often (measured: 7.5% instead of 5.9% for the worst of twenty at half an event a month).
    """
    sums = [one.sums(start, stop) for one in (own, *peers)]
    others = sum(exposure > 0 for _, exposure in sums[1:])
    known = [(events, exposure) for events, exposure in sums if exposure > 0]
    total = sum(events for events, _ in known)
    if others < LEAST_PEERS or total == 0:
        return Prior(peers=others)
    events, exposure = np.array(known).T
    mean = total / exposure.sum()
    between = float(((events / exposure - mean) ** 2).mean() - mean * (1 / exposure).mean())
    variance = max(between, (LEAST_SPREAD * mean) ** 2)
    return Prior(mean**2 / variance, mean / variance, others)


def dispersion(series: Sequence[Months], start: int, stop: int) -> float:
    """Pooled Pearson dispersion of months about each series' own rate: 1 for Poisson, never below."""
    squares, freedom = 0.0, 0
    for one in series:
        events, exposure = one.sums(start, stop)
        kept = one.usable[start:stop]
        if events > 0 and kept.sum() > 1:
            usual = events / exposure * one.exposure[start:stop][kept]
            squares += float(((one.counts[start:stop][kept] - usual) ** 2 / usual).sum())
            freedom += int(kept.sum()) - 1
    return max(1.0, squares / freedom) if freedom else 1.0


def baseline(own: Months, spans: Sequence[tuple[int, int]], prior: Prior, phi: float) -> Baseline:
    """The belief from own months in the spans (start, stop), on top of the prior."""
    sums = [own.sums(start, stop) for start, stop in spans]
    events, exposure = sum(each[0] for each in sums), sum(each[1] for each in sums)
    months = sum(own.known(start, stop) for start, stop in spans)
    return Baseline(prior.a + events / phi, prior.b + exposure / phi, events, exposure, months)
