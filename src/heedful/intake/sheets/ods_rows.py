"""Puts the rows of one sheet of an OpenDocument workbook together, from its elements heard in passing."""

from heedful.intake.sheets.grid import Cell, Row
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_look import Found
from heedful.intake.sheets.ods_names import (
    CELLS,
    DEFAULT_STYLE,
    REPEATED_COLUMNS,
    REPEATED_ROWS,
    STYLE_NAME,
    TABLES,
    VISIBILITY,
    WHY_HIDDEN,
    count,
)
from heedful.intake.sheets.ods_styles import Styles
from heedful.intake.sheets.ods_values import formula_of, value_of
from heedful.intake.sheets.ods_words import Words
from heedful.intake.sheets.values import in_order, linked, says_something

# So many blank cells of one colour are a row that was coloured, more are a sheet that was.
_COLOURED = 100


class Rows:
    """`ready` holds the rows that are complete."""

    def __init__(self, found: Found, styles: Styles, limits: Limits) -> None:
        self.ready: list[Row] = []
        self.depth = 0
        self._found, self._styles, self._limits = found, styles, limits
        self._words = Words(styles, limits.characters_per_cell)
        self._row = self._column = self._nested = 0
        self._row_is: dict[str, str] = {}
        self._cell_is: dict[str, str] | None = None
        self._cells: dict[int, Cell] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        what = TABLES.get(name)
        if self._nested or what == "shapes" or (what == "table" and self._cell_is is not None):
            self._nested += 1
        elif self._cell_is is not None:
            self._words.start(name, attributes)
        elif what in CELLS:
            self._cell_is = attributes
            self._words.begin()
        elif what == "table-row":
            self._row_is, self._column, self._cells = attributes, 0, {}

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._nested:
            self._nested -= 1
            return
        what = TABLES.get(name)
        if what is None:
            if self._cell_is is not None:
                self._words.end(name)
        elif what in CELLS:
            self._end_cell(covered=what != "table-cell")
        elif what == "table-row":
            self._end_row()

    def text(self, text: str) -> None:
        if self._cell_is is not None and not self._nested:
            self._words.text(text)

    def _end_cell(self, *, covered: bool) -> None:
        """A covered cell shows nothing: the one that spans it does."""
        attributes, self._cell_is = self._cell_is or {}, None
        first = self._column + 1
        repeated = count(attributes, REPEATED_COLUMNS)
        self._column += repeated
        if covered:
            return
        cell = self._made(attributes, first)
        if cell.value is None and not says_something(cell) and (not cell.fill or repeated > _COLOURED):
            return
        for column in range(first, min(self._column, self._limits.columns) + 1):
            self._cells[column] = cell

    def _made(self, attributes: dict[str, str], column: int) -> Cell:
        words = self._words
        style = attributes.get(STYLE_NAME) or self._row_is.get(DEFAULT_STYLE) or self._found.style(column)
        look = self._styles.look("table-cell", style)
        value, formula = value_of(attributes, words.value), formula_of(attributes)
        struck, link = words.struck(bool(look.struck)), (linked(formula) if formula else "") or words.link
        return Cell(value, formula, struck, look.fill or "", words.note, link)

    def _end_row(self) -> None:
        first = self._row + 1
        repeated = count(self._row_is, REPEATED_ROWS)
        self._row += repeated
        if cells := in_order(self._cells):
            hidden = WHY_HIDDEN.get(self._row_is.get(VISIBILITY, ""), "")
            self.ready.extend(Row(number, cells, hidden) for number in range(first, first + repeated))
