"""Reads dates and times as people type them. Pure: no Django, no clock."""

import re
from dataclasses import dataclass
from datetime import date, time

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
PARTS = ("day", "month", "year")
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?(?P<half>[ap])?(?:\.?m\.?)?")


@dataclass(frozen=True)
class Unreadable(Exception):
    """Why a date could not be read, as a code, and which of its parts to look at."""

    code: str
    parts: tuple[str, ...]


def read_date(day: str, month: str, year: str) -> date | None:
    """A date from its three boxes; None when all are empty. Raises `Unreadable`."""
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = tuple(part for part in PARTS if not typed[part])
    if len(missing) == 3:
        return None
    if missing:
        raise Unreadable("missing", missing)
    numbers = {"day": _number(typed["day"]), "month": _month(typed["month"]), "year": _number(typed["year"])}
    wrong = tuple(part for part in PARTS if not _possible(part, numbers[part]))
    if wrong:
        raise Unreadable("year" if wrong == ("year",) else "impossible", wrong)
    try:
        return date(numbers["year"], numbers["month"], numbers["day"])
    except ValueError as problem:
        raise Unreadable("impossible", ("day",)) from problem


def read_time(typed: str) -> time | None:
    """07:40, 7.40, 0740, 7am, 7:40 pm, noon; None when it is no time. A bare "7" is 07:00."""
    text = typed.strip().lower()
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    match = _TIME.fullmatch(re.sub(r"\s+(?=[ap])", "", text))
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _possible(part: str, number: int) -> bool:
    lowest, highest = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}[part]
    return lowest <= number <= highest


def _number(typed: str) -> int:
    return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed) else 0


def _month(typed: str) -> int:
    """6, 06, June, jun; 0 when it is none."""
    word = typed.lower().rstrip(".")
    if len(word) >= 3:
        named = [index for index, name in enumerate(MONTHS, start=1) if name.startswith(word)]
        return named[0] if len(named) == 1 else 0
    return _number(word)
