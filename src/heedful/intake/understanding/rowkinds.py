"""What every row of a sheet of events is: a record, a bar, a sum, a repeated header, a signature, or runs on."""

import re
from collections.abc import Mapping
from datetime import date

from heedful.intake.sheets.grid import Cell, Row
from heedful.intake.understanding.datewords import MONTHS, bar
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.servicewords import Services
from heedful.intake.understanding.text import at, filled, fold, is_blank, is_moment, said

_SUM = re.compile(
    r"^(grand |sub[- ]?|year |month(ly)? )?total(s|led)?\b|^sum\b|^count\b|"
    r"^no\.? of (incidents|falls)|^sub-?total"
)
_SIGNED = re.compile(
    r"_{4,}|\.{6,}|^(reviewed|checked|signed|completed|audited|seen|verified|printed|"
    r"approved) (by|off|on)\b"
)
_NIL = re.compile(
    r"^\W*(nil( return)?|none|no (incidents|accidents|entries|falls|events)( .*)?|"
    r"nothing (to report|this month)|n/?a)\W*$"
)
_PLAIN = frozenset({"person", "kind", "date", "date+time", "service", "reporter", "time"})


class RowKinds:
    """Names each row of one sheet in turn; bars hold until the next one."""

    def __init__(self, layout: Layout, services: Services) -> None:
        self._layout, self._services = layout, services
        self._names = {column.place: fold(column.header.rsplit(">", 1)[-1]) for column in layout.columns}
        self._last = layout.last_column or 10_000
        self._narrative = layout.place("narrative")
        self._account = {
            c.place for c in layout.columns if c.meaning in ("narrative", "antecedent", "immediate_action")
        }
        self._meant: Mapping[int, str] = {c.place: c.meaning for c in layout.columns if c.meaning}
        self._section = False
        # The service that a bar names, in a table without a column for it.
        self.service = ""
        self._record_above = 0
        # A sheet for one month is a bar over all its rows.
        named = bar(layout.sheet)
        self.bar: tuple[int, int] | None = named if named and named[1] else None

    def kind(self, row: Row) -> str:
        """The row's kind; `record`, `nil_return` and `continuation` concern events, all others are named only."""
        if row.number <= self._layout.header_last:
            return "header" if row.number >= self._layout.header_first else "title"
        found = self._below(row)
        if found in ("record", "nil_return"):
            self._record_above = row.number
        elif found != "continuation":
            self._record_above = 0
        return found

    def _below(self, row: Row) -> str:
        places = [place for place in filled(row) if place <= self._last]
        if not places:
            return "legend"
        first = fold(said(at(row, places[0])))
        if len(places) == 1:
            return self._alone(row, places[0], first)
        if self._repeats_header(row, places, first):
            return "repeated_header"
        if (_SUM.match(first) and len(places) <= 4) or self._all_sums(row, places, first):
            return "subtotal" if self._section else "total"
        if _SIGNED.search(first) and len(places) <= 4 and not any(is_moment(at(row, p).value) for p in places[:2]):
            return "signature"
        if set(places) <= self._account and self._narrative in places and self._record_above:
            return "continuation"
        if len(places) <= 3 and any(
            _NIL.match(fold(said(at(row, place)))) for place in places if place in self._account
        ):
            return "nil_return"
        return "record" if self._is_record(places) else "note"

    def _alone(self, row: Row, place: int, text: str) -> str:
        """One cell by itself."""
        cell = at(row, place)
        named = self._named(cell)
        if named and place not in self._account:
            self.bar, self._section = named, True
            return "month_banner" if named[1] else "year_banner"
        if self._is_service(text, place):
            self.service = self._services.match(text).name
            return "service_banner"
        if _NIL.match(text):
            return "nil_return"
        if _SUM.match(text):
            return "total"
        if _SIGNED.search(text) and re.search(r"[_:]|\.{6}", text):
            return "signature"
        if place == self._narrative or place in self._account:
            return "continuation" if self._record_above == row.number - 1 else "record"
        return "footer" if len(text) > 12 else "note"

    def _named(self, cell: Cell) -> tuple[int, int] | None:
        """The year and month of a bar; a month by itself is one of the sheet's year."""
        if isinstance(cell.value, date):
            return cell.value.year, cell.value.month
        named = bar(said(cell))
        month = MONTHS.get(fold(said(cell)).strip(" -*_=:.")) if self._layout.year else None
        return named or ((self._layout.year, month) if month else None)

    def _is_service(self, text: str, place: int) -> bool:
        if self._layout.place("service") or place in self._account or len(text) > 40:
            return False
        return self._services.match(text).how in ("same", "words") and bool(self._services.match(text).name)

    def _all_sums(self, row: Row, places: list[int], first: str) -> bool:
        counted = sum(1 for place in places if isinstance(at(row, place).value, int | float))
        return "total" in first and counted >= len(places) - 1

    def _repeats_header(self, row: Row, places: list[int], first: str) -> bool:
        if first != self._names.get(places[0]):
            return False
        same = sum(1 for place in places if fold(said(at(row, place))) == self._names.get(place))
        return same >= 2 and same >= 0.6 * len(places)

    def _is_record(self, places: list[int]) -> bool:
        meant = {self._meant[place] for place in places if place in self._meant}
        return (
            bool(meant & {"narrative"})
            or len(meant & _PLAIN) >= 2
            or (not self._layout.header_first and len(places) > 1)
        )


def other_rows(layout: Layout, row: Row) -> str:
    """What a row of a sheet without events is called."""
    if layout.header_first and row.number < layout.header_first:
        return "title"
    if layout.header_first <= row.number <= layout.header_last:
        return "header"
    first = next((fold(said(cell)) for cell in row.cells if not is_blank(cell)), "")
    if layout.role == "exposures":
        return "total" if _SUM.match(first) else "exposure"
    return {"actions": "action", "lookup": "lookup", "summary": "summary", "notes": "notes"}.get(layout.role, "note")
