"""What belongs to what in an Excel workbook: its sheets, and the comments, links and tables of each."""

import posixpath
from dataclasses import dataclass

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.xlsx_names import THREADED, is_on, names, relation
from heedful.intake.sheets.xlsx_texts import Words

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_WORKBOOK = names(["workbook", "workbookPr", "sheet"])
_COMMENTS = names(["comment", "r", "rPr", "strike", "t", "rPh"])
_THREADED = names(["threadedComment", "text"], THREADED)
# Excel itself takes 31 characters.
_NAME = 255
_VISIBILITY = {"hidden": "hidden", "veryHidden": "very_hidden"}


@dataclass(frozen=True, slots=True)
class Related:
    """What a part points at: `kind` is the last word of the type."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    visibility: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """The workbook's own part."""

    sheets: tuple[Listed, ...]
    since_1904: bool
    related: dict[str, Related]
    macros: bool

    def part(self, kind: str, otherwise: str) -> str:
        """Where its texts, its styles or its theme stand."""
        return next((one.target for one in self.related.values() if one.kind == kind), otherwise)


def main_part(archive: Archive, limits: Limits) -> str:
    """The part that holds the list of sheets."""
    root = related(archive, "", limits)
    return next((one.target for one in root.values() if one.kind == "officeDocument"), "xl/workbook.xml")


def related(archive: Archive, part: str, limits: Limits) -> dict[str, Related]:
    """Everything that a part points at, by id."""
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Related] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _RELATIONSHIP:
            outside = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Related(kind, target, outside)

    if where in archive:
        for _ in xml.passing(archive.chunks(where), where, start):
            if len(found) > limits.kinds:
                raise FileRefused("workbook_damaged", part=where)
    return found


def workbook(archive: Archive, part: str, limits: Limits) -> Workbook:
    """The sheets in their order. Charts and sheets of macros on tabs of their own hold no table."""
    points_at = related(archive, part, limits)
    sheets: list[Listed] = []
    since_1904, is_one = [False], [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        what = _WORKBOOK.get(name)
        if what == "workbookPr":
            since_1904[0] = is_on(attributes.get("date1904"))
        elif what == "workbook":
            is_one[0] = True
        elif what == "sheet":
            to = points_at.get(relation(attributes))
            if to and to.kind == "worksheet" and to.target in archive:
                visibility = _VISIBILITY.get(attributes.get("state", ""), "shown")
                sheets.append(Listed(attributes.get("name", "")[:_NAME], visibility, to.target))

    for _ in xml.passing(archive.chunks(part), part, start):
        if len(sheets) > limits.sheets:
            raise FileRefused("workbook_sheets", limit=limits.sheets)
    if not is_one[0]:
        raise FileRefused("zip_without_workbook")
    if not sheets:
        raise FileRefused("workbook_without_sheet")
    macros = any(one.kind in ("vbaProject", "xlMacrosheet") for one in points_at.values())
    return Workbook(tuple(sheets), since_1904[0], points_at, macros)


def comments(archive: Archive, points_at: dict[str, Related], limits: Limits) -> dict[str, str]:
    """What is said of each place. A conversation replaces the note that stands in for it in older programs."""
    said: dict[str, str] = {}
    for kind, read in (("comments", _notes), ("threadedComment", _conversations)):
        for one in points_at.values():
            if one.kind == kind and one.target in archive:
                gathered = _Gathered(limits)
                read(archive, one.target, gathered)
                said |= {place: "\n".join(texts) for place, texts in gathered.texts.items()}
    return said


class _Gathered:
    """Comments by place, as many as may be."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.texts: dict[str, list[str]] = {}
        self._count = self._length = 0

    def keep(self, place: str, text: str) -> None:
        self._count += 1
        self._length += len(text)
        if self._count > self.limits.marks or self._length > self.limits.text_bytes:
            raise FileRefused("workbook_too_many_marks", limit=self.limits.marks)
        self.texts.setdefault(place, []).append(text.strip())


def _notes(archive: Archive, part: str, gathered: _Gathered) -> None:
    words, pieces, of = Words(gathered.limits.characters_per_cell), [""], [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        what = _COMMENTS.get(name, "")
        if what == "comment":
            words.begin()
            of[0] = attributes.get("ref", "")
        elif what:
            pieces.clear()
            words.start(what, attributes)

    def end(name: str) -> None:
        what = _COMMENTS.get(name, "")
        if what == "comment":
            gathered.keep(of[0], words.text)
        elif what:
            words.end(what, "".join(pieces))

    _heard(archive, part, start, end, pieces, gathered.limits)


def _conversations(archive: Archive, part: str, gathered: _Gathered) -> None:
    pieces, of = [""], [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        pieces.clear()
        if _THREADED.get(name) == "threadedComment":
            of[0] = attributes.get("ref", "")

    def end(name: str) -> None:
        if _THREADED.get(name) == "text":
            gathered.keep(of[0], "".join(pieces))

    _heard(archive, part, start, end, pieces, gathered.limits)


def _heard(archive: Archive, part: str, start: xml.Start, end: xml.End, pieces: list[str], limits: Limits) -> None:
    for _ in xml.passing(archive.chunks(part), part, start, end, pieces.append):
        if sum(map(len, pieces)) > limits.characters_per_cell:
            raise FileRefused("workbook_cell_too_long", limit=limits.characters_per_cell)
