"""Puts the rows of an OpenDocument workbook together, from the elements of its one part heard in passing."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Cell, Merge, Row
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_names import TABLE
from heedful.intake.sheets.ods_styles import Styles
from heedful.intake.sheets.ods_values import formula_of, value_of
from heedful.intake.sheets.ods_words import Words
from heedful.intake.sheets.values import in_order, linked, says_something

_CELLS = ("table-cell", "covered-table-cell")
_NAMES = {f"{TABLE} {name}": name for name in ("table", "table-column", "table-row", *_CELLS, "shapes")}
_NAME, _STYLE, _DEFAULT_STYLE = (f"{TABLE} {name}" for name in ("name", "style-name", "default-cell-style-name"))
_REPEATED_COLUMNS, _REPEATED_ROWS = (f"{TABLE} number-{what}-repeated" for what in ("columns", "rows"))
_SPANNED_COLUMNS, _SPANNED_ROWS = (f"{TABLE} number-{what}-spanned" for what in ("columns", "rows"))
_VISIBILITY = f"{TABLE} visibility"
_WHY_HIDDEN = {"filter": "filter", "collapse": "hand"}
_WIDEST = 16_384
# So many blank cells of one colour are a row that was coloured, more are a sheet that was.
_COLOURED = 100
# A copy of another file's sheet, kept for formulas that look there.
_ELSEWHERE = "ta_extref"


@dataclass
class Found:
    """A sheet and what stands around its rows."""

    name: str
    visibility: str
    is_elsewhere: bool
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    cells: int = 0
    # The last column that each default style of columns covers, and the style.
    covers: list[int] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def style(self, column: int) -> str:
        at = bisect_left(self.covers, column)
        return self.styles[at] if at < len(self.styles) else ""


class Tables:
    """All sheets in passing; rows are made of all of them, or of one only."""

    def __init__(self, styles: Styles, limits: Limits, only: int | None = None) -> None:
        self.ready: list[Row] = []
        self.found: list[Found] = []
        self._styles, self._limits, self._only = styles, limits, only
        self._words = Words(styles, limits.characters_per_cell)
        self._row = self._column = self._nested = 0
        self._row_is: dict[str, str] = {}
        self._cell_is: dict[str, str] | None = None
        self._cells: dict[int, Cell] = {}

    def passing(self, archive: Archive, part: str) -> Iterator[None]:
        """Read the part; after each piece, the rows that are complete lie in `ready`."""
        return xml.passing(archive.chunks(part), part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        what = _NAMES.get(name)
        if self._nested or what == "shapes" or (what == "table" and self._cell_is is not None):
            # A table inside a cell, and what is drawn on a sheet, are no cells of it.
            self._nested += 1
        elif self._cell_is is not None:
            self._words.start(name, attributes)
        elif what == "table":
            self._begin_table(attributes)
        elif what == "table-column":
            self._begin_column(attributes)
        elif what == "table-row":
            self._row_is, self._column, self._cells = attributes, 0, {}
        elif what:
            self._cell_is = attributes
            self._words.begin()
        elif self._only is None:
            self._styles.start(name, attributes)
            if len(self._styles.found) > self._limits.kinds:
                raise FileRefused("workbook_damaged", part="content.xml")

    def _end(self, name: str) -> None:
        what = _NAMES.get(name)
        if self._nested:
            self._nested -= 1
        elif what == "table-row":
            self._end_row()
        elif what in _CELLS and self._cell_is is not None:
            attributes, self._cell_is = self._cell_is, None
            if self._only in (None, len(self.found) - 1):
                self._place(attributes, covered=what != "table-cell")
        elif self._cell_is is not None:
            self._words.end(name)

    def _text(self, text: str) -> None:
        if self._cell_is is not None and not self._nested:
            self._words.text(text)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        style = attributes.get(_STYLE, "")
        visibility = "shown" if self._styles.shown(style) else "hidden"
        self.found.append(Found(attributes.get(_NAME, ""), visibility, style == _ELSEWHERE))
        self._row = self._column = 0
        if len(self.found) > self._limits.sheets:
            raise FileRefused("workbook_sheets", limit=self._limits.sheets)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        sheet, first = self.found[-1], self._column + 1
        self._column += _count(attributes, _REPEATED_COLUMNS)
        if self._column <= _WIDEST:
            sheet.covers.append(self._column)
            sheet.styles.append(attributes.get(_DEFAULT_STYLE, ""))
        if attributes.get(_VISIBILITY) in _WHY_HIDDEN:
            sheet.hidden_columns.update(range(first, min(self._column, _WIDEST) + 1))

    def _place(self, attributes: dict[str, str], *, covered: bool) -> None:
        """A covered cell shows nothing: the one that spans it does."""
        first = self._column + 1
        repeated = _count(attributes, _REPEATED_COLUMNS)
        self._column += repeated
        if covered:
            return
        cell = self._made(attributes, first)
        self._merged(attributes, first)
        if says_something(cell):
            self._refuse_wide(self._column)
        elif not cell.fill or repeated > _COLOURED:
            return
        for column in range(first, min(self._column, self._limits.columns) + 1):
            self._cells[column] = cell

    def _made(self, attributes: dict[str, str], column: int) -> Cell:
        words = self._words
        style = attributes.get(_STYLE) or self._row_is.get(_DEFAULT_STYLE) or self.found[-1].style(column)
        look = self._styles.look("table-cell", style)
        value, formula = value_of(attributes, words.value), formula_of(attributes)
        struck, link = words.struck(bool(look.struck)), linked(formula) or words.link
        return Cell(value, formula, struck, look.fill or "", words.note, link)

    def _merged(self, attributes: dict[str, str], column: int) -> None:
        rows, columns = _count(attributes, _SPANNED_ROWS), _count(attributes, _SPANNED_COLUMNS)
        merges = self.found[-1].merges
        if rows > 1 or columns > 1:
            merges.append(Merge(self._row + 1, column, self._row + rows, column + columns - 1))
        if len(merges) > self._limits.marks:
            raise FileRefused("workbook_too_many_marks", limit=self._limits.marks)

    def _end_row(self) -> None:
        sheet, first = self.found[-1], self._row + 1
        repeated = _count(self._row_is, _REPEATED_ROWS)
        self._row += repeated
        cells = in_order(self._cells)
        if not cells:
            return
        sheet.rows += repeated
        sheet.cells += repeated * len(cells)
        self._refuse_large(sheet)
        hidden = _WHY_HIDDEN.get(self._row_is.get(_VISIBILITY, ""), "")
        if self._only is not None:
            self.ready.extend(Row(number, cells, hidden) for number in range(first, first + repeated))

    def _refuse_wide(self, column: int) -> None:
        if column > self._limits.columns:
            name = self.found[-1].name.strip()
            raise FileRefused("sheet_columns", sheet=name, count=column, limit=self._limits.columns)

    def _refuse_large(self, sheet: Found) -> None:
        limits = self._limits
        for code, count, limit in (("sheet_rows", sheet.rows, limits.rows), ("sheet_cells", sheet.cells, limits.cells)):
            if count > limit:
                raise FileRefused(code, sheet=sheet.name.strip(), count=count, limit=limit)


def _count(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(name, 1)), 1)
