"""Sums and means in extended precision, so that a point exactly on the centre line is seen to be on it."""

import numpy as np
import numpy.typing as npt

from heedful.stats.charts.vocabulary import BoolArray, FloatArray

_WIDE = np.longdouble


def row_means(values: FloatArray, use: BoolArray) -> FloatArray:
    """Mean of the used values of each row; NaN where a row uses none. Shapes (m, n) -> (m,)."""
    count = np.count_nonzero(use, axis=1)
    divisor = np.maximum(count, 1)
    wide: npt.NDArray[np.longdouble] = np.where(use, values, 0.0).astype(_WIDE)
    mean = wide.sum(axis=1) / divisor
    # A second pass over the residuals, as R's mean() does: without it a mean of equal values can miss them by an ulp.
    wide -= mean[:, None]
    mean += np.where(use, wide, 0).sum(axis=1) / divisor
    return np.where(count > 0, mean, np.nan).astype(np.float64)


def mean_of(values: FloatArray) -> float:
    """Mean of a one-dimensional array without NaN; NaN if it is empty."""
    return float(row_means(values[None, :], np.ones((1, len(values)), dtype=np.bool_))[0])


def sum_of(values: FloatArray) -> float:
    return float(values.astype(_WIDE).sum())
