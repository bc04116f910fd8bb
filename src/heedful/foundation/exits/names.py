"""Finding known names in a text, however they are written; and dates, ages, rooms and numbers that give somebody away.

Pure: the names come in, findings with their places go out. Nothing here decides; a person does.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PEOPLE = frozenset({"staff", "person", "relation", "account", "case"})
# Parts of names that stand in every text; only a name that is nothing else is looked for by them.
_PARTICLES = _set("mr mrs ms miss dr de del della da di van von der den la le el al bin ben st of the and")
# Names that are also words: in small letters they are probably the word, so they warn and do not block.
_ALSO_WORDS = _set(
    "will may rose mark grace hope joy faith april june august dawn bill sue pat rob art frank drew jack chase grant"
    " miles young long small white black brown green grey king day night church hill wood field cook baker page price"
    " read best good rich west north love bell cross gate lane ward hall hand head bird fox lamb dean guy don in an"
    " so he me my no on or to up us we is it as at be by do go if am can are was has had her his him she"
    " they them"
)
_ABBREVIATIONS = _set("AM PM GP TV UK OK IT ID NHS CQC OT PT MP PC DR MS MR AE HR PE CD DVD ICU")
_GENERIC = _set("house court lodge home homes care wing team service services street road close the room")
_WORD = re.compile(r"[^\W_]+")
_JOINERS = "-'’‘`´‐‑‒–."

_PATTERNS: tuple[tuple[str, bool, str], ...] = (
    ("email", True, r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
    ("phone", True, r"(?<!\d)(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?!\d)"),
    ("number", True, r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)"),
    ("postcode", True, r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    ("date", False, r"\b\d{1,2}(?:st|nd|rd|th)?[ /.-](?:\d{1,2}|[A-Za-z]{3,9})(?:[ /.-]\d{2,4})?\b(?=\D|$)"),
    ("date", False, r"\b(?:\d{4}-\d{2}-\d{2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|easter|ramadan)\b"),
    ("time", False, r"\b\d{1,2}(?::|\.)\d{2}\b|\b\d{1,2} ?(?:am|pm)\b"),
    ("age", False, r"\b(?:aged? |turned )\d{1,3}\b|\b\d{1,3}[ -]?(?:years?[ -]old|yrs?)\b|\bcentenarian\b"),
    ("room", False, r"\b(?:room|bed|flat|bay|apartment|bungalow) ?(?:no\.? ?)?\d+[a-z]?\b"),
    (
        "rare",
        False,
        r"\b(?:the|our|his|her) only \w+|\btwins?\b|\bfirst (?:man|woman|person) to\b|\bin the (?:news|paper)",
    ),
)
_COMPILED = tuple((kind, blocks, re.compile(pattern, re.IGNORECASE)) for kind, blocks, pattern in _PATTERNS)


@dataclass(frozen=True)
class Known:
    """A name that the system knows. Kinds: those of `PEOPLE`, and place, title (a job that only one person has)."""

    name: str
    kind: str


@dataclass(frozen=True, order=True)
class Finding:
    """Something in a text that may say who it is. What blocks has to be removed, or cleared with a reason."""

    start: int
    end: int
    kind: str
    blocking: bool
    text: str

    @property
    def key(self) -> str:
        """Names this finding within one text that never changes."""
        return f"{self.kind}:{self.start}-{self.end}"


@dataclass(frozen=True)
class _Word:
    folded: str
    start: int
    end: int


def findings(text: str, known: Iterable[Known]) -> list[Finding]:
    """Everything in the text that may say who is meant, in order; one for each place and kind."""
    words = _words(text)
    index, initials = _index(known)
    found = {*_by_name(text, words, index), *_by_initials(text, words, initials), *_by_pattern(text)}
    best: dict[tuple[int, int], Finding] = {}
    for one in sorted(found, key=lambda one: (one.blocking, one.kind)):
        best[one.start, one.end] = one
    return sorted(best.values())


def fold(text: str) -> str:
    """Small letters without accents, and without signs that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return "".join(folded for _, folded in _folded(text))


def _folded(text: str) -> Iterator[tuple[int, str]]:
    """(place in the text, folded letters) for each sign that is seen."""
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Mn", "Mc", "Cc") and sign not in "\n\r\t":
            continue
        plain = unicodedata.normalize("NFKD", sign.casefold())
        yield place, "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))


def _words(text: str) -> list[_Word]:
    places: list[int] = []
    letters: list[str] = []
    for place, folded in _folded(text):
        for letter in folded:
            places.append(place)
            letters.append(letter)
    joined = "".join(letters)
    return [
        _Word(match.group(), places[match.start()], places[match.end() - 1] + 1) for match in _WORD.finditer(joined)
    ]


def _index(known: Iterable[Known]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Kinds by each part of a name as one folded word, and by initials."""
    parts: dict[str, set[str]] = defaultdict(set)
    initials: dict[str, set[str]] = defaultdict(set)
    for one in known:
        pieces = ["".join(_WORD.findall(fold(part))) for part in one.name.split()]
        pieces = [piece for piece in pieces if piece]
        if one.kind not in PEOPLE:
            telling = [piece for piece in pieces if piece not in _GENERIC and len(piece) > 2]
            for piece in [*(telling if one.kind == "place" else []), "".join(pieces)]:
                parts[piece].add(one.kind)
            continue
        for piece in [piece for piece in pieces if len(piece) > 1 and piece not in _PARTICLES] or pieces:
            parts[piece].add(one.kind)
        parts["".join(pieces)].add(one.kind)
        if len(pieces) > 1:
            initials["".join(piece[0] for piece in pieces)].add(one.kind)
            initials[pieces[0][0] + pieces[-1][0]].add(one.kind)
    parts.pop("", None)
    return parts, initials


def _by_name(text: str, words: list[_Word], index: dict[str, set[str]]) -> Iterator[Finding]:
    for first in range(len(words)):
        joined = ""
        for last in range(first, min(first + 5, len(words))):
            if last > first and not _belongs(text[words[last - 1].end : words[last].start]):
                break
            joined += words[last].folded
            kinds = index.get(joined) or (index.get(joined[:-1]) if joined.endswith("s") else None) or set()
            for kind in kinds:
                yield _finding(text, words[first].start, words[last].end, kind)


def _belongs(between: str) -> bool:
    """Are two words halves of one: joined by a hyphen, an apostrophe, or one space?"""
    seen = [sign for sign in between if unicodedata.category(sign) not in ("Cf", "Mn", "Mc")]
    return len(seen) <= 3 and all(sign in _JOINERS or sign.isspace() for sign in seen)


def _by_initials(text: str, words: list[_Word], initials: dict[str, set[str]]) -> Iterator[Finding]:
    for place, word in enumerate(words):
        raw = text[word.start : word.end]
        if raw.isupper() and raw not in _ABBREVIATIONS:
            for kind in initials.get(word.folded, ()):
                yield _finding(text, word.start, word.end, kind)
        single = [one for one in words[place : place + 4] if len(one.folded) == 1]
        for count in range(2, len(single) + 1):
            run = words[place : place + count]
            if all(len(one.folded) == 1 for one in run) and text[run[0].start].isupper():
                for kind in initials.get("".join(one.folded for one in run), ()):
                    yield _finding(text, run[0].start, run[-1].end, kind)


def _by_pattern(text: str) -> Iterator[Finding]:
    for kind, blocking, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield Finding(match.start(), match.end(), kind, blocking, match.group())


def _finding(text: str, start: int, end: int, kind: str) -> Finding:
    raw = text[start:end]
    only_a_word = raw.islower() and (fold(raw) in _ALSO_WORDS or len(raw) < 3)
    return Finding(start, end, kind, kind in PEOPLE and not only_a_word, raw)
