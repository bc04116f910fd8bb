"""Many XmR charts at once: a matrix of series in, limits and flags out, without a loop over series."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from heedful.stats.charts import mdc
from heedful.stats.charts.dialects import Dialect, dialect_of
from heedful.stats.charts.exact import row_means
from heedful.stats.charts.moving_range import average_moving_ranges
from heedful.stats.charts.series import Layout, lay_out
from heedful.stats.charts.vocabulary import BoolArray, DialectName, FloatArray, Rule, SmallIntArray

# Limits lie 3 sigma out: 3 / 1.128, rounded as Making Data Count and Wheeler do.
LIMIT = 2.66
CLOSE = 2 * (LIMIT / 3)
# Series worked on together: enough to leave Python behind, few enough to stay in the processor's cache.
BLOCK = 500


@dataclass(frozen=True, eq=False)
class XmrMatrix:
    """XmR charts of m series of n points. All arrays are (m, n); NaN where there is none.

    `fired` (4, m, n) says for each of `rules` where it fired: +1 high or rising, -1 low or falling, 0 not.
    """

    values: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    moving_range: FloatArray
    fired: SmallIntArray

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order in which they are shown."""
        return mdc.RULES

    @property
    def special_cause(self) -> BoolArray:
        """Which points any rule flags, (m, n)."""
        flagged: BoolArray = np.logical_or.reduce(self.fired != 0, axis=0)
        return flagged

    @property
    def rule_shown(self) -> SmallIntArray:
        """Place in `rules` of the rule to show for each point, -1 for none, (m, n)."""
        first = np.argmax(self.fired != 0, axis=0)
        return np.where(self.special_cause, first, -1).astype(np.int8)


def xmr_matrix(
    values: npt.NDArray[Any],
    *,
    parts: Sequence[int] = (),
    fix_after: int | None = None,
    exclude: BoolArray | None = None,
    dialect: DialectName | Dialect = "mdc",
    screen: bool = True,
) -> XmrMatrix:
    """XmR charts with the Making Data Count rules of m series at once; cost grows linearly with m and n.

    values: (m, n), NaN where a series has no value (a gap: no moving range or run spans it).
    parts: columns from 1 at which every series is rebased. fix_after: points per part that make its baseline.
    exclude: (m, n) booleans, points left out of centre, limits and runs, which then close up over them.
    Raises ValueError for a wrong shape, infinite values or indices outside the series. Source: see `xmr`.
    """
    matrix = np.array(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"values must be two-dimensional, not of shape {matrix.shape}")
    if np.isinf(matrix).any():
        raise ValueError("values must be finite; use NaN where there is no value")
    if exclude is not None and exclude.shape != matrix.shape:
        raise ValueError("exclude must have the shape of values")
    layout = lay_out(matrix.shape[1], parts, (), fix_after)
    return chart_matrix(matrix, layout, exclude, dialect_of(dialect), screen=screen)


def chart_matrix(
    matrix: FloatArray, layout: Layout, exclude: BoolArray | None, dialect: Dialect, *, screen: bool
) -> XmrMatrix:
    """The same on checked input."""
    lines = np.full((4, *matrix.shape), np.nan)
    fired = np.zeros((4, *matrix.shape), dtype=np.int8)
    fix = matrix.shape[1] if layout.freeze is None else layout.freeze
    blocks = [slice(start, start + BLOCK) for start in range(0, len(matrix), BLOCK)]
    for rows, part in itertools.product(blocks, layout.slices()):
        left_out = None if exclude is None or not exclude[rows, part].any() else exclude[rows, part]
        _chart_part(matrix[rows, part], left_out, fix, dialect, screen, lines[:, rows, part], fired[:, rows, part])
    centre, lower, upper, moving_range = lines
    return XmrMatrix(matrix, centre, lower, upper, moving_range, fired)


def _chart_part(
    values: FloatArray,
    left_out: BoolArray | None,
    fix: int,
    dialect: Dialect,
    screen: bool,
    lines: FloatArray,
    fired: SmallIntArray,
) -> None:
    """Chart one part of every series into `lines` and `fired`, both (4, m, k)."""
    baseline = np.broadcast_to(np.arange(values.shape[1]) < fix, values.shape)
    order = None if left_out is None else np.argsort(left_out, axis=1, kind="stable")
    ordered, in_baseline = values, baseline & ~np.isnan(values)
    if order is not None and left_out is not None:
        # Left-out points go to the end as gaps, so that the others become neighbours; the flags go back below.
        ordered = np.take_along_axis(np.where(left_out, np.nan, values), order, axis=1)
        in_baseline = np.take_along_axis(in_baseline & ~left_out, order, axis=1)
    centre = row_means(ordered, in_baseline)
    moving_range = average_moving_ranges(ordered, in_baseline, screen=screen)
    reach, close = LIMIT * moving_range, CLOSE * moving_range
    flags = mdc.judge(ordered, centre, reach, close, dialect)
    for line, of_row in zip(lines, (centre, centre - reach, centre + reach, moving_range), strict=True):
        line[:] = of_row[:, None]
    if order is None:
        fired[:] = flags
        return
    for rule, flag in zip(fired, flags, strict=True):
        np.put_along_axis(rule, order, flag, axis=1)
    fired[0] = (values > lines[2]).astype(np.int8) - (values < lines[1])
