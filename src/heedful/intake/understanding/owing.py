"""Who does it and by when, as people write it in one cell or two: "KM, end March", "Oyin / 24.3.24", "all staff"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from heedful.intake.sheets.grid import Value
from heedful.intake.understanding.datewords import MONTHS, form, month_end
from heedful.intake.understanding.text import flat, fold

_SOON = frozenset({"asap", "a.s.a.p.", "a.s.a.p", "urgent", "urgently", "immediately", "straight away", "now"})
_ALWAYS = frozenset({"ongoing", "on going", "on-going", "continuous", "rolling", "continuing"})
_EVENT = re.compile(
    r"^(?:by |at |after |before |until |till )?(?:the )?next\b|\b(?:mtg|meeting|handover|supervision|review|visit)s?$"
)
_END = re.compile(r"^(?:by )?(?:the )?end (?:of )?([a-z]+)\.?(?: '?(\d{4}|\d{2}))?$")
_CUT = re.compile(r"\s*[/,;–-]\s*|\s+(?:by|-)\s+|\s+(?=end )")
_EVERYBODY = re.compile(r"\b(?:all|everyone|everybody|team|staff|managers|nurses|seniors|any ?one|tbc|tba)\b")
_TOGETHER = re.compile(r"\s*(?:&|\+|/|,|\band\b)\s*")
_FULL = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")


@dataclass(frozen=True, slots=True)
class Due:
    """By when: `day`, `month_end`, `asap`, `ongoing`, `event`, or empty. `reason`: why it has to be asked."""

    on: date | None = None
    precision: str = ""
    reason: str = ""
    # The year was not written; it follows from the day on which the action was raised.
    year_taken: bool = False


def due(value: Value, raised: date | None, *, day_first: bool) -> Due | None:
    """None for what is no such thing, a name for instance."""
    text = fold(value) if isinstance(value, str) else ""
    if text in _SOON or text in _ALWAYS:
        return Due(precision="asap" if text in _SOON else "ongoing")
    if ended := _END.match(text):
        return _at_end(ended[1], ended[2], raised)
    found = form(value)
    if found.shape == "impossible":
        return Due(precision="day", reason="due_impossible")
    if found.shape == "month":
        return Due(month_end(found.parts.year, found.parts.month), "month_end")
    if found.shape == "day" and not found.tail:
        parts = found.parts
        both = found.numeric and not found.stored and max(parts.day, parts.month) <= 12 and parts.day != parts.month
        on = parts.on(raised.year if raised else 0) or found.exchanged().on()
        if on is None:
            return Due(precision="day", reason="due_impossible" if parts.year else "year_unknown")
        return Due(on, "day", "" if day_first or not both else "due_ambiguous", year_taken=not parts.year)
    return Due(precision="event") if text and _EVENT.search(text) else None


def _at_end(month: str, year: str | None, raised: date | None) -> Due | None:
    """Without a year, the first such month from the day on which it was raised."""
    number = MONTHS.get(month)
    if number is None:
        return Due(precision="event") if month in ("month", "week", "shift", "year") else None
    if year:
        return Due(month_end(int(year) if len(year) == 4 else 2000 + int(year), number), "month_end")
    if raised is None:
        return Due(precision="month_end", reason="year_unknown")
    return Due(month_end(raised.year + (number < raised.month), number), "month_end", year_taken=True)


def split(text: str, raised: date | None, *, day_first: bool) -> tuple[str, Due]:
    """Owner and date out of one cell."""
    whole = due(text, raised, day_first=day_first)
    if whole and whole.precision != "event":
        return "", whole
    for cut in _CUT.finditer(text):
        found = due(text[cut.end() :].strip(), raised, day_first=day_first)
        if found:
            return flat(text[: cut.start()]), found
    return ("", whole) if whole else (flat(text), Due())


class Names:
    """Full names that stand in the workbook: initials and first names mean the only one that fits."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({flat(name) for name in names if _FULL.fullmatch(flat(name))})

    def owners(self, text: str) -> tuple[str, ...]:
        """Everyone whom a cell names, each as fully as can be said: as written where several or none fit."""
        return tuple(self._named(part) for part in _parts(text))

    def is_in_doubt(self, text: str) -> bool:
        """A first name or initials that several people have."""
        return any(len(self._fitting(part)) > 1 for part in _parts(text))

    def _named(self, text: str) -> str:
        fits = self._fitting(text)
        return fits[0] if len(fits) == 1 else text

    def _fitting(self, text: str) -> list[str]:
        wanted = fold(text)
        same = [name for name in self._names if fold(name) == wanted]
        return same or [name for name in self._names if wanted in _short(name)]


def _parts(text: str) -> list[str]:
    return [part for part in _TOGETHER.split(flat(text)) if part]


def _short(name: str) -> tuple[str, str]:
    """The first name and the initials."""
    words = fold(name).split()
    return words[0], "".join(word[0] for word in words)


def is_nobody(owner: str) -> bool:
    """Everybody is nobody: an action needs one name."""
    return bool(_EVERYBODY.search(fold(owner)))
