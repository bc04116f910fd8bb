"""Comparing two piles of times: the gap of their medians with an interval, and how well a guesser would do."""

from dataclasses import dataclass

import numpy as np

from tests.nightly.scale import SEED


@dataclass(frozen=True)
class Gap:
    """Milliseconds; `guess` is the area under the curve of a guesser who goes by time alone: 0.5 is a coin."""

    first: float
    second: float
    low: float
    high: float
    guess: float

    @property
    def middle(self) -> float:
        return self.first - self.second


def gap(first: list[float], second: list[float], resamples: int = 2_000) -> Gap:
    """Seconds in, milliseconds out. The interval is a bootstrap of 99 in 100."""
    draw = np.random.default_rng(SEED)
    ours, theirs = np.asarray(first) * 1000, np.asarray(second) * 1000
    gaps = [
        np.median(draw.choice(ours, ours.size)) - np.median(draw.choice(theirs, theirs.size)) for _ in range(resamples)
    ]
    low, high = np.percentile(gaps, [0.5, 99.5])
    return Gap(float(np.median(ours)), float(np.median(theirs)), float(low), float(high), area(ours, theirs))


def area(ours: "np.ndarray", theirs: "np.ndarray") -> float:
    """The chance that one of ours took longer than one of theirs, ties counting half."""
    ordered = np.sort(theirs)
    below = np.searchsorted(ordered, ours, side="left")
    upto = np.searchsorted(ordered, ours, side="right")
    return float(((below + upto) / 2).mean() / theirs.size)
