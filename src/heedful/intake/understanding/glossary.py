"""What the workbook explains itself: codes on lookup sheets, keys beside tables, notes on a front page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from heedful.intake.understanding.held import Held
from heedful.intake.understanding.kindwords import kind_words
from heedful.intake.understanding.layouts import key_rows
from heedful.intake.understanding.marks import harm
from heedful.intake.understanding.meanings import meanings
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.text import at, filled, fold, is_blank, said

_EXPLAINED = re.compile(r"^(\S{1,6}(?: \S{1,4})?)\s*[=:]\s*(\S.{1,60})$")
_INLINE = re.compile(r"\b([A-Za-z]{1,3}(?:/[A-Za-z]{1,3})?)\s*=\s*([^.;,=]{3,40})")
_COLOURS = re.compile(
    r"\b(green|yellow|amber|orange|red|grey|gray|blue|pink|"
    r"purple)\b[^=]{0,12}=\s*([^.;,(]{3,50})"
)
_STRUCK = re.compile(r"(?:cross\w* out|line through|struck\w*|strike\w*)[^=]{0,12}=\s*([^.;]{3,60})")
_ERROR = re.compile(r"error|mistake|wrong|void|do not count|ignore")


@dataclass(slots=True)
class Glossary:
    """Codes and marks with the words that explain them."""

    words: dict[str, str] = field(default_factory=dict)
    harms: dict[str, str] = field(default_factory=dict)
    # Codes of harm whose explanation names two levels or none.
    unclear_harms: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    struck: str = ""
    services: tuple[str, ...] = ()

    def kinds(self, text: str) -> tuple[str, ...]:
        """The kinds that an explained code stands for."""
        explained = self.words.get(fold(text).strip(" ."), "")
        words = kind_words(explained) if explained else None
        return words.kinds if words and words.sure else ()

    def says_struck_is_error(self) -> bool:
        return bool(_ERROR.search(self.struck))


def gathered(sheets: Sequence[Held], layouts: Sequence[Layout]) -> Glossary:
    found = Glossary()
    for sheet, layout in zip(sheets, layouts, strict=True):
        if layout.role == "lookup":
            _lists(sheet, layout, found)
        if layout.role == "notes":
            _notes((said(cell) for row in sheet.top for cell in row.cells if not is_blank(cell)), found)
        if layout.role == "events":
            _notes(key_rows(sheet, layout), found)
    return found


def _lists(sheet: Held, layout: Layout, found: Glossary) -> None:
    """Pairs of code and meaning side by side, and lists with a heading."""
    head = next(iter(sheet.top), None)
    if head is None:
        return
    names = {place: fold(said(at(head, place))) for place in filled(head)}
    for place, name in names.items():
        if names.get(place + 1, "").startswith(("meaning", "description", "means", "explanation")):
            _pairs(sheet, place, "harm" if "harm" in meanings(name) else "kind", found)
        elif "service" in meanings(name) and layout.header_first and not found.services:
            listed = [said(at(row, place)) for row in sheet.sample if row.number > head.number]
            found.services = tuple(dict.fromkeys(name for name in listed if name))


def _pairs(sheet: Held, place: int, what: str, found: Glossary) -> None:
    for row in sheet.sample[1:]:
        code, meaning = said(at(row, place)), said(at(row, place + 1))
        if not code or not meaning:
            continue
        if what == "kind":
            found.words.setdefault(fold(code), meaning)
        elif harm(meaning):
            found.harms[fold(code)] = harm(meaning)
        else:
            found.unclear_harms[fold(code)] = meaning


def _notes(lines: Iterable[str], found: Glossary) -> None:
    for line in lines:
        folded = fold(line)
        for colour, meaning in _COLOURS.findall(folded):
            found.colours.setdefault("grey" if colour == "gray" else colour, meaning.strip())
        struck = _STRUCK.search(folded)
        if struck and not found.struck:
            found.struck = struck[1].strip()
        single = _EXPLAINED.match(line)
        for code, meaning in [single.groups()] if single else _INLINE.findall(line):
            found.words.setdefault(fold(code), meaning.strip())
