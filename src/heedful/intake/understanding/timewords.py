"""Times of day as people write them: “21.15”, “approx 9pm”, “1730 hrs”, “night”."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from heedful.intake.sheets.grid import Value
from heedful.intake.understanding.text import fold

_CLOCK = re.compile(
    r"^(\d{1,2})(?:[:.;h](\d{2}))?(?::\d{2})?\s?(a\.?m\.?|p\.?m\.?)?(?:\s?(?:hrs?|"
    r"hours|o'?clock))?$"
)
_PLAIN = re.compile(r"^(\d{1,2})(\d{2})\s?(a\.?m\.?|p\.?m\.?)?(?:\s?(?:hrs?|hours))?$")
_ABOUT = re.compile(
    r"^(?:approx(?:imately)?\.?|about|circa|c\.?|around|abt|~|roughly|just (?:before|"
    r"after))\s*"
)
_ISH = re.compile(r"\s?ish\b")
_UNKNOWN = re.compile(r"^\W*$|^(?:n\.?/?k|n/?a|not (?:known|sure|recorded)|unknown|unk|unsure|various|-+)$")
BANDS = {
    "morning": ("morning", "am", "breakfast", "early morning", "b'fast", "first thing"),
    "afternoon": ("afternoon", "pm", "lunch", "lunchtime", "lunch time", "midday meal"),
    "evening": ("evening", "eve", "tea", "teatime", "tea time", "supper", "dinner", "dinner time"),
    "night": ("night", "overnight", "nights", "bedtime", "early hours", "early hrs", "during the night", "bed time"),
}
_BAND_OF = {word: band for band, words in BANDS.items() for word in words}
_NAMED = {"midday": "12:00", "noon": "12:00", "midnight": "00:00"}


class Moment(NamedTuple):
    """`precision`: exact, approx, band or unknown. A band is named; a clock time is HH:MM."""

    time: str = ""
    precision: str = "unknown"


UNKNOWN = Moment()


def moment(value: Value) -> Moment:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, time | datetime):
        return Moment(value.strftime("%H:%M"), "exact")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60 % 1440
        return Moment(f"{minutes // 60:02}:{minutes % 60:02}", "exact")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(float(value))
    return UNKNOWN


def _number(value: float) -> Moment:
    if 0 < value < 1:
        minutes = round(value * 1440)
        return Moment(f"{minutes // 60:02}:{minutes % 60:02}", "exact")
    hours, rest = divmod(round(value * 100), 100)
    if value < 24 and not value.is_integer():
        return _clock(hours, rest, "") or UNKNOWN
    return _clock(*divmod(int(value), 100), "") or UNKNOWN if value.is_integer() and value >= 100 else UNKNOWN


@lru_cache(maxsize=65_536)
def _text(text: str) -> Moment:
    folded = fold(text)
    if _UNKNOWN.match(folded):
        return UNKNOWN
    if folded in _BAND_OF:
        return Moment(_BAND_OF[folded], "band")
    plain = _ISH.sub("", _ABOUT.sub("", folded)).strip()
    about = "approx" if plain != folded else "exact"
    if plain in _NAMED:
        return Moment(_NAMED[plain], about)
    found = _CLOCK.match(plain) or _PLAIN.match(plain)
    if found and (found[2] or found[3] or about == "approx"):
        clock = _clock(int(found[1]), int(found[2] or 0), found[3] or "")
        return Moment(clock.time, about) if clock else UNKNOWN
    return UNKNOWN


def _clock(hour: int, minute: int, half: str) -> Moment | None:
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return Moment(f"{hour:02}:{minute:02}", "exact") if hour < 24 and minute < 60 else None


def looks_like_time(value: Value) -> bool:
    """Whether a cell holds a time rather than something else; a bare number is not enough."""
    if isinstance(value, time | timedelta):
        return True
    return isinstance(value, str) and _text(value).precision != "unknown" and not isinstance(value, date)
