"""One cell at a time: words made clean without changing what they say, and what no field can hold."""

import unicodedata
from collections.abc import Sequence

from heedful.intake.mapping import Text
from heedful.intake.problems import Problem, shown

# The longest text a field holds; `words` is far above any real account and far below what fills a memory.
LONGEST = {
    "record": 80,
    "service": 120,
    "words": 100_000,
    "place": 120,
    "made_safe": 20_000,
    "title": 20_000,
    "keep": 2_000,
}
_LINE_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """One form of each letter (NFC), one kind of line break, no blanks around."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_LINE_BREAKS)).strip()


def faults(field: str, column: str, text: str) -> list[Problem]:
    """Why a clean text cannot be taken; short marks that change the reading order are only flagged in words."""
    longest = LONGEST.get(field, 200)
    if len(text) <= longest and text.isprintable():
        return []
    if len(text) > longest:
        facts = (("length", len(text)), ("longest", longest))
        return [Problem("too_long", field, column, shown(text), facts)]
    for character in text:
        if character in "\n\t" or character.isprintable():
            continue
        if character == "\0":
            return [Problem("nul", field, column, shown(text))]
        if unicodedata.category(character) == "Cc":
            return [
                Problem("control_character", field, column, shown(text), (("character", f"U+{ord(character):04X}"),))
            ]
    if _BIDI.isdisjoint(text):
        return []
    return [Problem("direction_marks", field, column, shown(text), rejects=field in ("record", "service"))]


class Cells:
    """The cells of one row by column name, cleaned, with the map's own words for “blank” taken as blank."""

    def __init__(self, header: Sequence[str], blank: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(header)}
        self._blank = frozenset(word.casefold() for word in blank)
        self._row: Sequence[str] = ()

    def turn_to(self, row: Sequence[str]) -> None:
        # Almost every cell is plain: the shortcut of `clean` is written out, for it is met many times a row.
        self._row = [cell.strip() if cell.isascii() and cell.isprintable() else clean(cell) for cell in row]
        if self._blank:
            self._row = ["" if cell.casefold() in self._blank else cell for cell in self._row]

    def get(self, column: str) -> str:
        return self._row[self._place[column]]

    def text(self, spec: Text) -> str:
        """The words that a text field puts together; what stands before is left out when there is nothing to say."""
        if spec.column:
            text = self.get(spec.column)
            return spec.before + text if text else spec.when_blank
        parts = [part for name in spec.columns if (part := self.get(name))]
        return spec.before + spec.join.join(parts) if parts else spec.when_blank

    def line(self, spec: Text | None) -> str:
        """A text field as one short line, for a service's name and the like."""
        return " ".join(self.text(spec).split())[: LONGEST["service"]] if spec else ""
