"""What a sample says, and how large one must be: the only file here that reaches the statistics."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from heedful.stats import proportions

Answer = Literal["enough", "not_enough", "too_small"]
_ANSWERS: dict[proportions.Answer, Answer] = {"within": "enough", "beyond": "not_enough", "not_sure": "too_small"}


@dataclass(frozen=True)
class Result:
    """So many of so many missed what was asked; the true share of misses that this does not exclude.

    `answer`: is it as good as wanted, surely not, or is the sample too small to be sure?
    """

    misses: int
    looked_at: int
    not_applicable: int
    low: float
    high: float
    one_sided: bool
    wanted: int
    answer: Answer


def result(answers: Iterable[str], wanted: int) -> Result:
    """What the answers say: "not applicable" is left out. `wanted` of a hundred should be yes."""
    given = list(answers)
    misses, yes = given.count("no"), given.count("yes")
    judged = proportions.judge(misses, misses + yes, limit=_limit(wanted))
    found = judged.interval
    return Result(
        misses=misses,
        looked_at=misses + yes,
        not_applicable=given.count("not_applicable"),
        low=found.low,
        high=found.high,
        one_sided=found.kind in ("upper", "lower"),
        wanted=wanted,
        answer=_ANSWERS[judged.answer],
    )


def least_sample(wanted: int) -> int:
    """How many must be looked at before a sample without a miss shows what is wanted."""
    return proportions.least_sample(_limit(wanted))


def _limit(wanted: int) -> float:
    return (100 - wanted) / 100
