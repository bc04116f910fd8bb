"""Months of counts and exposure as callers hand them in: checked, the unusable set apart, never filled in."""

from dataclasses import dataclass

import numpy as np

from heedful.stats.effects.vocabulary import BoolArray, FloatArray, Series

MOST_EVENTS = 20_000  # in one series; beyond, the exact recursion takes minutes


@dataclass(frozen=True, eq=False)
class Months:
    """(n,) counts and exposure. `usable`: both are known and somebody was there; other months say nothing."""

    counts: FloatArray
    exposure: FloatArray
    usable: BoolArray

    def __len__(self) -> int:
        return len(self.counts)

    def sums(self, start: int, stop: int) -> tuple[float, float]:
        """Events and exposure of the usable months from `start` up to `stop`."""
        part = slice(start, stop)
        kept = self.usable[part]
        return float(self.counts[part][kept].sum()), float(self.exposure[part][kept].sum())

    def known(self, start: int, stop: int) -> int:
        return int(self.usable[start:stop].sum())


def as_months(counts: Series, exposure: Series, name: str = "") -> Months:
    """Checked copies. ValueError names the row (from 0) that cannot be."""
    told, care = _column(counts, f"{name}counts"), _column(exposure, f"{name}exposure")
    if told.shape != care.shape:
        raise ValueError(f"{name}counts has {len(told)} months and {name}exposure {len(care)}")
    _refuse(told < 0, f"{name}counts must not be below 0")
    _refuse(care < 0, f"{name}exposure must not be below 0")
    _refuse(~np.isnan(told) & (told != np.floor(told)), f"{name}counts must be whole numbers")
    _refuse((told > 0) & (care == 0), f"{name}counts has events where exposure is 0")
    if np.nansum(told) > MOST_EVENTS:
        raise ValueError(f"{name}counts holds {np.nansum(told):g} events; the exact method goes to {MOST_EVENTS}")
    usable = ~np.isnan(told) & (care > 0)
    for column in (told, care, usable):
        column.setflags(write=False)
    return Months(told, care, usable)


def _column(values: Series, name: str) -> FloatArray:
    column = np.array(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {column.shape}")
    _refuse(np.isinf(column), f"{name} must be finite; use NaN or None where there is no value")
    return column


def _refuse(wrong: BoolArray, words: str) -> None:
    if wrong.any():
        raise ValueError(f"{words} (row {int(np.flatnonzero(wrong)[0])})")
