"""Checks of what callers hand in, and the layout of a series: its parts, its baseline, what is left out."""

import itertools
import operator
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heedful.stats.charts.vocabulary import BoolArray, Direction, FloatArray, IntArray, Series

DIRECTIONS = ("up", "down", "neutral")


def as_series(values: Series, name: str, *, least: float | None = None, above: float | None = None) -> FloatArray:
    """A read-only copy as float64, None as NaN. ValueError if not one-dimensional, infinite or below the bound."""
    series = np.array(values, dtype=np.float64)
    if series.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {series.shape}")
    if np.isinf(series).any():
        raise ValueError(f"{name} must be finite; use NaN or None where there is no value")
    if least is not None and (series < least).any():
        raise ValueError(f"{name} must not be below {least:g}")
    if above is not None and (series <= above).any():
        raise ValueError(f"{name} must be above {above:g}")
    series.setflags(write=False)
    return series


def check_direction(direction: Direction) -> Direction:
    if direction not in DIRECTIONS:
        raise ValueError(f"direction must be one of {', '.join(DIRECTIONS)}, not {direction!r}")
    return direction


@dataclass(frozen=True, eq=False)
class Layout:
    """Where parts start, which part a point is in, which points count, and which of them make the baseline."""

    starts: tuple[int, ...]
    exclude: tuple[int, ...]
    freeze: int | None
    part: IntArray
    included: BoolArray
    baseline: BoolArray

    def slices(self) -> list[slice]:
        """One slice per part, in order. An empty series has none."""
        edges = [0, *self.starts, len(self.part)]
        return [slice(start, stop) for start, stop in itertools.pairwise(edges) if stop > start]


def lay_out(length: int, parts: Sequence[int], exclude: Sequence[int], freeze: int | None) -> Layout:
    """Lay a series out. Parts are the indices (from 0) at which a new part starts; `freeze` counts points per part."""
    starts = _indices(parts, length, "parts")
    left_out = _indices(exclude, length, "exclude")
    if freeze is not None and operator.index(freeze) < 2:
        raise ValueError("a baseline needs at least 2 points")
    starts = tuple(start for start in starts if start > 0)
    part = np.zeros(length, dtype=np.int64)
    part[list(starts)] = 1
    part = np.cumsum(part)
    included = np.ones(length, dtype=np.bool_)
    included[list(left_out)] = False
    edges = np.array([0, *starts], dtype=np.int64)
    position = np.arange(length) - edges[part]
    baseline = included if freeze is None else included & (position < freeze)
    return Layout(starts, left_out, freeze, part, included, baseline)


def _indices(indices: Sequence[int], length: int, name: str) -> tuple[int, ...]:
    found = tuple(sorted({operator.index(index) for index in indices}))
    if found and not (found[0] >= 0 and found[-1] < length):
        raise ValueError(f"{name} must lie between 0 and {length - 1}, the indices of the series")
    return found
