"""Figures as people write them: "4,220", "approx 3300", "267hrs", "tbc", "2126 (to 15th)". In doubt it is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from heedful.intake.sheets.grid import Cell
from heedful.intake.understanding.text import fold, is_blank

_NUMBER = re.compile(
    r"^(?:approx(?:imately)?\.?|about|around|circa|c\.?|~|est\.?)?\s*"
    r"(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)?\s*"
    r"(?:hrs?|hours?|visits?|calls?|days?|bed ?days?|obds?|nights?)?\.?$"
)
_PART = re.compile(r"^(.*\d)\D*\((?:up )?(?:to|until|till) (\d{1,2})(?:st|nd|rd|th)?\)$")
_PERCENT = re.compile(r"^\d{1,3}(?:\.\d+)?\s*(?:%|per ?cent)$")
_ERROR = re.compile(r"^#[a-z/0]+[!?]?$")
# Beyond these a figure is no busy month but a slip of the keyboard.
_MUCH_MORE, _MUCH_LESS, _LEAST_OTHERS = 4, 0.25, 5


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell gives. `to_day`: the figure says itself that it ends on this day of the month."""

    value: float | None
    reason: str = ""
    to_day: int = 0


def amount(cell: Cell) -> Amount:
    """A figure is never made up: a blank is missing, not nought."""
    value = cell.value
    if is_blank(cell) or isinstance(value, bool):
        return Amount(None, "missing")
    if isinstance(value, int | float):
        found = _share(value) if isinstance(value, float) else Amount(value)
    elif isinstance(value, str):
        found = _written(fold(value))
    else:
        return Amount(None, "not_a_number")
    if cell.struck and not found.reason:
        return Amount(found.value, "crossed_out")
    return Amount(found.value, "negative") if found.value is not None and found.value < 0 else found


def _share(value: float) -> Amount:
    """Less than one is a share of something, as occupancy is."""
    return Amount(None, "looks_like_occupancy_percent") if 0 < value <= 1 else Amount(value)


def _written(text: str) -> Amount:
    if found := _NUMBER.match(text):
        return Amount(float(re.sub(r"[, ]", "", found[1]) + (found[2] or "")))
    if found := _PART.match(text):
        inner = _written(found[1].strip())
        return Amount(inner.value, inner.reason or "part_period", int(found[2]))
    if _PERCENT.match(text):
        return Amount(None, "looks_like_occupancy_percent")
    return Amount(None, "formula_error" if _ERROR.match(text) else "not_known_yet")


def far_off(per_day: float, usual: Sequence[float]) -> str:
    """A slip of the keyboard, beside the same service's other figures."""
    middle = median(usual)
    if len(usual) <= _LEAST_OTHERS or not middle:
        return ""
    return "implausible_10x" if per_day > middle * _MUCH_MORE or per_day < middle * _MUCH_LESS else ""


def too_many(value: float, most: float) -> str:
    """More days than there are beds for."""
    return "more_than_capacity" if most and value > most else ""
