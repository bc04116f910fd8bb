"""The stable slugs that results speak in, and the array types. Labels for people are the caller's."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Direction = Literal["up", "down", "neutral"]
"""Which way is better. With `neutral` no point is called an improvement or a concern."""

Kind = Literal["xmr", "run", "i", "c", "u", "u_prime", "p", "p_prime", "g", "t"]

Rule = Literal["outside_limits", "trend", "two_in_three", "shift", "long_run", "few_crossings"]
"""`outside_limits`, `trend`, `two_in_three`, `shift` are Making Data Count's; `long_run`, `few_crossings` Anhoej's."""

Finding = Literal["improvement", "concern", "neutral_high", "neutral_low", "neutral", "common_cause"]
"""`neutral`: special cause whose direction the rule does not give (few crossings)."""

Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

DialectName = Literal["mdc", "mdc6"]

CautionCode = Literal[
    "no_baseline",
    "no_variation",
    "short_baseline",
    "few_useful",
    "missing_values",
    "missing_exposure",
    "low_counts",
    "no_lower_limit",
    "overdispersed",
]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
SmallIntArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]

Series = Sequence[float | None] | Sequence[float] | Sequence[int] | npt.NDArray[Any]
"""One value per period in the caller's order; None or NaN where there is none."""
