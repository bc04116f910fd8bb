"""Texts as people mean them: one kind of blank, dash, quote and case, so that spellings can be compared."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from heedful.intake.sheets.grid import BLANK, Cell, Row, Value

REMEMBERED = 60
_SIGNS = str.maketrans({"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "..."})
_NO_WORD = re.compile(r"[^a-z0-9&@£]+")


def flat(text: str) -> str:
    """Every run of blanks as one, none at the ends."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """For comparing: small letters, plain quotes and dashes. Short texts come again and are remembered."""
    return _folded(text) if len(text) <= REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    return flat(text).lower() if text.isascii() else flat(text).translate(_SIGNS).casefold()


_folded = lru_cache(maxsize=65_536)(_fold)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text."""
    return tuple(word for word in _NO_WORD.split(fold(text).replace("'", "")) if word)


def written(value: Value) -> str:
    """A value as a person would write it; texts keep their line breaks."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _moment(value) if isinstance(value, datetime | date | time) else str(value)


def _moment(value: datetime | date | time) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.strftime("%Y-%m-%d")


def said(cell: Cell) -> str:
    """A cell in one line."""
    value = cell.value
    return flat(value) if isinstance(value, str) else written(value)


def at(row: Row, place: int) -> Cell:
    """The cell in a column counted from 1."""
    return row.cells[place - 1] if 0 < place <= len(row.cells) else BLANK


def filled(row: Row) -> list[int]:
    """The columns, from 1, that hold something."""
    return [place for place, cell in enumerate(row.cells, start=1) if not is_blank(cell)]


def is_blank(cell: Cell) -> bool:
    value = cell.value
    return value is None or (isinstance(value, str) and not value.strip())


def is_moment(value: Value) -> bool:
    return isinstance(value, datetime | date | time | timedelta)
