"""The looks of cells in an Excel workbook: what their numbers stand for, crossed out, the colour behind them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import colours, xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.serials import what_format_shows
from heedful.intake.sheets.xlsx_names import DRAWING, is_on, names

_NAMES = names(
    [
        "numFmt",
        "fonts",
        "font",
        "fills",
        "fill",
        "cellXfs",
        "cellStyleXfs",
        "xf",
        "strike",
        "patternFill",
        "fgColor",
        "bgColor",
        "indexedColors",
        "rgbColor",
    ]
)
_THEME = names(
    ["dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"],
    DRAWING,
)
_THEME_COLOURS = names(["sysClr", "srgbClr"], DRAWING)
# Excel counts the theme's colours in this order, which is not the order in which they are written down.
_THEME_ORDER = [
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
]


@dataclass(frozen=True, slots=True)
class Look:
    """What the style of a cell says of it."""

    shows: str = ""
    struck: bool = False
    fill: str = ""


PLAIN = Look()


@dataclass
class _Sheet:
    formats: dict[int, str] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    fills: list[dict[str, str]] = field(default_factory=list)
    pattern: str = ""
    formats_of_cells: list[dict[str, str]] = field(default_factory=list)
    palette: list[str] = field(default_factory=list)
    inside: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _NAMES.get(name):
            case "fonts" | "fills" | "cellXfs" | "cellStyleXfs" as inside:
                self.inside = inside
            case "numFmt":
                self.formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            case "font" if self.inside == "fonts":
                self.struck.append(False)
            case "strike" if self.inside == "fonts":
                self.struck[-1] = is_on(attributes.get("val", "1"))
            case "fill" if self.inside == "fills":
                self.fills.append({})
            case "patternFill":
                self.pattern = attributes.get("patternType", "")
            case "fgColor" if self.inside == "fills" and self.pattern == "solid":
                self.fills[-1] = attributes
            case "xf" if self.inside == "cellXfs":
                self.formats_of_cells.append(attributes)
            case "rgbColor":
                self.palette.append(attributes.get("rgb", ""))

    @property
    def size(self) -> int:
        """How many fonts, fills, formats and looks there are."""
        lists = max(len(self.struck), len(self.fills), len(self.formats_of_cells), len(self.palette))
        return max(lists, len(self.formats))

    def end(self, name: str) -> None:
        if _NAMES.get(name) == self.inside:
            self.inside = ""


def looks(archive: Archive, styles: str, theme: str, limits: Limits) -> list[Look]:
    """The look behind each style number that cells give."""
    if styles not in archive:
        return [PLAIN]
    sheet = _Sheet()
    for _ in xml.passing(archive.chunks(styles), styles, sheet.start, sheet.end):
        if sheet.size > limits.kinds:
            raise FileRefused("workbook_damaged", part=styles)
    scheme = colours.Scheme(tuple(_theme(archive, theme)), tuple(colour[-6:] for colour in sheet.palette))
    return [_look(attributes, sheet, scheme) for attributes in sheet.formats_of_cells] or [PLAIN]


def _look(attributes: dict[str, str], sheet: _Sheet, scheme: colours.Scheme) -> Look:
    number = int(attributes.get("numFmtId", 0))
    font, fill = int(attributes.get("fontId", 0)), int(attributes.get("fillId", 0))
    return Look(
        shows=what_format_shows(number, sheet.formats.get(number)),
        struck=font < len(sheet.struck) and sheet.struck[font],
        fill=scheme.colour(sheet.fills[fill]) if fill < len(sheet.fills) else "",
    )


def _theme(archive: Archive, part: str) -> Iterable[str]:
    found: dict[str, str] = {}
    of = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in _THEME:
            of[0] = _THEME[name]
        elif name in _THEME_COLOURS and of[0]:
            found.setdefault(of[0], attributes.get("lastClr") or attributes.get("val", ""))

    def end(name: str) -> None:
        if name in _THEME:
            of[0] = ""

    if part in archive:
        xml.whole(archive.chunks(part), part, start, end)
    return [found.get(name, "") for name in _THEME_ORDER]
