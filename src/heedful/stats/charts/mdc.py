"""The Making Data Count rules on a whole matrix of series at once: values in, rule and side per point out.

Source: NHS England, Making Data Count; order and details as in NHSRplotthedots 0.2.2 (MIT), whose vectors we match.
"""

from typing import Final

import numpy as np

from heedful.stats.charts.dialects import Dialect
from heedful.stats.charts.vocabulary import BoolArray, FloatArray, Rule, SmallIntArray

RULES: Final[tuple[Rule, ...]] = ("outside_limits", "trend", "two_in_three", "shift")
"""In order: where several rules fire, the first is the one shown."""


def judge(
    values: FloatArray, centre: FloatArray, reach: FloatArray, close: FloatArray, dialect: Dialect
) -> SmallIntArray:
    """For each rule of RULES and each point: +1 fired high or rising, -1 fired low or falling, 0 not fired.

    values (m, n); centre, reach (centre to limit) and close (centre to two thirds of it) (m,); NaN breaks runs.
    Shape of the answer (4, m, n).
    """
    side = _beyond(values, centre, centre)
    outside = _beyond(values, centre - reach, centre + reach)
    near = (_beyond(values, centre - close, centre + close) != 0) & (outside == 0)
    shift = _members(_one_sided(side, dialect.shift), dialect.shift, values.shape[1])
    return np.stack([outside, _trends(values, dialect.trend), _two_in_three(near, side) * side, shift * side])


def _beyond(values: FloatArray, lower: FloatArray, upper: FloatArray) -> SmallIntArray:
    high: SmallIntArray = (values > upper[:, None]).astype(np.int8)
    high -= values < lower[:, None]
    return high


def _two_in_three(near: BoolArray, side: SmallIntArray) -> BoolArray:
    """Near points in a window of three on one side of the centre of which two or more are near a limit.

    A point beyond the limit is not "near" it: two beyond and one near is not this rule (as NHSRplotthedots does).
    """
    windows = (_window_counts(near, 3) >= 2) & _one_sided(side, 3)
    return _members(windows, 3, near.shape[1]) & near


def _trends(values: FloatArray, points: int) -> SmallIntArray:
    """The slope of members of trends: out of the point if the next is a member too, else into it; 0 for others.

    Anything but a rise counts as a fall, as in NHSRplotthedots; it matters only for equal neighbours, the last point
    of one trend and the first of the next.
    """
    columns = values.shape[1]
    rises = values[:, 1:] > values[:, :-1]
    falls = values[:, 1:] < values[:, :-1]
    members = _members(_windows(rises, points - 1) | _windows(falls, points - 1), points, columns)
    slope = np.where(members, np.int8(-1), np.int8(0))
    into, out_of, next_member = (np.zeros(values.shape, dtype=np.bool_) for _ in range(3))
    into[:, 1:], out_of[:, :-1], next_member[:, :-1] = rises, rises, members[:, 1:]
    slope[members & np.where(next_member, out_of, into)] = 1
    return slope


def _one_sided(side: SmallIntArray, width: int) -> BoolArray:
    return _windows(side == 1, width) | _windows(side == -1, width)


def _windows(flags: BoolArray, width: int) -> BoolArray:
    """Whether all `width` flags that start at each place are set. Shape (m, n) -> (m, n - width + 1), at least 0."""
    windows: BoolArray = _window_counts(flags, width) == width
    return windows


def _window_counts(flags: BoolArray, width: int) -> SmallIntArray:
    rows, columns = flags.shape
    places = max(columns - width + 1, 0)
    counts = np.zeros((rows, places), dtype=np.int8)
    for offset in range(width):
        counts += flags[:, offset : offset + places]
    return counts


def _members(windows: BoolArray, width: int, columns: int) -> BoolArray:
    """Every point of a set window, given which windows are set. Shape (m, places) -> (m, columns)."""
    members = np.zeros((windows.shape[0], columns), dtype=np.bool_)
    for offset in range(width):
        members[:, offset : offset + windows.shape[1]] |= windows
    return members
