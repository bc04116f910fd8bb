"""How few, or how many, are enough to be sure: exact alpha spending for a gamma-Poisson count, looked at every month.

The count since the change is a Polya process: Poisson with a rate that is Gamma(shape, rate) times `ratio`. Looks spend
the error `alpha` linearly (Lan and DeMets, Biometrika 1983;70:659; for Poisson counts Silva, Sequential Analysis 2018).
Given a total, how a path came there does not depend on the rate; so paths are walked once under a plain Poisson rate
and weighted with the negative binomial of the total. That is exact, and a convolution per look.
"""

import numpy as np
from scipy import special, stats

from heedful.stats.effects.vocabulary import BoolArray, FloatArray, IntArray, Side

ALPHA = 0.05
HORIZON = 24
# Totals so far from the walking rate that a Poisson probability underflows: paths to them count as not yet decided,
# which only makes the boundary harder to cross.
LEAST_LOG = -650.0


def spending(looks: int, *, alpha: float = ALPHA, horizon: int = HORIZON) -> FloatArray:
    """(looks,) error that may be spent up to each look: alpha x min(1, look / horizon)."""
    return alpha * np.minimum(1.0, np.arange(1, looks + 1) / horizon)


def boundary(
    shape: float,
    rate: float,
    exposure: FloatArray,
    *,
    side: Side,
    ratio: float = 1.0,
    alpha: float = ALPHA,
    horizon: int = HORIZON,
) -> IntArray:
    """The boundary at each look.

    shape, rate: the belief about the rate before, Gamma(shape, rate), both above 0.
    exposure: (m,) cumulative since the change, in the unit of `rate`; never falling.
    ratio: the rate ratio under which the error holds.

    Returns (m,): for "low" the largest total that is low enough (-1: none is); for "high" the smallest that is high
    enough. At most `alpha` of series with that ratio ever reach it.
    """
    care = np.asarray(exposure, dtype=np.float64) * ratio
    if not (shape > 0 and rate > 0 and len(care) and care[0] > 0 and (np.diff(care) >= 0).all()):
        raise ValueError("shape, rate and the first exposure must be above 0, and exposure must not fall")
    size = _states(shape, rate, care[-1], side, alpha, alpha / horizon)
    months, weights, near = _tables(shape, rate, care, size)
    walk = _low if side == "low" else _high
    return walk(months, weights, near, spending(len(care), alpha=alpha, horizon=horizon))


def _low(months: FloatArray, weights: FloatArray, near: BoolArray, allowed: FloatArray) -> IntArray:
    found, spent = np.empty(len(months), dtype=np.int64), 0.0
    paths = _nowhere(months)
    for look, month in enumerate(months):
        paths = np.convolve(paths, month)[: len(paths)]
        reached = (np.where(near[look], paths, 1.0) * weights[look]).cumsum()
        cut = int(reached.searchsorted(allowed[look] - spent, side="right"))
        found[look] = cut - 1
        if cut:
            paths[:cut] = 0.0
            spent += float(reached[cut - 1])
    return found


def _high(months: FloatArray, weights: FloatArray, near: BoolArray, allowed: FloatArray) -> IntArray:
    found = np.empty(len(months), dtype=np.int64)
    paths = _nowhere(months)
    for look, month in enumerate(months):
        paths = np.convolve(paths, month)[: len(paths)]
        below = (np.where(near[look], paths, 1.0) * weights[look]).cumsum()
        # What was decided before is gone from the paths: below adds up to what is still undecided.
        cut = int(below.searchsorted(1.0 - allowed[look], side="left")) + 1
        found[look], paths[cut:] = cut, 0.0
    return found


def _nowhere(months: FloatArray) -> FloatArray:
    paths = np.zeros(months.shape[1])
    paths[0] = 1.0
    return paths


def _states(shape: float, rate: float, care: float, side: Side, alpha: float, least: float) -> int:
    """How many totals matter: a boundary never lies beyond these quantiles of the last total."""
    chance = rate / (rate + care)
    last = stats.nbinom.ppf(alpha, shape, chance) if side == "low" else stats.nbinom.isf(least, shape, chance)
    return int(last) + 2


def _tables(shape: float, rate: float, care: FloatArray, size: int) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Per look and number of events: P(so many that month) on the walk; the total's weight; is the walk near it?"""
    n = np.arange(size)
    factorials = special.gammaln(n + 1.0)
    monthly = np.diff(care, prepend=0.0)[:, None] * (shape / rate)
    months = np.exp(special.xlogy(n, monthly) - monthly - factorials)
    mean, odds = care[:, None] * (shape / rate), care[:, None] / rate
    walked = n * np.log(mean) - mean - factorials
    polya = special.gammaln(shape + n) - special.gammaln(shape) - factorials
    polya = polya + n * np.log(odds / (1 + odds)) - shape * np.log1p(odds)
    near = walked > LEAST_LOG
    return months, np.exp(np.where(near, polya - walked, polya)), near
