"""Dates and times by a pattern that the map states. A date with two readings is asked about, never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
_MONTH_NUMBER = {name: number for number, name in enumerate((*_FULL, "november", "december"), start=1)}
_MONTH_NUMBER |= {name: number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short_year>\d{2})",
    "MMM": r"(?P<month_name>[A-Za-z]+)",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
    "hh": r"(?P<hour>\d{1,2})",
    "mi": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})(?:\.\d+)?",
    "ap": r"(?P<half>[AaPp]\.?[Mm]\.?)",
}
_TOKEN = re.compile("|".join(_TOKENS))
_ISO = "YYYY-MM-DD"
_TWO_NUMBERS_AND_A_YEAR = re.compile(r"\s*(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4}|\d{2})\s*")


class PatternError(ValueError):
    """The pattern itself cannot be used."""


class When(NamedTuple):
    """A day, with a time of day where the text gave one."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text is not a date: `unreadable`, `impossible`, or `ambiguous` (the map must say how to read it)."""

    why: str


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Callable[[str], When | Unread]:
    """A reader for one pattern such as `DD/MM/YYYY` or `YYYY-MM-DD hh:mi`."""
    expression = re.compile(_expression(pattern), re.IGNORECASE)

    def read(text: str) -> When | Unread:
        found = expression.fullmatch(text.strip())
        return _when(found.groupdict()) if found else Unread("unreadable")

    return read


def _expression(pattern: str) -> str:
    tokens = _TOKEN.findall(pattern)
    a_day = [("YYYY" in tokens) + ("YY" in tokens), ("MMM" in tokens) + ("MM" in tokens), tokens.count("DD")]
    if len(tokens) != len(set(tokens)) or a_day not in ([1, 1, 1], [0, 0, 0]):
        raise PatternError(pattern)
    if ("hh" in tokens) != ("mi" in tokens) or (a_day == [0, 0, 0] and "hh" not in tokens):
        raise PatternError(pattern)
    between = _TOKEN.split(pattern)
    if re.search(r"[A-Za-z]", "".join(between).replace("T", "")):
        raise PatternError(pattern)
    pieces = [_literal(between[0])]
    for token, literal in zip(tokens, between[1:], strict=True):
        pieces += [_TOKENS[token], _literal(literal)]
    return "".join(pieces)


def _literal(text: str) -> str:
    return re.sub(r"(\\ )+", r"\\s+", re.escape(text))


def _when(parts: dict[str, str | None]) -> When | Unread:
    try:
        day = _day(parts) if parts.get("day") else date.min
        return When(day, _time(parts))
    except KeyError:
        return Unread("unreadable")
    except ValueError:
        return Unread("impossible")


def _day(parts: dict[str, str | None]) -> date:
    year = int(parts["year"] or 0) if "year" in parts else 2000 + int(parts["short_year"] or 0)
    name = parts.get("month_name")
    month = _MONTH_NUMBER[name.lower()] if name else int(parts["month"] or 0)
    return date(year, month, int(parts["day"] or 0))


def _time(parts: dict[str, str | None]) -> time | None:
    if not parts.get("hour"):
        return None
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))


@lru_cache(maxsize=20_000)
def read(text: str, patterns: tuple[str, ...]) -> When | Unread:
    """The one reading that the patterns allow; without patterns only the year-first form, which has one meaning."""
    if not patterns:
        return _unasked(text)
    readings = [compiled(pattern)(text) for pattern in patterns]
    found = {reading for reading in readings if isinstance(reading, When)}
    if len(found) > 1:
        return Unread("ambiguous")
    if found:
        return found.pop()
    return Unread("impossible" if Unread("impossible") in readings else "unreadable")


def _unasked(text: str) -> When | Unread:
    reading = compiled(_ISO)(text)
    if isinstance(reading, Unread) and _TWO_NUMBERS_AND_A_YEAR.fullmatch(text):
        return Unread("ambiguous")
    return reading


def order_shown(text: str) -> str:
    """What one such date proves about the order of its file: `day` or `month` first, or nothing."""
    found = _TWO_NUMBERS_AND_A_YEAR.fullmatch(text)
    first, second = (int(found[1]), int(found[2])) if found else (0, 0)
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else ""
