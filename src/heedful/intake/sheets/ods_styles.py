"""The looks of cells in an OpenDocument workbook, each style with what it takes from its parents."""

from collections.abc import Callable
from dataclasses import dataclass, field

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.colours import visible
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.ods_names import FO, STYLE, TABLE

_MOST_PARENTS = 50


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of a cell or of a piece of text; None where it says nothing."""

    struck: bool | None = None
    fill: str | None = None


@dataclass
class Style:
    """A style as it stands in the file."""

    parent: str = ""
    struck: bool | None = None
    fill: str | None = None
    display: bool = True


@dataclass
class Styles:
    """All styles of a workbook by family and name; the family's default has no name."""

    found: dict[tuple[str, str], Style] = field(default_factory=dict)
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    _now: Style = field(default_factory=Style)

    def read(self, archive: Archive, part: str, limits: Limits) -> None:
        if part in archive:
            for _ in xml.passing(archive.chunks(part), part, self.start):
                if len(self.found) > limits.kinds:
                    raise FileRefused("workbook_damaged", part=part)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        reading = _READ.get(name)
        if reading:
            reading(self, attributes)
        elif not name.startswith(STYLE):
            # Formats of numbers hold looks too, which are not the cell's.
            self._now = Style()

    def look(self, family: str, name: str) -> Look:
        """The look with all parents in it."""
        key = (family, name)
        if key not in self._looks:
            self._looks[key] = self._resolved(family, name)
        return self._looks[key]

    def shown(self, name: str) -> bool:
        """Whether a sheet of this style is shown."""
        return self.found.get(("table", name), Style()).display

    def _resolved(self, family: str, name: str) -> Look:
        struck: bool | None = None
        fill: str | None = None
        for _ in range(_MOST_PARENTS):
            style = self.found.get((family, name))
            if style is None and not name:
                break
            style = style or Style()
            struck = style.struck if struck is None else struck
            fill = style.fill if fill is None else fill
            if not name:
                break
            name = style.parent
        return Look(struck, fill)

    def _begin(self, attributes: dict[str, str]) -> None:
        self._now = Style(parent=attributes.get(f"{STYLE} parent-style-name", ""))
        key = (attributes.get(f"{STYLE} family", ""), attributes.get(f"{STYLE} name", ""))
        self.found[key] = self._now

    def _text(self, attributes: dict[str, str]) -> None:
        said = [attributes.get(f"{STYLE} text-line-through-{part}") for part in ("style", "type")]
        if any(said):
            self._now.struck = "none" not in said

    def _cell(self, attributes: dict[str, str]) -> None:
        if colour := attributes.get(f"{FO} background-color"):
            self._now.fill = visible(colour)

    def _table(self, attributes: dict[str, str]) -> None:
        self._now.display = attributes.get(f"{TABLE} display") != "false"


_READ: dict[str, Callable[[Styles, dict[str, str]], None]] = {
    f"{STYLE} style": Styles._begin,
    f"{STYLE} default-style": Styles._begin,
    f"{STYLE} text-properties": Styles._text,
    f"{STYLE} table-cell-properties": Styles._cell,
    f"{STYLE} table-properties": Styles._table,
}
