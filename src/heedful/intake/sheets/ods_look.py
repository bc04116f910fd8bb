"""One pass over an OpenDocument workbook: its sheets, what stands around their rows, and whether they are too large."""

from bisect import bisect_left
from dataclasses import dataclass, field

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Merge
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_names import (
    CELLS,
    DEFAULT_STYLE,
    FORMULA,
    NAME,
    REPEATED_COLUMNS,
    REPEATED_ROWS,
    SPANNED_COLUMNS,
    SPANNED_ROWS,
    STYLE_NAME,
    TABLES,
    VALUE_TYPE,
    VISIBILITY,
    WHY_HIDDEN,
    count,
)
from heedful.intake.sheets.ods_styles import Styles

_WIDEST, _NAME = 16_384, 255
# A copy of another file's sheet, kept for formulas that look there.
_ELSEWHERE = "ta_extref"


@dataclass
class Found:
    """A sheet: it begins and ends at these bytes of the part."""

    name: str
    visibility: str
    is_elsewhere: bool
    begins: int
    ends: int = 0
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    cells: int = 0
    # The last column that each default style of columns covers, and the style.
    covers: list[int] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def style(self, column: int) -> str:
        """The style that a cell without one has from its column."""
        at = bisect_left(self.covers, column)
        return self.styles[at] if at < len(self.styles) else ""


class Look:
    """The sheets found; `spaces` is what the prefixes in the part stand for."""

    def __init__(self, archive: Archive, part: str, styles: Styles, limits: Limits) -> None:
        self.found: list[Found] = []
        self._styles, self._limits = styles, limits
        self._row = self._column = self._nested = self._width = 0
        self._row_is: dict[str, str] = {}
        self._cell_is: dict[str, str] | None = None
        self._says = False
        self._reader = xml.Reader(self._start, self._end, self._text)
        for _ in self._reader.passing(archive.chunks(part), part):
            pass
        self.spaces = self._reader.spaces

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        what = TABLES.get(name)
        if self._nested or what == "shapes" or (what == "table" and self._cell_is is not None):
            # A table inside a cell, and what is drawn on a sheet, are no cells of it.
            self._nested += 1
        elif what in CELLS:
            self._cell_is = attributes
            self._says = VALUE_TYPE in attributes or FORMULA in attributes
        elif what == "table-row":
            self._row_is, self._column, self._width = attributes, 0, 0
        elif what == "table":
            self._begin_table(attributes)
        elif what == "table-column":
            self._begin_column(attributes)
        elif self._cell_is is None:
            self._styles.start(name, attributes)
            if len(self._styles.found) > self._limits.kinds:
                raise FileRefused("workbook_damaged", part="content.xml")

    def _end(self, name: str) -> None:
        if self._nested:
            self._nested -= 1
            return
        what = TABLES.get(name)
        if what in CELLS:
            self._end_cell(covered=what != "table-cell")
        elif what == "table-row":
            self._end_row()
        elif what == "table":
            self.found[-1].ends = self._reader.place

    def _text(self, text: str) -> None:
        if self._cell_is is not None and not text.isspace():
            self._says = True

    def _begin_table(self, attributes: dict[str, str]) -> None:
        style = attributes.get(STYLE_NAME, "")
        visibility = "shown" if self._styles.shown(style) else "hidden"
        name = attributes.get(NAME, "")[:_NAME]
        self.found.append(Found(name, visibility, style == _ELSEWHERE, self._reader.place))
        self._row = self._column = 0
        if len(self.found) > self._limits.sheets:
            raise FileRefused("workbook_sheets", limit=self._limits.sheets)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        sheet, first = self.found[-1], self._column + 1
        self._column += count(attributes, REPEATED_COLUMNS)
        if self._column <= _WIDEST:
            sheet.covers.append(self._column)
            sheet.styles.append(attributes.get(DEFAULT_STYLE, ""))
        if attributes.get(VISIBILITY) in WHY_HIDDEN:
            sheet.hidden_columns.update(range(first, min(self._column, _WIDEST) + 1))

    def _end_cell(self, *, covered: bool) -> None:
        attributes, self._cell_is = self._cell_is or {}, None
        first = self._column + 1
        self._column += count(attributes, REPEATED_COLUMNS)
        if covered:
            return
        if SPANNED_ROWS in attributes or SPANNED_COLUMNS in attributes:
            self._merged(attributes, first)
        if self._says:
            self._width = self._column

    def _merged(self, attributes: dict[str, str], column: int) -> None:
        rows, columns = count(attributes, SPANNED_ROWS), count(attributes, SPANNED_COLUMNS)
        merges = self.found[-1].merges
        if rows > 1 or columns > 1:
            merges.append(Merge(self._row + 1, column, self._row + rows, column + columns - 1))
        if len(merges) > self._limits.marks:
            raise FileRefused("workbook_too_many_marks", limit=self._limits.marks)

    def _end_row(self) -> None:
        sheet, limits = self.found[-1], self._limits
        repeated = count(self._row_is, REPEATED_ROWS)
        self._row += repeated
        if not self._width:
            return
        sheet.rows += repeated
        sheet.cells += repeated * self._width
        for code, reached, limit in (
            ("sheet_columns", self._width, limits.columns),
            ("sheet_rows", sheet.rows, limits.rows),
            ("sheet_cells", sheet.cells, limits.cells),
        ):
            if reached > limit:
                raise FileRefused(code, sheet=sheet.name.strip(), count=reached, limit=limit)
