"""What a cell of an OpenDocument workbook holds, by the type that the file gives with it."""

import re
from collections.abc import Mapping
from datetime import time, timedelta

from heedful.intake.sheets.grid import Value
from heedful.intake.sheets.ods_names import FORMULA, OFFICE, VALUE_TYPE
from heedful.intake.sheets.values import clock, moment, number

_NUMBER, _DATE, _TIME, _YES, _STRING = (
    f"{OFFICE} {name}" for name in ("value", "date-value", "time-value", "boolean-value", "string-value")
)
_DIALECT = re.compile(r"[A-Za-z]+:(?==)")
_LENGTH = re.compile(r"(-?)P(?:(\d{1,7})D)?T?(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d+)?)S)?")
_DAY = timedelta(days=1)


def value_of(attributes: Mapping[str, str], text: str) -> Value:
    """The stored value; the text where the type says that it is one, or where it gives no value."""
    kind = attributes.get(VALUE_TYPE, "")
    if kind in ("float", "percentage", "currency") and _NUMBER in attributes:
        return number(attributes[_NUMBER])
    if kind == "date" and _DATE in attributes:
        return moment(attributes[_DATE])
    if kind == "time" and _TIME in attributes:
        return clock_or_length(attributes[_TIME])
    if kind == "boolean" and _YES in attributes:
        return attributes[_YES] == "true"
    return text or attributes.get(_STRING) or None


def clock_or_length(text: str) -> time | timedelta | str:
    """A time of day where it is less than a day: both are written alike."""
    found = _LENGTH.fullmatch(text)
    if not found:
        return text
    minus, days, hours, minutes, seconds = (part or "0" for part in found.groups())
    thousandths = round(float(seconds.replace(",", ".")) * 1000)
    length = timedelta(days=int(days), hours=int(hours), minutes=int(minutes), milliseconds=thousandths)
    if minus == "-" or length >= _DAY:
        return -length if minus == "-" else length
    return clock(length)


def formula_of(attributes: Mapping[str, str]) -> str:
    """The formula without the name of its dialect."""
    return _DIALECT.sub("", attributes[FORMULA], count=1) if FORMULA in attributes else ""
