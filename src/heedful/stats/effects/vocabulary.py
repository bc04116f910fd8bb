"""The stable slugs that verdicts speak in. Labels for people are the caller's."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Answer = Literal["worked", "no_change", "worse", "not_enough_evidence"]

Direction = Literal["down", "up"]
"""Which way is better: fewer events, or more of them (near misses told)."""

Claim = Literal["worked", "no_change", "worse"]
"""What a boundary can show. Only `worked` is good news; each has a boundary of its own."""

Side = Literal["low", "high"]

CautionCode = Literal[
    "no_exposure",
    "missing_exposure",
    "no_baseline",
    "short_baseline",
    "few_baseline_events",
    "no_trigger",
    "no_peers",
    "overdispersed",
    "past_horizon",
    "short_of_target",
    "not_lasting",
]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

Series = Sequence[float | None] | Sequence[float] | Sequence[int] | npt.NDArray[Any]
"""One value per month in order; None or NaN where there is none."""
