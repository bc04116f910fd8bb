"""What stands around the rows of an Excel sheet, read before them: hidden columns, merges, links, filters, comments."""

from dataclasses import dataclass, field
from itertools import product

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive, soundness
from heedful.intake.sheets.grid import Merge
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.places import area, column_number, place
from heedful.intake.sheets.xlsx_names import is_on, names, relation
from heedful.intake.sheets.xlsx_parts import Listed, comments, related

_CRITERIA = ["filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter"]
_FILTER = names(["autoFilter", *_CRITERIA])
_NAMES = names(["row", "c", "v", "is", "f", "col", "mergeCell", "hyperlink", "sheetPr"]) | _FILTER
_CELLS_PER_LINK, _MOST_FILTERS = 1_000, 200


@dataclass
class Filter:
    """The rows that a filter stands over. One that selects nothing hides nothing."""

    over: Merge
    selects: bool

    def hides(self, row: int) -> bool:
        return self.selects and self.over.first_row < row <= self.over.last_row


@dataclass
class Marks:
    """All of it, for one sheet."""

    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    # By row and column: the comment and the link.
    notes: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def note(self, row: int, column: int, *, comment: str = "", link: str = "") -> None:
        of_row = self.notes.setdefault(row, {})
        before = of_row.get(column, ("", ""))
        of_row[column] = comment or before[0], link or before[1]

    def why_hidden(self, row: int) -> str:
        return "filter" if any(one.hides(row) for one in self.filters) else "hand"


def look(sheet: Listed, archive: Archive, limits: Limits) -> Marks:
    """One pass over a sheet: its marks, and whether it is sound and keeps within the limits."""
    passed = _Look(sheet, archive, limits)
    chunks = archive.chunks(sheet.part)
    for _ in xml.passing(chunks, sheet.part, passed.start, passed.ended.append, None, passed.how_deep):
        passed.refuse_too_large()
    passed.end()
    return passed.marks


class _Look:
    def __init__(self, sheet: Listed, archive: Archive, limits: Limits) -> None:
        self.marks, self._limits, self._sheet = Marks(), limits, sheet.name
        self._points_at = related(archive, sheet.part, limits)
        self.ended: list[str] = []
        self._depth = self._rows = self._cells = self._widest = self._notes = 0
        self._at: str | None = None
        self._last: str | None = None
        self._ordinal = self._last_ordinal = 0
        self._filtered = False
        with soundness(sheet.part):
            for where, text in comments(archive, self._points_at, limits).items():
                self._note(*place(where), comment=text)
        for one in self._points_at.values():
            if one.kind == "table" and one.target in archive:
                xml.whole(archive.chunks(one.target), one.target, self._in_table)

    def how_deep(self) -> int:
        """Names of ended elements are gathered and counted now and then: nothing is quicker."""
        self._depth -= len(self.ended)
        self.ended.clear()
        return self._depth

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        what = _NAMES.get(name)
        if what == "c":
            self._at = attributes.get("r")
            self._ordinal += 1
        elif what == "v" or what == "is" or what == "f":
            self._cells += what != "f"
            self._last, self._last_ordinal = self._at, self._ordinal
        elif what == "row":
            self._end_row()
        elif what:
            self._around(what, attributes)

    def _end_row(self) -> None:
        """Cells stand in order, so that the last one with something in it tells how far the row reaches."""
        if self._last_ordinal:
            self._rows += 1
            last = column_number(self._last.rstrip("0123456789")) if self._last else self._last_ordinal
            self._widest = max(self._widest, last)
        self._last, self._ordinal, self._last_ordinal = None, 0, 0

    def end(self) -> None:
        self._end_row()
        self.refuse_too_large()

    def refuse_too_large(self) -> None:
        for code, count, limit in (
            ("sheet_rows", self._rows, self._limits.rows),
            ("sheet_columns", self._widest, self._limits.columns),
            ("sheet_cells", self._cells, self._limits.cells),
        ):
            if count > limit:
                raise FileRefused(code, sheet=self._sheet.strip(), count=count, limit=limit)
        if len(self.marks.merges) + self._notes > self._limits.marks:
            raise FileRefused("workbook_too_many_marks", limit=self._limits.marks)

    def _around(self, what: str, attributes: dict[str, str]) -> None:
        marks = self.marks
        if what == "sheetPr":
            self._filtered = is_on(attributes.get("filterMode"))
        elif what == "col" and is_on(attributes.get("hidden")):
            first, last = int(attributes["min"]), int(attributes["max"])
            marks.hidden_columns.update(range(first, min(last, 16_384) + 1))
        elif what == "mergeCell":
            marks.merges.append(area(attributes["ref"]))
        elif what == "hyperlink":
            self._link(attributes)
        else:
            self._filter(what, attributes)

    def _link(self, attributes: dict[str, str]) -> None:
        to = self._points_at.get(relation(attributes))
        target = to.target if to and to.outside else ""
        inside = attributes.get("location", "")
        text = f"{target}#{inside}" if target and inside else target or (f"#{inside}" if inside else "")
        where = area(attributes["ref"])
        rows = range(where.first_row, where.last_row + 1)
        columns = range(where.first_column, where.last_column + 1)
        if len(rows) * len(columns) > _CELLS_PER_LINK:
            rows, columns = rows[:1], columns[:1]
        for row, column in product(rows, columns if text else ()):
            self._note(row, column, link=text)

    def _note(self, row: int, column: int, *, comment: str = "", link: str = "") -> None:
        """What hangs on a cell far to the right of all that may be read is nobody's."""
        self._notes += 1
        if column <= self._limits.columns:
            self.marks.note(row, column, comment=comment, link=link)

    def _in_table(self, name: str, attributes: dict[str, str]) -> None:
        if name in _FILTER:
            self._filter(_FILTER[name], attributes)

    def _filter(self, what: str, attributes: dict[str, str]) -> None:
        if what == "autoFilter" and "ref" in attributes and len(self.marks.filters) < _MOST_FILTERS:
            self.marks.filters.append(Filter(area(attributes["ref"]), selects=self._filtered))
        elif what in _CRITERIA and self.marks.filters:
            self.marks.filters[-1].selects = True
