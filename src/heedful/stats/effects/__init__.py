"""Did a change work? A verdict on monthly counts that regression to the mean, exposure and peeking do not fool.

`judge` gives one of four answers: worked, no change, worse, not enough evidence. The result is frozen, carries its
inputs and its cautions, and the interval and the forecast are made from the boundaries that gave the answer.
"""

from heedful.stats.effects.baseline import Baseline, Prior, dispersion, prior_from
from heedful.stats.effects.boundaries import boundary, spending
from heedful.stats.effects.cautions import Caution
from heedful.stats.effects.claims import Rule, Since
from heedful.stats.effects.evidence import e_value
from heedful.stats.effects.judging import judge
from heedful.stats.effects.plan import Plan
from heedful.stats.effects.series import Months
from heedful.stats.effects.verdict import Interval, Look, Verdict
from heedful.stats.effects.vocabulary import Answer, CautionCode, Claim, Direction

__all__ = [
    "Answer",
    "Baseline",
    "Caution",
    "CautionCode",
    "Claim",
    "Direction",
    "Interval",
    "Look",
    "Months",
    "Plan",
    "Prior",
    "Rule",
    "Since",
    "Verdict",
    "boundary",
    "dispersion",
    "e_value",
    "judge",
    "prior_from",
    "spending",
]
