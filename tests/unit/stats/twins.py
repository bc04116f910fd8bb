"""Slow, obvious twins of the charts: plain loops over lists and exact fractions, written from the definitions."""

import itertools
import math
from fractions import Fraction
from statistics import median

NAN = math.nan


def mean(numbers: list[float]) -> float:
    return float(sum(map(Fraction, numbers)) / len(numbers)) if numbers else NAN


def parts_of(length: int, parts: list[int]) -> list[list[int]]:
    """The indices of each part."""
    found: list[list[int]] = []
    for index in range(length):
        if index == 0 or index in parts:
            found.append([])
        found[-1].append(index)
    return found


def screened_moving_range(values: list[float], screen: bool = True) -> float:
    ranges = [abs(b - a) for a, b in itertools.pairwise(values) if not math.isnan(a + b)]
    average = mean(ranges)
    if screen:
        average = mean([one for one in ranges if one < 3.267 * average])
    return average if average > 0 else NAN


def sign(number: float) -> int:
    return 1 if number > 0 else -1 if number < 0 else 0


def xmr(
    values: list[float],
    parts: list[int] = (),
    fix_after: int | None = None,
    exclude: list[int] = (),
    trend: int = 7,
    shift: int = 7,
    screen: bool = True,
) -> dict:
    """Centre, limits and, per rule, where it fired, point by point."""
    size = len(values)
    answer = {"centre": [NAN] * size, "lower": [NAN] * size, "upper": [NAN] * size}
    fired = {rule: [0] * size for rule in ("outside_limits", "trend", "two_in_three", "shift")}
    for indices in parts_of(size, parts):
        kept = [index for index in indices if index not in exclude]
        base = [values[index] for index in kept if fix_after is None or index - indices[0] < fix_after]
        centre = mean([value for value in base if not math.isnan(value)])
        spread = screened_moving_range(base, screen)
        for index in indices:
            answer["centre"][index] = centre
            answer["lower"][index] = centre - 2.66 * spread
            answer["upper"][index] = centre + 2.66 * spread
            if abs(values[index] - centre) > 2.66 * spread:
                fired["outside_limits"][index] = sign(values[index] - centre)
        own = [values[index] for index in kept]
        for rule, flags in (
            ("trend", trends(own, trend)),
            ("two_in_three", two_in_three(own, centre, spread)),
            ("shift", shifts(own, centre, shift)),
        ):
            for index, flag in zip(kept, flags, strict=True):
                fired[rule][index] = flag
    return answer | {"fired": fired}


def shifts(values: list[float], centre: float, points: int) -> list[int]:
    sides = [sign(value - centre) for value in values]
    flags = [0] * len(values)
    for start in range(len(values) - points + 1):
        window = sides[start : start + points]
        if window[0] != 0 and len(set(window)) == 1:
            for index in range(start, start + points):
                flags[index] = window[0]
    return flags


def two_in_three(values: list[float], centre: float, spread: float) -> list[int]:
    sides = [sign(value - centre) for value in values]
    near = [2 * 2.66 / 3 * spread < abs(value - centre) <= 2.66 * spread for value in values]
    flags = [0] * len(values)
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(sides[index] for index in window)) == 3 and sum(near[index] for index in window) >= 2:
            for index in window:
                if near[index]:
                    flags[index] = sides[index]
    return flags


def trends(values: list[float], points: int) -> list[int]:
    member = [False] * len(values)
    for start in range(len(values) - points + 1):
        steps = [values[index + 1] - values[index] for index in range(start, start + points - 1)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            for index in range(start, start + points):
                member[index] = True
    flags = [0] * len(values)
    for index in range(len(values)):
        if member[index]:
            goes_on = index + 1 < len(values) and member[index + 1]
            step = values[index + 1] - values[index] if goes_on else values[index] - values[index - 1]
            flags[index] = 1 if step > 0 else -1
    return flags


def runs(values: list[float], centre: float) -> tuple[int, int, int]:
    """Useful points, longest run and crossings around a centre."""
    sides = [sign(value - centre) for value in values if not math.isnan(value) and value != centre]
    longest = length = crossings = 0
    for place, side in enumerate(sides):
        if place and side != sides[place - 1]:
            crossings += 1
            length = 0
        length += 1
        longest = max(longest, length)
    return len(sides), longest, crossings


def ratio(
    counts: list[float], exposure: list[float], freeze: int | None = None, exclude: list[int] = (), ceiling: float = NAN
) -> tuple[float, list[float], list[float], list[float]]:
    """Centre, values, lower and upper limits of a u chart, or of a p chart with ceiling 1."""
    usable = [
        index
        for index in range(len(counts))
        if exposure[index] > 0 and not math.isnan(counts[index]) and index not in exclude
    ]
    base = [index for index in usable if freeze is None or index < freeze]
    centre = sum(counts[index] for index in base) / sum(exposure[index] for index in base)
    values, lower, upper = [], [], []
    for count, exposed in zip(counts, exposure, strict=True):
        known = exposed > 0
        variance = centre * (1 - centre) if ceiling == 1 else centre
        reach = 3 * math.sqrt(variance / exposed) if known and variance > 0 else NAN
        values.append(count / exposed if known else NAN)
        lower.append(max(centre - reach, 0) if known and variance > 0 else NAN)
        highest = centre + reach
        upper.append(min(highest, 1) if ceiling == 1 and not math.isnan(highest) else highest)
    return centre, values, lower, upper


def run_centre(values: list[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return median(known) if known else NAN
