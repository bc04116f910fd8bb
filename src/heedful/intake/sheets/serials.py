"""Dates as spreadsheets store them: numbers of days, told from other numbers by the format of the cell alone."""

import re
from datetime import date, datetime, time, timedelta

from heedful.intake.sheets.values import clock

DATE, TIME, MOMENT, LENGTH = "date", "time", "moment", "length"

# Formats that a file uses by number without writing them down (ECMA-376 part 1, 18.8.30).
_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58), DATE),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47, 55, 56), TIME),
    22: MOMENT,
    46: LENGTH,
}
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
# Words in quotes, escaped signs, fillers, colours and conditions say nothing about what the number is.
_NOT_A_SIGN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P', re.IGNORECASE)
_LATEST_SERIAL = 2_958_466
_MICROSECONDS = 86_400_000_000


def what_format_shows(number: int, code: str | None) -> str:
    """`date`, `time`, `moment` (both), `length` (of time) or empty for a plain number."""
    if code is None:
        return _BUILT_IN.get(number, "")
    first = code.partition(";")[0]
    if _ELAPSED.search(first):
        return LENGTH
    halves = "AM/PM" in first.upper() or "A/P" in first.upper()
    signs = set(_NOT_A_SIGN.sub("", first).lower())
    has_time = halves or bool(signs & {"h", "s"})
    has_date = bool(signs & {"y", "d"}) or ("m" in signs and not has_time)
    if "general" in first.lower():
        return ""
    return {(True, True): MOMENT, (True, False): DATE, (False, True): TIME}.get((has_date, has_time), "")


def from_serial(number: float, shows: str, *, since_1904: bool = False) -> date | datetime | time | timedelta | float:
    """What a person sees; the number itself where no such day exists (0, 29 February 1900, before the first)."""
    if shows == LENGTH:
        return timedelta(milliseconds=round(number * 86_400_000)) if abs(number) < _LATEST_SERIAL else number
    if not 0 <= number < _LATEST_SERIAL:
        return number
    days, part = divmod(round(number * 86_400_000) * 1000, _MICROSECONDS)
    if (shows == TIME and not days) or (not since_1904 and not days and part):
        return clock(timedelta(microseconds=part))
    day = _day(days, since_1904=since_1904)
    if day is None:
        return number
    if shows == DATE and not part:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(microseconds=part)  # noqa: DTZ001 - a wall clock's


def _day(days: int, *, since_1904: bool) -> date | None:
    if since_1904:
        return date(1904, 1, 1) + timedelta(days) if days + 1462 < _LATEST_SERIAL else None
    # The first spreadsheet took 1900 for a leap year, and every later one does as it did.
    if days in (0, 60):
        return None
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days)
