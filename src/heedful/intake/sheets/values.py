"""Values as XML writes them, and what counts as something in a cell."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from heedful.intake.sheets.grid import BLANK, Cell

_LINK = re.compile(r'=\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)


def number(text: str) -> int | float:
    """Whole where it is written whole. Raises ValueError for what is no number."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def moment(text: str) -> date | datetime | str:
    """A day or a day with its time, without a zone; the text itself where it is none, or before the year 1."""
    try:
        if "T" not in text:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def clock(since_midnight: timedelta) -> time:
    """A length of less than a day as the time that a clock shows then."""
    return (datetime(1, 1, 1) + since_midnight).time()  # noqa: DTZ001 - a wall clock's


def in_order(found: Mapping[int, Cell]) -> tuple[Cell, ...]:
    """Cells by column from the first to the last that says anything; a colour alone says nothing."""
    width = max((column for column, cell in found.items() if says_something(cell)), default=0)
    return tuple([found.get(column, BLANK) for column in range(1, width + 1)])


def says_something(cell: Cell) -> bool:
    """There is something to read in it, or about it."""
    value = cell.value
    if value is None or (isinstance(value, str) and (not value or value.isspace())):
        return bool(cell.formula or cell.comment or cell.link)
    return True


def linked(formula: str) -> str:
    """Where a HYPERLINK formula points, when it is written in it."""
    found = _LINK.match(formula)
    return found[1].replace('""', '"') if found else ""
