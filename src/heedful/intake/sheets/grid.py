"""What every kind of file is read into: sheets of rows of cells, with what a person would see on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

Value = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Its value as stored, never computed: a formula has the result that the file keeps."""

    value: Value = None
    # The formula's text without being run; empty for a plain value.
    formula: str = ""
    # Crossed out, the whole cell.
    struck: bool = False
    # The colour behind it as RRGGBB, or empty: none, white, or part of a plain pattern.
    fill: str = ""
    comment: str = ""
    # Where a link points. It is kept as words and never followed.
    link: str = ""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number that the person's own program shows beside it (from 1).

    In a text file it is the number of the record: quoted line breaks joined, blank and title lines counted.
    """

    number: int
    cells: tuple[Cell, ...]
    # "filter": a filter hides it; "hand": somebody hid it; empty: shown.
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one: rows and columns from 1, both ends included. The value stands in the first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Sheet(Protocol):
    """One sheet. `rows` may be asked for again and reads on from the start each time; blank rows are left out."""

    @property
    def name(self) -> str:
        """As in the file, blanks at its ends too; "(file)" for a text file."""
        ...

    @property
    def visibility(self) -> str:
        """`shown`, `hidden` or `very_hidden`."""
        ...

    @property
    def merges(self) -> tuple[Merge, ...]: ...
    @property
    def hidden_columns(self) -> frozenset[int]:
        """Numbers of columns from 1."""
        ...

    def rows(self) -> Iterator[Row]: ...


class Book(Protocol):
    """A file that was opened and looks sound."""

    @property
    def kind(self) -> str:
        """`xlsx`, `ods` or `text`."""
        ...

    @property
    def sheets(self) -> tuple[Sheet, ...]: ...
    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know of how it was read; `wording.remark` says each in words."""
        ...
