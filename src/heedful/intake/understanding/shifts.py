"""Rows whose cells slipped one column to the right, found by what stands where it does not belong."""

from collections.abc import Callable

from heedful.intake.sheets.grid import Cell, Row
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.marks import is_mark
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.servicewords import Services
from heedful.intake.understanding.text import at, said
from heedful.intake.understanding.timewords import moment

_DATED = ("date", "date+time", "date_reported", "date_raised", "date_replied")
_MARKED = ("family_told", "gp_or_111", "safeguarding_raised", "cqc_notified", "police")


def _is_date(cell: Cell) -> bool:
    return form(cell.value).shape in ("day", "week", "range", "month")


class Shifts:
    """Compares how many cells suit their column as they stand and one further to the right."""

    def __init__(self, layout: Layout, services: Services) -> None:
        self._date = layout.place("date") or layout.place("date+time")
        self._tests: list[tuple[int, Callable[[Cell], bool]]] = []
        for column in layout.columns:
            if column.meaning in _DATED:
                self._tests.append((column.place, _is_date))
            elif column.meaning in _MARKED:
                self._tests.append((column.place, lambda cell: is_mark(said(cell))))
            elif column.meaning == "time":
                self._tests.append((column.place, lambda cell: moment(cell.value).precision != "unknown"))
            elif column.meaning == "service":
                self._tests.append((column.place, lambda cell: bool(services.match(said(cell)).names)))
        self._narrative = layout.place("narrative")

    def shift(self, row: Row) -> int:
        """1 where the row has slipped, else 0. Only a row without its date can have."""
        if not self._date or _is_date(at(row, self._date)):
            return 0
        if not _is_date(at(row, self._date + 1)) and not self._account_slipped(row):
            return 0
        here = sum(test(at(row, place)) for place, test in self._tests)
        there = sum(test(at(row, place + 1)) for place, test in self._tests)
        return 1 if there > here else 0

    def _account_slipped(self, row: Row) -> bool:
        here, there = said(at(row, self._narrative)), said(at(row, self._narrative + 1))
        return bool(self._narrative) and len(there) > 40 and len(here) < 30
