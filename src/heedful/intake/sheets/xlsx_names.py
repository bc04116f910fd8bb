"""Names in Excel workbooks, in both dialects of the standard, by what they are called here."""

from collections.abc import Iterable, Mapping

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
THREADED = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)
DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")


def names(wanted: Iterable[str], spaces: Iterable[str] = MAIN) -> dict[str, str]:
    """Full name of each element in each dialect: its short name."""
    return {f"{space} {name}": name for space in spaces for name in wanted}


def relation(attributes: Mapping[str, str]) -> str:
    """The id of the part that an element points at."""
    return next((attributes[f"{space} id"] for space in _RELATION if f"{space} id" in attributes), "")


def is_on(value: str | None) -> bool:
    """An XML boolean."""
    return value in ("1", "true", "on")
