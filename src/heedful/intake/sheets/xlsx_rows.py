"""Puts the rows of an Excel sheet together, from its elements heard in passing."""

from dataclasses import replace

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.grid import BLANK, Cell, Row
from heedful.intake.sheets.places import column_number
from heedful.intake.sheets.values import in_order
from heedful.intake.sheets.xlsx_cells import Cells
from heedful.intake.sheets.xlsx_marks import Marks
from heedful.intake.sheets.xlsx_names import is_on, names
from heedful.intake.sheets.xlsx_texts import Words

_RUNS = ("r", "rPr", "strike", "t", "rPh")
_NAMES = names(["sheetData", "row", "c", "v", "f", "is", *_RUNS])
_DIGITS = "0123456789"
_AFTER_ALL = 1 << 30


class Rows:
    """`ready` holds the rows that are complete. Called for every element: each line here is run millions of times."""

    def __init__(self, marks: Marks, cells: Cells) -> None:
        self.ready: list[Row] = []
        self.pieces: list[str] = []
        self._marks, self._cells = marks, cells
        self._words = Words(cells.limits.characters_per_cell)
        self._formulas: dict[str, str] = {}
        self._formula_is: dict[str, str] = {}
        # Rows with comments and links, the last first; they may stand on cells that the file does not list.
        self._marked = sorted(marks.notes, reverse=True)
        self._number, self._hidden = 0, ""
        self._is: dict[str, str] = {}
        self._text: str | None = None
        self._formula = ""
        self._in_words = self._worded = False
        self.depth = self._shared = 0
        self._columns: dict[str, int] = {}
        self._begin_cells()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        what = _NAMES.get(name)
        if what == "c":
            self._is, self._text = attributes, None
        elif what == "v":
            self.pieces.clear()
        elif what == "row":
            self._begin_row(attributes)
        elif what == "f":
            self.pieces.clear()
            self._formula_is = attributes
        elif what == "is":
            self._in_words = self._worded = True
            self._words.begin()
        elif what and self._in_words:
            self.pieces.clear()
            self._words.start(what, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        what = _NAMES.get(name)
        if what == "c":
            self._place()
        elif what == "v":
            self._text = "".join(self.pieces)
        elif what == "row":
            self._end_row(self._number, self._hidden)
        elif what == "f":
            self._formula = self._formula_text("".join(self.pieces))
        elif what == "is":
            self._in_words = False
        elif what == "sheetData":
            self._rows_before(_AFTER_ALL)
        elif what and self._in_words:
            self._words.end(what, "".join(self.pieces))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
        self._rows_before(self._number)
        out_of_sight = is_on(attributes.get("hidden")) or attributes.get("ht") == "0"
        self._hidden = self._marks.why_hidden(self._number) if out_of_sight else ""

    def _rows_before(self, number: int) -> None:
        """Rows that hold nothing but a comment or a link."""
        while self._marked and self._marked[-1] < number:
            self._end_row(self._marked[-1], "")

    def _begin_cells(self) -> None:
        self._found: list[Cell] = []
        self._places: list[int] = []
        # How many of those found reach to the last that says something.
        self._count = self._last = 0
        self._rising = True

    def _place(self) -> None:
        where = self._is.get("r")
        if where:
            letters = where.rstrip(_DIGITS)
            column = self._columns.get(letters) or self._columns.setdefault(letters, column_number(letters))
        else:
            column = self._last + 1
        if self._formula or self._worded:
            words = self._words if self._worded else None
            cell, says = self._cells.made(self._is, self._text, self._formula, words)
            self._formula, self._worded = "", False
        else:
            cell, says = self._cells.cell(self._is, self._text)
        self._rising &= column > self._last
        self._last = column
        self._found.append(cell)
        self._places.append(column)
        if says:
            self._count = len(self._found)

    def _end_row(self, number: int, hidden: str) -> None:
        count = self._count
        marked = self._marked and self._marked[-1] == number
        if count or marked:
            # In a full row the n-th cell stands in the n-th column.
            full = not marked and self._rising and self._places[count - 1] == count
            cells = tuple(self._found[:count]) if full else self._cells_in_order(marked=bool(marked))
            self.ready.append(Row(number, cells, hidden))
        self._begin_cells()

    def _cells_in_order(self, *, marked: bool) -> tuple[Cell, ...]:
        found = dict(zip(self._places, self._found, strict=True))
        if marked:
            for column, (comment, link) in self._marks.notes[self._marked.pop()].items():
                cell = found.get(column, BLANK)
                found[column] = replace(cell, comment=comment, link=cell.link or link)
        return in_order(found)

    def _formula_text(self, text: str) -> str:
        """Cells that share a formula give its number; only the first gives the text, as it stands there."""
        key = self._formula_is.get("si", "") if self._formula_is.get("t") == "shared" else ""
        if key and text:
            self._shared += len(text)
            if self._shared > self._cells.limits.text_bytes:
                raise FileRefused("workbook_too_much_text", megabytes=self._cells.limits.text_bytes // 1_000_000)
            self._formulas[key] = text
        text = text or self._formulas.get(key, "")
        return f"={text}" if text else ""
