"""Verdicts: CPU time a case, looked at every month for two years, against the same recursion written out plainly.

Run: python benchmarks/effects.py
"""

import time

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from heedful.stats import effects

GOAL = 200.0  # cases a second on one core, each with 24 looks and all three boundaries
CASES = 200
BEFORE, AFTER = 24, 24
RATES = (0.5, 2.0, 8.0)


def plain_boundary(shape: float, rate: float, exposure: NDArray[np.float64], most: int) -> list[int]:
    """The definition: a matrix of negative binomial increments for every look; the lower boundary only."""
    n = np.arange(most + 1)
    alive = np.zeros(most + 1)
    alive[0], before, spent, found = 1.0, 0.0, 0.0, []
    for look, care in enumerate(exposure, start=1):
        prob = (rate + before) / (rate + care)
        step = stats.nbinom.pmf(n[None, :] - n[:, None], shape + n[:, None], prob)
        alive = alive @ step
        reached = np.cumsum(alive)
        cut = int(np.searchsorted(reached, 0.05 * min(1, look / 24) - spent, side="right"))
        spent += float(reached[cut - 1]) if cut else 0.0
        alive[:cut] = 0
        found.append(cut - 1)
        before = care
    return found


def main() -> None:
    rng = np.random.default_rng(7)
    flat = np.ones(BEFORE + AFTER)
    print(f"{'a month':>7} {'ms a verdict':>13} {'cases/s':>8} {'with interval':>14} {'plain, ms':>10} {'ratio':>6}")
    for rate in RATES:
        cases = rng.poisson(rate, size=(CASES, BEFORE + AFTER))
        effects.judge(cases[0], flat, start=BEFORE)
        began = time.process_time()
        verdicts = [effects.judge(case, flat, start=BEFORE) for case in cases]
        ours = (time.process_time() - began) / CASES * 1e3
        began = time.process_time()
        assert all(verdict.interval or not verdict.looks or verdict.shown for verdict in verdicts[:40])
        interval = (time.process_time() - began) / 40 * 1e3
        began = time.process_time()
        for case in cases[:10]:
            shape = max(float(case[:BEFORE].sum()), 1.0)
            plain_boundary(shape, BEFORE, np.arange(1.0, AFTER + 1), int(shape * 2 + 20))
        # Three boundaries make a verdict.
        plain = 3 * (time.process_time() - began) / 10 * 1e3
        speed = 1e3 / ours
        print(f"{rate:>7g} {ours:>13.2f} {speed:>8.0f} {ours + interval:>14.2f} {plain:>10.1f} {plain / ours:>6.0f}")
        print(f"        goal {GOAL:g} cases a second: {'met' if speed >= GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
