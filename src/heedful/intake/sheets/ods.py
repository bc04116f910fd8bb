"""OpenDocument workbooks (.ods): values as stored, repeats counted out only where they say something."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Merge, Row
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_names import MANIFEST
from heedful.intake.sheets.ods_rows import Found, Tables
from heedful.intake.sheets.ods_styles import Styles

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


@dataclass
class OdsSheet:
    """One sheet, read anew from the workbook's one part each time."""

    archive: Archive
    limits: Limits
    styles: Styles
    place: int
    found: Found
    name: str = ""
    visibility: str = "shown"
    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        self.name, self.visibility = self.found.name, self.found.visibility
        self.merges, self.hidden_columns = tuple(self.found.merges), frozenset(self.found.hidden_columns)

    def rows(self) -> Iterator[Row]:
        tables = Tables(self.styles, self.limits, only=self.place)
        for _ in tables.passing(self.archive, _CONTENT):
            yield from tables.ready
            tables.ready.clear()
            if len(tables.found) > self.place + 1:
                return


class OdsBook:
    """The whole workbook, looked through once when it is opened."""

    kind = "ods"
    remarks: tuple[str, ...] = ()

    def __init__(self, archive: Archive, limits: Limits) -> None:
        _refuse_protected(archive)
        if _CONTENT not in archive:
            raise FileRefused("zip_without_workbook")
        styles = Styles()
        styles.read(archive, _STYLES)
        tables = Tables(styles, limits)
        for _ in tables.passing(archive, _CONTENT):
            pass
        if not tables.found:
            raise FileRefused("workbook_without_sheet")
        self.sheets = tuple(
            OdsSheet(archive, limits, styles, place, found)
            for place, found in enumerate(tables.found)
            if not found.is_elsewhere
        )


def _refuse_protected(archive: Archive) -> None:
    protected = [False]

    def start(name: str, _: dict[str, str]) -> None:
        protected[0] |= name == f"{MANIFEST} encryption-data"

    if _MANIFEST in archive:
        xml.whole(archive.chunks(_MANIFEST), _MANIFEST, start)
    if protected[0]:
        raise FileRefused("workbook_protected")
