"""Excel workbooks (.xlsx, .xlsm): values as stored, nothing computed, no macro and no link followed."""

from collections.abc import Iterator

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Merge, Row
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.xlsx_cells import Cells
from heedful.intake.sheets.xlsx_marks import Marks, look
from heedful.intake.sheets.xlsx_parts import Listed, main_part, workbook
from heedful.intake.sheets.xlsx_rows import Rows
from heedful.intake.sheets.xlsx_styles import looks
from heedful.intake.sheets.xlsx_texts import shared


class XlsxSheet:
    """One sheet, read anew from its part each time."""

    def __init__(self, listed: Listed, marks: Marks, archive: Archive, cells: Cells) -> None:
        self.name, self.visibility = listed.name, listed.visibility
        self.merges: tuple[Merge, ...] = tuple(marks.merges)
        self.hidden_columns = frozenset(marks.hidden_columns)
        self._part, self._marks, self._archive, self._cells = listed.part, marks, archive, cells

    def rows(self) -> Iterator[Row]:
        reader = Rows(self._marks, self._cells)
        longest = self._cells.limits.characters_per_cell
        chunks = self._archive.chunks(self._part)
        for _ in xml.passing(chunks, self._part, reader.start, reader.end, reader.pieces.append, lambda: reader.depth):
            if sum(map(len, reader.pieces)) > longest:
                raise FileRefused("workbook_cell_too_long", limit=longest)
            yield from reader.ready
            reader.ready.clear()


class XlsxBook:
    """The whole workbook. Every sheet is looked through once when it is opened, so damage shows before any use."""

    kind = "xlsx"

    def __init__(self, archive: Archive, limits: Limits) -> None:
        found = workbook(archive, main_part(archive, limits), limits)
        cells = Cells(
            shared(archive, found.part("sharedStrings", "xl/sharedStrings.xml"), limits),
            looks(archive, found.part("styles", "xl/styles.xml"), found.part("theme", "xl/theme/theme1.xml"), limits),
            limits,
            since_1904=found.since_1904,
        )
        self.sheets = tuple(XlsxSheet(listed, look(listed, archive, limits), archive, cells) for listed in found.sheets)
        self.remarks = ("macros_never_run",) if found.macros else ()
