"""Which services a workbook is about, when nobody has said: from its lists, columns, sheets' names and titles."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from heedful.intake.understanding.glossary import Glossary
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.servicewords import Services, is_dated, parts
from heedful.intake.understanding.text import at, flat, fold, said, tokens

_CUT = re.compile(r"\s+[-–—|:]\s+|\s*[–—]\s*")
# Below these a spelling is a stray, not a service.
LEAST, LEAST_SHARE = 3, 0.08


def spellings(sheets: Sequence[Held], layouts: Sequence[Layout]) -> Counter[str]:
    """How often each text stands in a service column of the events."""
    found: Counter[str] = Counter()
    for sheet, layout in zip(sheets, layouts, strict=True):
        place = layout.place("service") if layout.role == "events" else 0
        if place:
            found.update(
                text for row in sheet.rows() if row.number > layout.header_last and (text := said(at(row, place)))
            )
    return found


def found_in(sheets: Sequence[Held], layouts: Sequence[Layout], glossary: Glossary) -> tuple[str, ...]:
    counted = spellings(sheets, layouts)
    if glossary.services and counted:
        return glossary.services
    named = _from_spellings(counted)
    elsewhere = _elsewhere(sheets, layouts)
    for layout in layouts:
        if layout.role == "events" and not layout.place("service") and not layout.copy_of:
            named = [*named, _fullest(layout, elsewhere)] if _is_name(layout.sheet) else named
    return tuple(dict.fromkeys(_plain(name) for name in named))


def _from_spellings(counted: Counter[str]) -> list[str]:
    """The commonest spellings first; what can be another spelling of one of them is no service of its own."""
    least = max(LEAST, LEAST_SHARE * max(counted.values(), default=0))
    named: list[str] = []
    for text, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if count < least or is_dated(text) or len(fold(text)) < 4 or "(" in text:
            continue
        if not Services(named).match(text).names:
            named.append(text)
    return named


def _is_name(text: str) -> bool:
    """A sheet's name that can be a service: not a year, a month or “Sheet1”."""
    folded = fold(text)
    return bool(re.search(r"[a-z]{3}", folded)) and not re.fullmatch(
        r"(19|20)\d\d.*|sheet ?\d*|log|incidents?|accidents?|data|.*(complaint|compliment|"
        r"safeguard|incident|accident).*",
        folded,
    )


def _elsewhere(sheets: Sequence[Held], layouts: Sequence[Layout]) -> set[str]:
    """Names in the service columns of other sheets: actions, exposures."""
    found: set[str] = set()
    for sheet, layout in zip(sheets, layouts, strict=True):
        place = layout.place("service") if layout.role in ("actions", "exposures") else 0
        if place:
            found |= {said(at(row, place)) for row in sheet.sample if row.number > layout.header_last}
    return found - {""}


def _fullest(layout: Layout, elsewhere: set[str]) -> str:
    """The longest proper spelling of a sheet's name: its own, its title's, or one from another sheet."""
    known = Services([layout.sheet])
    head = _CUT.split(flat(layout.title))[0]
    offered = [flat(layout.sheet), *(text for text in (head, *sorted(elsewhere)) if text and known.match(text).name)]
    proper = [text for text in offered if not text.isupper() and parts(text) == _as_written(text)]
    return max(proper or offered[:1], key=lambda text: (len(tokens(text)), len(text)))


def _as_written(text: str) -> tuple[str, ...]:
    return tokens(text.replace("&", " and ").replace("@", " at "))


def _plain(name: str) -> str:
    return re.sub(r"^St\.\s", "St ", flat(name).replace("’", "'").replace("‘", "'"))


def aliases(counted: Mapping[str, int], services: Services) -> dict[str, list[str]]:
    """Each service with the spellings that were taken for it, for the map."""
    found: dict[str, list[str]] = {name: [] for name in services.names}
    for text in counted:
        match = services.match(text)
        if match.name and flat(text) != match.name:
            found[match.name].append(text)
    return {name: sorted(set(texts)) for name, texts in found.items()}
