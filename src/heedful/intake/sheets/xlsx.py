"""Excel workbooks (.xlsx, .xlsm): values as stored, nothing computed, no macro and no link followed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import BLANK, Cell, Merge, Row, Value
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.places import column_number
from heedful.intake.sheets.serials import from_serial
from heedful.intake.sheets.values import in_order, linked, moment, number
from heedful.intake.sheets.xlsx_marks import Marks, look
from heedful.intake.sheets.xlsx_names import is_on, names
from heedful.intake.sheets.xlsx_parts import Listed, main_part, workbook
from heedful.intake.sheets.xlsx_styles import PLAIN, Look, looks
from heedful.intake.sheets.xlsx_texts import Texts, Words, shared, unescaped

_NAMES = names(["sheetData", "row", "c", "v", "f", "is", "r", "rPr", "strike", "t", "rPh"])


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all sheets of a workbook use."""

    archive: Archive
    limits: Limits
    texts: Texts
    looks: list[Look]
    since_1904: bool


class XlsxSheet:
    """One sheet, read anew from its part each time."""

    def __init__(self, listed: Listed, marks: Marks, book: _Shared) -> None:
        self.name, self.visibility = listed.name, listed.visibility
        self.merges: tuple[Merge, ...] = tuple(marks.merges)
        self.hidden_columns = frozenset(marks.hidden_columns)
        self._part, self._marks, self._book = listed.part, marks, book

    def rows(self) -> Iterator[Row]:
        reader = _Rows(self._marks, self._book)
        chunks = self._book.archive.chunks(self._part)
        for _ in xml.passing(chunks, self._part, reader.start, reader.end, reader.pieces.append):
            if sum(map(len, reader.pieces)) > self._book.limits.characters_per_cell:
                raise FileRefused("workbook_cell_too_long", limit=self._book.limits.characters_per_cell)
            yield from reader.ready
            reader.ready.clear()


class XlsxBook:
    """The whole workbook. Every sheet is looked through once when it is opened, so damage shows before any use."""

    kind = "xlsx"

    def __init__(self, archive: Archive, limits: Limits) -> None:
        part = main_part(archive)
        found = workbook(archive, part, limits)
        book = _Shared(
            archive,
            limits,
            shared(archive, found.part("sharedStrings", "xl/sharedStrings.xml"), limits),
            looks(archive, found.part("styles", "xl/styles.xml"), found.part("theme", "xl/theme/theme1.xml")),
            found.since_1904,
        )
        self.sheets = tuple(XlsxSheet(listed, look(listed, archive, limits), book) for listed in found.sheets)
        self.remarks = ("macros_never_run",) if found.macros else ()


class _Rows:
    """Hears the elements of a sheet in passing and puts rows together from them."""

    def __init__(self, marks: Marks, book: _Shared) -> None:
        self.ready: list[Row] = []
        self.pieces: list[str] = []
        self._marks, self._book = marks, book
        self._words = Words(book.limits.characters_per_cell)
        self._looks = {str(number): look for number, look in enumerate(book.looks)} | {None: book.looks[0]}
        self._formulas: dict[str, str] = {}
        self._formula_is: dict[str, str] = {}
        # Rows with comments and links, the last first; they may stand on cells that the file does not list.
        self._marked = sorted(marks.notes, reverse=True)
        self._number, self._column, self._hidden = 0, 0, ""
        self._cells: dict[int, Cell] = {}
        self._cell: dict[str, str] = {}
        self._text: str | None = None
        self._formula = ""
        self._in_words = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        what = _NAMES.get(name)
        if what == "c":
            self._cell, self._text, self._formula = attributes, None, ""
        elif what == "v":
            self.pieces.clear()
        elif what == "row":
            self._begin_row(attributes)
        elif what == "f":
            self.pieces.clear()
            self._formula_is = attributes
        elif what == "is":
            self._in_words = True
            self._words.begin()
        elif what and self._in_words:
            self.pieces.clear()
            self._words.start(what, attributes)

    def end(self, name: str) -> None:
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
            self._in_words, self._text = False, self._words.text
        elif what == "sheetData":
            self._rows_before(1 << 30)
        elif what and self._in_words:
            self._words.end(what, "".join(self.pieces))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
        self._rows_before(self._number)
        out_of_sight = is_on(attributes.get("hidden")) or attributes.get("ht") == "0"
        self._hidden = self._marks.why_hidden(self._number) if out_of_sight else ""
        self._column = 0

    def _rows_before(self, number: int) -> None:
        """Rows that hold nothing but a comment or a link."""
        while self._marked and self._marked[-1] < number:
            self._end_row(self._marked[-1], "")

    def _end_row(self, number: int, hidden: str) -> None:
        if self._marked and self._marked[-1] == number:
            for column, (comment, link) in self._marks.notes[self._marked.pop()].items():
                cell = self._cells.get(column, BLANK)
                self._cells[column] = replace(cell, comment=comment, link=cell.link or link)
        cells = in_order(self._cells)
        if cells:
            self.ready.append(Row(number, cells, hidden))
        self._cells = {}

    def _formula_text(self, text: str) -> str:
        """Cells that share a formula give its number; only the first gives the text, as it stands there."""
        key = self._formula_is.get("si", "") if self._formula_is.get("t") == "shared" else ""
        if key and text:
            self._formulas[key] = text
        text = text or self._formulas.get(key, "")
        return f"={text}" if text else ""

    def _place(self) -> None:
        where = self._cell.get("r")
        self._column = column_number(where.rstrip("0123456789")) if where else self._column + 1
        look = self._looks.get(self._cell.get("s"), PLAIN)
        value, struck = (None, look.struck) if self._text is None else self._value(self._text, look)
        link = linked(self._formula) if self._formula else ""
        self._cells[self._column] = Cell(value, self._formula, struck, look.fill, "", link)

    def _value(self, text: str, look: Look) -> tuple[Value, bool]:
        """The value as stored, and whether it is crossed out."""
        book, kind = self._book, self._cell.get("t", "n")
        if kind == "s":
            return book.texts[int(text)] or None, book.texts.struck(int(text), look.struck)
        if kind == "inlineStr":
            return text or None, self._words.struck(look.struck)
        if kind == "n":
            value: Value = number(text) if text else None
            if look.shows and value is not None:
                value = from_serial(float(text), look.shows, since_1904=book.since_1904)
            return value, look.struck
        return _OTHERS.get(kind, unescaped)(text), look.struck


_OTHERS: dict[str, Callable[[str], Value]] = {"b": is_on, "d": moment}
