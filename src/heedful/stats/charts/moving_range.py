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

    NaN where no moving range is left, or only zeros: a month with one event among months with none is screened out,
    and limits at the mean itself would flag every point (as NHSRplotthedots and qicharts2 do).
    """
    ranges = np.abs(np.diff(values, axis=1))
    both = use[:, 1:] & use[:, :-1]
    average = row_means(ranges, both)
    if screen:
        with np.errstate(invalid="ignore"):
            average = row_means(ranges, both & (ranges < SCREEN * average[:, None]))
    return np.where(average > 0, average, np.nan)


def average_moving_range(values: FloatArray, *, screen: bool = True) -> float:
    """The same for one series; NaN marks a gap that no moving range spans."""
    row = values[None, :]
    return float(average_moving_ranges(row, ~np.isnan(row), screen=screen)[0])
