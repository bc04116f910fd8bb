"""Small workbooks in memory: rows of plain values, with marks only where a test is about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from heedful.intake.sheets.grid import Book, Cell, Merge, Row, Value
from heedful.intake.understanding.book import Understood, understand
from heedful.intake.understanding.bookmap import Answer, BookMap
from heedful.intake.understanding.model import Read

TODAY = date(2026, 11, 22)
Line = Sequence[Value | Cell]


@dataclass(frozen=True)
class Page:
    """A sheet of rows; an empty row is a blank one and keeps its number."""

    name: str
    lines: Sequence[Line]
    merges: tuple[Merge, ...] = ()
    visibility: str = "shown"
    hidden_columns: frozenset[int] = frozenset()
    hidden: Mapping[int, str] | None = None

    def rows(self) -> Iterator[Row]:
        for number, line in enumerate(self.lines, start=1):
            cells = tuple(value if isinstance(value, Cell) else Cell(value) for value in line)
            if any(cell.value is not None and cell.value != "" for cell in cells):
                yield Row(number, cells, (self.hidden or {}).get(number, ""))


@dataclass(frozen=True)
class Pages:
    sheets: tuple[Page, ...]
    kind: str = "xlsx"


def stored(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A real date as a spreadsheet stores it: without a zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def read(
    *pages: Page, services: Sequence[str] = (), answers: Mapping[str, Answer] | None = None, today: date = TODAY
) -> Understood:
    book: Book = Pages(pages)
    return understand(book, BookMap(answers=dict(answers or {})), today=today, services=services)


def by_row(found: Understood, sheet: str) -> dict[int, Read]:
    return {read.row: read for read in found.rows if read.sheet == sheet}


HEADINGS = ("Ref", "Date", "Time", "Home", "Resident", "Type", "What happened", "Harm", "Reported by")


def log(*lines: Line, name: str = "Log") -> Page:
    """A plain log of two homes."""
    return Page(name, [HEADINGS, *lines])


def entry(
    ref: int, when: Value, *, home: Value = "Elm Lodge", kind: Value = "Fall", words: str = "", by: str = "LK"
) -> Line:
    account = words or f"Found on the floor beside the bed, story number {ref} of the book"
    return (ref, when, "10:15", home, "Mrs Abbot", kind, account, "None", by)
