"""What a date as people write it can mean, before anything around it is known. Nothing is guessed here."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from heedful.intake.sheets.grid import Value
from heedful.intake.understanding.text import fold

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = [
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
]
MONTHS = {name: n for names in (_MONTHS, _LONG) for n, name in enumerate(names, start=1)} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(\d{4}|\d{2})"
_WEEKDAY = re.compile(
    r"^(?:on )?(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|"
    r"sun)(?:[a-z]*day)?[,.]?\s+(?=\d)"
)
_WEEK = re.compile(
    r"^(?:w\s?/\s?[cb]|wc|wk\.? ?(?:beg|comm?|c)\w*\.?|week (?:beg|com|of|start)\w*|"
    r"wk of)[.:]?\s*(.+)$"
)
_NUMBERS = re.compile(r"^(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\b")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t|\b)")
_SHORT = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})(?:$|\s+(?=\d{1,2}[:.]?\d{2}))")
_WORDS = re.compile(rf"^{_ORDINAL}(?: of)?[\s\-/]*{_MONTH}(?:[\s,\-/]*{_YEAR}\b(?![:.]\d))?")
_US_WORDS = re.compile(rf"^{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,|\b)\s*(\d{{4}})?$")
_MONTH_YEAR = re.compile(rf"^{_MONTH}[\s\-/,]*{_YEAR}$")
_MONTH_NUMBERS = re.compile(r"^(\d{1,2})[/.\-](\d{4})$")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?$")
_SERIAL = re.compile(r"^\d{5}(?:\.0)?$")
_CLOCK = re.compile(
    r"^(?:at |approx\.? |about |c\. ?|~)?\d{1,2}[:.]?(?:\d{2})?(?::\d{2})?\s?(?:am|pm|hrs?|hours|z)?\W*$"
)
_TO = re.compile(r"\s*(?:-|to|until|till|and|&)\s*")
_NIGHT = re.compile(rf"^(\d{{1,2}})\s?(?:-|to|&)\s?(\d{{1,2}})([/.].+|\s+{_MONTH}.*)$")
_ABOUT = re.compile(r"^(?:approx(?:imately)?\.?|about|circa|c\.|around|~|on or about|\?)\s*(?=[\da-z])")
_DITTO = frozenset({'"', "''", "'", "〃", "ditto", "do", "do.", '-"-', '""', "as above", "same", "same day", "=", "^"})
_UNKNOWN = re.compile(
    r"^\W*$|^(?:n\.?/?k|n/?a|not known|unknown|unk|unsure|not sure|tbc|tba|"
    r"date unknown|historic(?:al)?|various|ongoing"
    r"|last (?:year|month|week)|before .*|prior .*|since .*|over .*|some ?time.*)\W*$"
)
_FIRST_DAY, _LAST_SERIAL = date(1899, 12, 30), 73_000


class Parts(NamedTuple):
    """A day, month and year as written; 0 where none is given."""

    day: int
    month: int
    year: int

    def on(self, year: int = 0) -> date | None:
        """The day itself, or None when there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


class Form(NamedTuple):
    """`shape`: day, week, range, month, dayonly, ditto, unknown, blank, impossible or odd.

    `numeric`: day and month are both numbers, so their order is not written; `parts` has the day first.
    """

    shape: str
    parts: Parts = Parts(0, 0, 0)
    end: Parts = Parts(0, 0, 0)
    numeric: bool = False
    stored: bool = False
    tail: str = ""

    def exchanged(self) -> Parts:
        return Parts(self.parts.month, self.parts.day, self.parts.year)


BLANK_FORM, ODD = Form("blank"), Form("odd")


def form(value: Value) -> Form:
    """The form of whatever stands in a cell for a date."""
    if isinstance(value, str):
        return _text(value) if value.strip() else BLANK_FORM
    if isinstance(value, datetime):
        tail = value.strftime("%H:%M") if value.hour or value.minute else ""
        return Form("day", Parts(value.day, value.month, value.year), numeric=True, stored=True, tail=tail)
    if isinstance(value, date):
        return Form("day", Parts(value.day, value.month, value.year), numeric=True, stored=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(float(value))
    return BLANK_FORM if value is None else ODD


def _number(value: float) -> Form:
    if 20_000 <= value <= _LAST_SERIAL:
        day = _FIRST_DAY + timedelta(days=int(value))
        minutes = round((value - int(value)) * 1440)
        tail = f"{minutes // 60:02}:{minutes % 60:02}" if minutes else ""
        return Form("day", Parts(day.day, day.month, day.year), stored=True, tail=tail)
    if value.is_integer() and 1 <= value <= 31:
        return Form("dayonly", Parts(int(value), 0, 0))
    return Form("impossible") if value == 0 else ODD


@lru_cache(maxsize=65_536)
def _text(text: str) -> Form:
    folded = fold(text).strip(" ,;")
    if folded in _DITTO:
        return Form("ditto")
    folded = _WEEKDAY.sub("", _ABOUT.sub("", folded))
    if _UNKNOWN.match(folded):
        return Form("unknown")
    if _SERIAL.match(folded):
        return _number(float(folded))
    week = _WEEK.match(folded)
    if week:
        return _week(_one(week[1]))
    whole = _one(folded)
    if whole.shape in ("day", "month", "impossible", "dayonly") and not whole.tail:
        return whole
    return _range(folded) or whole


def _week(inner: Form) -> Form:
    return inner._replace(shape="week") if inner.shape == "day" else ODD


def _range(text: str) -> Form | None:
    """Two days: “3-4/5/22”, “30/9 - 1/10/26”, “31/12/23 to 03/01/24”, “3rd - 5th May 24”."""
    night = _NIGHT.match(text)
    if night:
        last = _one(night[2] + night[3])
        if last.shape == "day" and last.parts.day == int(night[2]) and int(night[1]) != last.parts.day:
            return _spanned(Form("day", Parts(int(night[1]), 0, 0)), last)
    for cut in _TO.finditer(text):
        first, last = _one(text[: cut.start()].strip()), _one(text[cut.end() :].strip())
        if first.shape in ("day", "dayonly") and last.shape == "day" and first.parts.day and not first.tail:
            return _spanned(first, last)
    return None


def _spanned(first: Form, last: Form) -> Form | None:
    """The first day takes month and year from the last where it has none of its own."""
    month = first.parts.month or last.parts.month
    year = first.parts.year or (last.parts.year - (1 if month > last.parts.month else 0) if last.parts.year else 0)
    if not first.parts.month and first.parts.day > last.parts.day:
        month = last.parts.month - 1 or 12
        year -= 1 if month == 12 and year else 0
    start = Parts(first.parts.day, month, year)
    return Form("range", start, last.parts, numeric=last.numeric and start.day <= 12 and last.parts.day <= 12)


def _one(text: str) -> Form:
    for pattern, build in _BUILDERS:
        found = pattern.match(text)
        if found:
            tail = text[found.end() :].strip(" ,-@")
            # More figures after a date are a time of day; anything else may be a second date.
            return build(found, tail) if not re.search(r"\d", tail) or _CLOCK.match(tail) else ODD
    return ODD


def _full(year: str | None) -> int:
    return 0 if not year else int(year) if len(year) == 4 else 2000 + int(year)


def _checked(parts: Parts, tail: str, *, numeric: bool = False) -> Form:
    swapped = Parts(parts.month, parts.day, parts.year)
    if parts.on(2024) is None and not (numeric and swapped.on(2024)):
        return Form("impossible", parts, tail=tail)
    if parts.year and parts.year < 1910:
        return Form("impossible", parts, tail=tail)
    return Form("day", parts, numeric=numeric, tail=tail)


def _numbers(found: re.Match[str], tail: str) -> Form:
    return _checked(Parts(int(found[1]), int(found[3]), _full(found[4])), tail, numeric=True)


def _iso(found: re.Match[str], tail: str) -> Form:
    return _checked(Parts(int(found[3]), int(found[2]), int(found[1])), tail)


def _short(found: re.Match[str], tail: str) -> Form:
    return _checked(Parts(int(found[1]), int(found[2]), 0), tail, numeric=True)


def _words(found: re.Match[str], tail: str) -> Form:
    return _checked(Parts(int(found[1]), MONTHS[found[2]], _full(found[3])), tail)


def _us_words(found: re.Match[str], tail: str) -> Form:
    if not found[3] and len(found[2]) == 2 and int(found[2]) > 12:
        # “Oct 23” may be a day or a year: the month of a year is the older habit in a log, and it is asked.
        return Form("month", Parts(1, MONTHS[found[1]], _full(found[2])), numeric=True)
    return _checked(Parts(int(found[2]), MONTHS[found[1]], _full(found[3])), tail)


def _month(found: re.Match[str], tail: str) -> Form:
    return Form("month", Parts(1, MONTHS[found[1]], _full(found[2])), tail=tail)


def _month_numbers(found: re.Match[str], tail: str) -> Form:
    month = int(found[1])
    return Form("month", Parts(1, month, int(found[2])), tail=tail) if 1 <= month <= 12 else Form("impossible")


def _day(found: re.Match[str], tail: str) -> Form:
    return Form("dayonly", Parts(int(found[1]), 0, 0), tail=tail) if 1 <= int(found[1]) <= 31 else ODD


_BUILDERS = (
    (_ISO, _iso),
    (_NUMBERS, _numbers),
    (_WORDS, _words),
    (_US_WORDS, _us_words),
    (_MONTH_YEAR, _month),
    (_MONTH_NUMBERS, _month_numbers),
    (_SHORT, _short),
    (_DAY, _day),
)


def month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


@lru_cache(maxsize=4096)
def bar(text: str) -> tuple[int, int] | None:
    """The year and month that a bar across the sheet names; month 0 for a year alone."""
    folded = fold(text).strip(" -*_=:")
    if re.fullmatch(r"(?:year )?(?:19|20)\d\d", folded):
        return int(folded[-4:]), 0
    found = _MONTH_YEAR.match(folded)
    return (_full(found[2]), MONTHS[found[1]]) if found else None
