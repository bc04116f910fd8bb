"""The Anhoej run rules: an unusually long run on one side of the centre, or unusually few crossings of it.

Sources: Anhoej & Olesen, PLoS ONE 2014;9(11):e113825; limit of the longest run Schilling 2012 (Mathematics Magazine
85:141-149); limit of the crossings Chen 2010. Numbers as in qicharts2 0.8.1 with method "anhoej".
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from heedful.stats.charts.vocabulary import BoolArray, FloatArray, IntArray


@lru_cache(maxsize=4096)
def longest_run_max(useful: int) -> int:
    """Longest run that `useful` points (those not on the centre line) may have without a signal. At least 1 point."""
    if useful < 1:
        raise ValueError("at least one useful point is needed")
    return round(math.log2(useful)) + 3


@lru_cache(maxsize=4096)
def crossings_min(useful: int) -> int:
    """Fewest crossings that `useful` points may have without a signal: the 5% point of Binomial(useful - 1, 1/2).

    In whole numbers, because a float quantile lands one too low for some lengths.
    """
    if useful < 1:
        raise ValueError("at least one useful point is needed")
    pairs = useful - 1
    ways, below, crossings = 1, 1, 0
    while 20 * below < 2**pairs:
        ways = ways * (pairs - crossings) // (crossings + 1)
        crossings += 1
        below += ways
    return crossings


@dataclass(frozen=True)
class Runs:
    """The runs analysis of one part. Indices are the caller's, `start` and `stop` those of the longest run."""

    part: int
    observations: int
    useful: int
    longest: int
    longest_max: int
    crossings: int
    crossings_min: int
    start: int
    stop: int
    side: int
    """Side of the longest run: +1 above the centre line, -1 below. The last one, if several are longest."""

    @property
    def long_run(self) -> bool:
        return self.longest > self.longest_max

    @property
    def few_crossings(self) -> bool:
        return self.crossings < self.crossings_min

    @property
    def signal(self) -> bool:
        return self.long_run or self.few_crossings


def analyse(
    values: FloatArray, centre: FloatArray, included: BoolArray, part: int, first: int
) -> tuple[Runs | None, IntArray]:
    """Runs of one part that begins at index `first`, and for each point the side (+1, -1) of a too long run, else 0.

    Points that are excluded, missing or on the centre line are passed over: they neither break nor lengthen a run.
    """
    in_long_run = np.zeros(len(values), dtype=np.int64)
    sides = (values > centre).astype(np.int64) - (values < centre)
    where = np.flatnonzero(included & (sides != 0))
    if len(where) == 0:
        return None, in_long_run
    starts = np.flatnonzero(np.concatenate([[True], np.diff(sides[where]) != 0]))
    lengths = np.diff(np.append(starts, len(where)))
    allowed = longest_run_max(len(where))
    useful_long = np.repeat(lengths > allowed, lengths)
    in_long_run[where[useful_long]] = sides[where[useful_long]]
    last_longest = len(lengths) - 1 - int(np.argmax(lengths[::-1]))
    run = where[starts[last_longest] : starts[last_longest] + lengths[last_longest]]
    runs = Runs(
        part=part,
        observations=int(np.count_nonzero(included)),
        useful=len(where),
        longest=len(run),
        longest_max=allowed,
        crossings=len(lengths) - 1,
        crossings_min=crossings_min(len(where)),
        start=first + int(run[0]),
        stop=first + int(run[-1]) + 1,
        side=int(sides[run[0]]),
    )
    return runs, in_long_run
