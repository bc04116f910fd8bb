"""The average moving range, screened once for outliers (Nelson 1982, Journal of Quality Technology 14:172-173)."""

import numpy as np

from heedful.stats.charts.exact import row_means
from heedful.stats.charts.vocabulary import BoolArray, FloatArray

# Upper limit of a range of two, as a multiple of the average range (D4 for n = 2; Wheeler, Understanding Variation).
SCREEN = 3.267
# Average range of two normal values, in standard deviations (d2 for n = 2).
D2 = 1.128


def average_moving_ranges(values: FloatArray, use: BoolArray, *, screen: bool = True) -> FloatArray:
    """Average moving range per row of values (m, n); neighbours count only when both are used. Shape (m,).

    NaN where a row has no moving range, or where screening leaves none (all ranges zero: no variation to judge by).
    """
    ranges = np.abs(np.diff(values, axis=1))
    both = use[:, 1:] & use[:, :-1]
    average = row_means(ranges, both)
    if not screen:
        return np.where(average > 0, average, np.nan)
    with np.errstate(invalid="ignore"):
        kept = both & (ranges < SCREEN * average[:, None])
    return row_means(ranges, kept)


def average_moving_range(values: FloatArray, *, screen: bool = True) -> float:
    """The same for one series; NaN marks a gap that no moving range spans."""
    row = values[None, :]
    return float(average_moving_ranges(row, ~np.isnan(row), screen=screen)[0])
