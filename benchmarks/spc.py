"""XmR charts with every Making Data Count rule: CPU time, against a loop-free numpy XmR that only draws limits.

Run: python benchmarks/spc.py
"""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from heedful.stats import charts

POINTS = 60
SIZES = (1, 100, 1_000, 10_000)
GOAL_MS = 20.0
# Measured earlier on 2 shared cores, 1,000 series of 60 points: NHSRplotthedots 0.2.2 in its batch mode.
PEER_MS = 16_800.0


def plain_xmr(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least work there is: limits from unscreened moving ranges and which points lie outside them."""
    centre = values.mean(axis=1, keepdims=True)
    reach = 2.66 * np.abs(np.diff(values, axis=1)).mean(axis=1, keepdims=True)
    return np.abs(values - centre) > reach, reach


def cpu_ms(work: Callable[[], object], repeats: int) -> float:
    """The best of a few runs: shared machines only ever add time."""
    work()
    times = []
    for _ in range(repeats):
        start = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - start)
    return min(times) / 1e6


def main() -> None:
    draw = np.random.default_rng(7)
    print(f"{'series':>7} {'all rules, ms':>14} {'us a series':>12} {'plain limits, ms':>17} {'ratio':>6}")
    for size in SIZES:
        values = draw.poisson(5, size=(size, POINTS)).astype(np.float64)
        repeats = 200 if size <= 100 else 10
        ours = cpu_ms(lambda matrix=values: charts.xmr_matrix(matrix), repeats)
        plain = cpu_ms(lambda matrix=values: plain_xmr(matrix), repeats)
        print(f"{size:>7,} {ours:>14.3f} {1000 * ours / size:>12.2f} {plain:>17.3f} {ours / plain:>6.1f}")
        if size == 1_000:
            verdict = "met" if ours <= GOAL_MS else "MISSED"
            print(f"        goal {GOAL_MS:g} ms: {verdict}; {PEER_MS / ours:,.0f} times NHSRplotthedots in batch mode")
    values = draw.poisson(5, size=POINTS).astype(np.float64)
    print(f"one series with its whole answer: xmr {cpu_ms(lambda: charts.xmr(values).signals, 200):.3f} ms, ", end="")
    print(f"u {cpu_ms(lambda: charts.u(values, np.full(POINTS, 30.0)).signals, 200):.3f} ms, ", end="")
    print(f"run {cpu_ms(lambda: charts.run(values).signals, 200):.3f} ms")


if __name__ == "__main__":
    main()
