"""What a sample says about all: how often something goes wrong, with an exact interval, and whether that is enough.

Counts go in, frozen results come out. Exact means from the binomial distribution itself, with no approximation: the
samples of an audit are small and their misses few, where the usual formulas claim too much.

Source of the intervals: Clopper and Pearson, Biometrika 26 (1934), 404-413. With nothing found, or everything, one end
is certain, and the other takes the whole 5%: `1 - 0.05 ** (1 / n)`, close to the "rule of three", 3 / n (Hanley and
Lippman-Hand, JAMA 249 (1983), 1743-1745).

Shapes: scalars only. Errors: `ValueError` with a sentence, for counts that cannot be and levels outside 0 to 1.
"""

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv

Kind = Literal["two_sided", "upper", "lower", "unknown"]
Answer = Literal["within", "beyond", "not_sure"]

__all__ = ["Answer", "Interval", "Judgement", "Kind", "interval", "judge", "least_sample"]


@dataclass(frozen=True)
class Interval:
    """`events` of `n`, and the true shares that this does not exclude: from `low` to `high`, both within 0 to 1.

    `kind`: `two_sided`; `upper` when none was found and only `high` is open (one-sided); `lower` when all were;
    `unknown` when nothing was looked at.
    """

    events: int
    n: int
    level: float
    low: float
    high: float
    kind: Kind

    @property
    def share(self) -> float | None:
        """What was seen: `events / n`; None when nothing was looked at."""
        return self.events / self.n if self.n else None


@dataclass(frozen=True)
class Judgement:
    """Is the true share at most `limit`? `within`: yes. `beyond`: no. `not_sure`: the sample is too small to say."""

    interval: Interval
    limit: float
    answer: Answer


def interval(events: int, n: int, *, level: float = 0.95) -> Interval:
    """The exact interval of a share seen as `events` of `n`.

    Clopper-Pearson: each end leaves `(1 - level) / 2` beyond it. With no event (or nothing but events) it is
    one-sided and the open end leaves `1 - level`. So, whatever the true share is, an end passes it by in at most
    `1 - level` of samples: "at most" and "at least" each hold as often as `level` says. Both ends together hold in at
    least 92.5% of samples at level 0.95 (the least over n up to 60 is 92.6%), and at most shares in more than 95%.

    The sample is taken as drawn from many: it speaks of the way of working, not only of the cases it was drawn from,
    so there is no correction for a small population.

    >>> round(interval(0, 40).high, 3)
    0.072
    """
    _check(events, n, level)
    if n == 0:
        return Interval(events, n, level, 0.0, 1.0, "unknown")
    if events == 0:
        return Interval(events, n, level, 0.0, -math.expm1(math.log1p(-level) / n), "upper")
    if events == n:
        return Interval(events, n, level, math.exp(math.log1p(-level) / n), 1.0, "lower")
    tail = (1 - level) / 2
    low = float(betaincinv(events, n - events + 1, tail))
    high = float(betaincinv(events + 1, n - events, 1 - tail))
    return Interval(events, n, level, low, high, "two_sided")


def judge(events: int, n: int, *, limit: float, level: float = 0.95) -> Judgement:
    """Is the true share at most `limit`, as far as this sample can say?

    `within` when the whole interval is at or below the limit, `beyond` when all of it is above, and `not_sure` where
    it crosses. `limit` is from 0 (none may go wrong: a sample can then only show `beyond`) to 1.
    """
    if not 0 <= limit <= 1:
        raise ValueError(f"The limit is a share from 0 to 1, and {limit:g} is not.")
    found = interval(events, n, level=level)
    answer: Answer = "within" if found.high <= limit else "beyond" if found.low > limit else "not_sure"
    return Judgement(found, limit, answer)


def least_sample(limit: float, *, level: float = 0.95) -> int:
    """The smallest sample that can say `within` at all: when nothing is found to be wrong in it.

    >>> least_sample(0.1)
    29
    """
    if not 0 < limit < 1:
        raise ValueError(f"No sample can show a share of at most {limit:g}: the limit lies between 0 and 1.")
    _check(0, 0, level)
    guess = max(math.ceil(math.log1p(-level) / math.log1p(-limit)) - 1, 1)
    while judge(0, guess, limit=limit, level=level).answer != "within":
        guess += 1
    return guess


def _check(events: int, n: int, level: float) -> None:
    if n < 0 or events < 0 or events > n:
        raise ValueError(f"{events} of {n} cannot be counted.")
    if not 0 < level < 1:
        raise ValueError(f"The level lies between 0 and 1, and {level:g} does not.")
