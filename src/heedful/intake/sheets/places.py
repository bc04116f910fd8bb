"""Places in a sheet as the file writes them: `AB12`, `B6:T280`."""

import re
from functools import lru_cache

from heedful.intake.sheets.grid import Merge

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """`A` is 1. Raises ValueError for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= 16_384:
        raise ValueError(letters)
    return number


def place(text: str) -> tuple[int, int]:
    """Row and column. Raises ValueError for what is no place."""
    found = _PLACE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[2]), column_number(found[1])


def area(text: str) -> Merge:
    """A rectangle; one place is a rectangle of one cell."""
    first, _, last = text.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
