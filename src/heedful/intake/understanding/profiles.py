"""What stands in a column: how many of its cells are dates, times, yes or no, numbers, ticks or long texts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from heedful.intake.sheets.grid import Cell, Row
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.marks import is_mark, is_tick
from heedful.intake.understanding.text import fold, is_blank, said
from heedful.intake.understanding.timewords import looks_like_time, moment

MANY = 400


@dataclass(slots=True)
class Profile:
    """Counts over the cells that hold something."""

    filled: int = 0
    rows: int = 0
    dates: int = 0
    times: int = 0
    numbers: int = 0
    yes_no: int = 0
    ticks: int = 0
    long: int = 0
    formulas: int = 0
    length: int = 0
    values: Counter[str] = field(default_factory=Counter)

    def share(self, name: str) -> float:
        return getattr(self, name) / self.filled if self.filled else 0.0

    @property
    def mean_length(self) -> float:
        return self.length / self.filled if self.filled else 0.0

    def look(self, cell: Cell) -> None:
        self.rows += 1
        if is_blank(cell):
            return
        text = said(cell)
        self.filled += 1
        self.length += len(text)
        self.dates += form(cell.value).shape in ("day", "week", "range", "month", "dayonly", "ditto") or _dated(text)
        self.times += looks_like_time(cell.value) or moment(cell.value).precision != "unknown"
        self.numbers += isinstance(cell.value, int | float) or text.replace(",", "").replace(".", "", 1).isdigit()
        self.yes_no += is_mark(text)
        self.ticks += is_tick(text)
        self.long += len(text) > 40
        self.formulas += bool(cell.formula)
        if len(self.values) < MANY:
            self.values[fold(text) if len(text) <= 60 else ""] += 1


def _dated(text: str) -> bool:
    return form(text).shape in ("day", "week", "range", "month") if text else False


def profiles(rows: Iterable[Row], last_column: int) -> dict[int, Profile]:
    """One profile a column, from the rows given."""
    found = {place: Profile() for place in range(1, last_column + 1)}
    for row in rows:
        for place, cell in enumerate(row.cells[:last_column], start=1):
            found[place].look(cell)
    return found
