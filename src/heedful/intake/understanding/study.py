"""A first look over the whole workbook: every sheet's layout, what the file explains, the services, old copies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from heedful.intake.sheets.grid import Book
from heedful.intake.understanding import servicefinding
from heedful.intake.understanding.bookmap import BookMap, heading
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.glossary import Glossary, gathered
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.layouts import layout
from heedful.intake.understanding.model import Layout, Reason
from heedful.intake.understanding.servicewords import Services
from heedful.intake.understanding.text import at, fold, said

NEARLY_ALL = 0.8


@dataclass(slots=True)
class Study:
    """What the rows are read with."""

    sheets: list[Held]
    layouts: list[Layout]
    glossary: Glossary
    services: Services
    spellings: Counter[str]


def studied(book: Book, book_map: BookMap, known: Sequence[str] = ()) -> Study:
    """`known`: the organisation's services. Without them the map's, and without those the file's own."""
    sheets = [Held(sheet) for sheet in book.sheets]
    layouts = _copies_marked(sheets, [_mapped(layout(sheet), book_map) for sheet in sheets])
    glossary = gathered(sheets, layouts)
    names = tuple(known) or tuple(book_map.services) or servicefinding.found_in(sheets, layouts, glossary)
    services = Services(names, book_map.aliases() | _explained(names, glossary))
    return Study(sheets, layouts, glossary, services, servicefinding.spellings(sheets, layouts))


def _mapped(found: Layout, book_map: BookMap) -> Layout:
    """What somebody corrected in the map stands over what was understood."""
    table = book_map.table_for(found) if found.columns else None
    if table is None:
        return found
    corrected = {fold(name): meaning for name, meaning in table.columns.items()}
    columns = []
    for index, column in enumerate(found.columns):
        meaning = corrected.get(fold(heading(found, index)), column.meaning)
        by_map = replace(column, meaning=meaning, confidence=1.0, reasons=(Reason("map_says"),))
        columns.append(column if meaning == column.meaning else by_map)
    return replace(found, role=table.role, columns=tuple(columns))


def _explained(names: Sequence[str], glossary: Glossary) -> dict[str, str]:
    """Abbreviations that the file explains and that then name one service."""
    plain = Services(names)
    found = {code: plain.match(words) for code, words in glossary.words.items()}
    return {code: match.name for code, match in found.items() if match.name and match.how in ("same", "words")}


def _copies_marked(sheets: Sequence[Held], layouts: Sequence[Layout]) -> list[Layout]:
    """A sheet of events nearly all of whose rows stand in another sheet is a copy of it."""
    if len(sheets) < 2:
        return list(layouts)
    marks = [_fingerprints(sheet, found) for sheet, found in zip(sheets, layouts, strict=True)]
    marked = list(layouts)
    for place, mine in enumerate(marks):
        for other, theirs in enumerate(marks):
            smaller = len(mine) < len(theirs) or (len(mine) == len(theirs) and place > other)
            if len(mine) >= 3 and smaller and len(mine & theirs) >= NEARLY_ALL * len(mine):
                marked[place] = replace(layouts[place], copy_of=layouts[other].sheet)
    return marked


def _fingerprints(sheet: Held, found: Layout) -> set[int]:
    place = found.place("narrative")
    when = found.place("date") or found.place("date+time")
    if found.role != "events" or not place:
        return set()
    return {
        hash((fold(text), form(at(row, when).value).parts))
        for row in sheet.rows()
        if row.number > found.header_last and len(text := said(at(row, place))) >= 20
    }
