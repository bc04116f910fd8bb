"""Texts of an Excel workbook: plain or in runs of different looks, and the list of all that cells share."""

import re
from array import array

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets import xml
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.xlsx_names import is_on, names

_NAMES = names(["si", "r", "rPr", "strike", "t", "rPh"])
# A sign that XML may not hold stands as _x000D_, and an underscore before such a word as _x005F_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text as it was typed, its line ends as one sign."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class Words:
    """Gathers one text from its runs, and whether all of them are crossed out."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.begin()

    def begin(self) -> None:
        self._runs: list[tuple[str, bool | None]] = []
        self._struck: bool | None = None
        self._spoken = 0
        self._in_look = False
        self._length = 0

    def start(self, what: str, attributes: dict[str, str]) -> None:
        if what == "r":
            self._struck = None
        elif what == "rPr":
            self._in_look, self._struck = True, False
        elif what == "strike" and self._in_look:
            self._struck = is_on(attributes.get("val", "1"))
        elif what == "rPh":
            self._spoken += 1

    def end(self, what: str, text: str) -> None:
        if what == "rPr":
            self._in_look = False
        elif what == "rPh":
            self._spoken -= 1
        elif what == "t" and not self._spoken:
            self._length += len(text)
            if self._length > self._limit:
                raise FileRefused("workbook_cell_too_long", limit=self._limit)
            self._runs.append((text, self._struck))

    @property
    def text(self) -> str:
        return unescaped("".join(text for text, _ in self._runs))

    def struck(self, by_cell: bool) -> bool:
        """All that can be seen is crossed out; a run without a look of its own has that of its cell."""
        seen = [by_cell if struck is None else struck for text, struck in self._runs if text.strip()]
        return all(seen) if seen else by_cell


class Texts:
    """The shared texts, packed: a list of strings would take three times the memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._runs: dict[int, tuple[bool, bool]] = {}

    def add(self, words: Words) -> None:
        plain, in_struck_cell = words.struck(by_cell=False), words.struck(by_cell=True)
        if plain or not in_struck_cell:
            self._runs[len(self._ends) - 1] = plain, in_struck_cell
        self._bytes += words.text.encode()
        self._ends.append(len(self._bytes))

    @property
    def size(self) -> int:
        return len(self._bytes) + 8 * len(self._ends) + 200 * len(self._runs)

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()

    def struck(self, number: int, by_cell: bool) -> bool:
        """Whether this text is crossed out in a cell whose own look is crossed out or not."""
        return self._runs[number][by_cell] if number in self._runs else by_cell


def shared(archive: Archive, part: str, limits: Limits) -> Texts:
    """Read the list that cells point into; a workbook need not have one."""
    texts, words = Texts(), Words(limits.characters_per_cell)
    pieces: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        what = _NAMES.get(name, "")
        if what == "t":
            pieces.clear()
        elif what == "si":
            words.begin()
        elif what:
            words.start(what, attributes)

    def end(name: str) -> None:
        what = _NAMES.get(name, "")
        if what == "si":
            texts.add(words)
        elif what:
            words.end(what, "".join(pieces))

    if part in archive:
        for _ in xml.passing(archive.chunks(part), part, start, end, pieces.append):
            if texts.size > limits.text_bytes or sum(map(len, pieces)) > limits.characters_per_cell:
                raise FileRefused("workbook_too_much_text", megabytes=limits.text_bytes // 1_000_000)
    return texts
