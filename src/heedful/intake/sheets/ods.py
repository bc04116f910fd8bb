"""OpenDocument workbooks (.ods): values as stored, repeats counted out only where they say something."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Merge, Row
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_look import Found, Look
from heedful.intake.sheets.ods_names import MANIFEST
from heedful.intake.sheets.ods_rows import Rows
from heedful.intake.sheets.ods_styles import Styles

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


class OdsSheet:
    """One sheet, read anew each time, from its place in the one part that holds all sheets."""

    def __init__(self, found: Found, root: bytes, archive: Archive, styles: Styles, limits: Limits) -> None:
        self.name, self.visibility = found.name, found.visibility
        self.merges: tuple[Merge, ...] = tuple(found.merges)
        self.hidden_columns = frozenset(found.hidden_columns)
        self._found, self._root, self._archive, self._styles, self._limits = found, root, archive, styles, limits

    def rows(self) -> Iterator[Row]:
        rows = Rows(self._found, self._styles, self._limits)
        reader = xml.Reader(rows.start, rows.end, rows.text, lambda: rows.depth)
        for _ in reader.passing(self._chunks(), _CONTENT, to_the_end=False):
            yield from rows.ready
            rows.ready.clear()

    def _chunks(self) -> Iterable[bytes]:
        yield self._root
        left = self._found.ends - self._found.begins
        for chunk in self._archive.chunks(_CONTENT, self._found.begins):
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
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
        styles.read(archive, _STYLES, limits)
        look = Look(archive, _CONTENT, styles, limits)
        if not look.found:
            raise FileRefused("workbook_without_sheet")
        root = _root(look.spaces)
        self.sheets = tuple(
            OdsSheet(found, root, archive, styles, limits) for found in look.found if not found.is_elsewhere
        )


def _root(spaces: dict[str, str]) -> bytes:
    """An element to read a sheet in that begins in the middle of the part."""
    declared = (f"xmlns{prefix and ':'}{prefix}={quoteattr(name)}" for prefix, name in spaces.items() if name)
    return f"<root {' '.join(declared)}>".encode()


def _refuse_protected(archive: Archive) -> None:
    protected = [False]

    def start(name: str, _: dict[str, str]) -> None:
        protected[0] |= name == f"{MANIFEST} encryption-data"

    if _MANIFEST in archive:
        xml.whole(archive.chunks(_MANIFEST), _MANIFEST, start)
    if protected[0]:
        raise FileRefused("workbook_protected")
