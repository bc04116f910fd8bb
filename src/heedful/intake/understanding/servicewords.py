"""Which service a spelling means: the same name, an abbreviation or a slip; never one of two without asking."""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.text import flat, fold, tokens

_LONG = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ct": "court",
    "crt": "court",
    "hse": "house",
    "ho": "house",
    "ave": "avenue",
    "ln": "lane",
    "cl": "close",
    "gdns": "gardens",
    "gdn": "gardens",
    "yd": "yard",
    "sq": "square",
    "mnr": "manor",
    "ctg": "cottage",
    "pk": "park",
    "tce": "terrace",
    "terr": "terrace",
    "&": "and",
    "@": "at",
    "dr": "drive",
    "lo": "lodge",
    "ldg": "lodge",
    "vw": "view",
}
_SMALL = frozenset({"the", "and", "of", "at", "a", "in", "to"})
# What is said about a service and is no part of its name.
_ABOUT = frozenset(
    {"branch", "office", "team", "home", "service", "house", "care", "ltd", "site", "unit", "scheme", "residential"}
)
_AT_HOME = re.compile(r"^(home ?care|dom(iciliary|\.)? ?care|domcare|care at home|community care)$")
_ALIKE = 0.84


class Match(NamedTuple):
    """`names`: the services it can mean. One and `sure`: taken. More, or not sure: asked."""

    names: tuple[str, ...] = ()
    how: str = "none"

    @property
    def name(self) -> str:
        return self.names[0] if len(self.names) == 1 else ""


NO_MATCH = Match()


@lru_cache(maxsize=16_384)
def parts(text: str) -> tuple[str, ...]:
    """The words of a name, abbreviations written out. “St” before a name is a saint, after it a street."""
    words = tokens(text.replace("&", " & ").replace("@", " @ "))
    return tuple(
        _LONG.get(word, word) if not (word == "st" and place == 0) else word for place, word in enumerate(words)
    )


def _kernel(text: str) -> tuple[str, ...]:
    """The words of a name without the small ones and those that only say what it is."""
    words = [word for word in parts(text) if word not in _SMALL]
    own = tuple(word for word in words if word not in _ABOUT)
    return own or tuple(words)


@lru_cache(maxsize=16_384)
def is_dated(text: str) -> bool:
    """A name that a spreadsheet turned into a date: “1-3” became “01-Mar”."""
    return form(text).shape in ("day", "month", "range") and not re.search(r"[a-z]{4}", fold(text))


class Services:
    """The services that are known, with the spellings that somebody has explained."""

    def __init__(self, names: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        self.names = tuple(dict.fromkeys(flat(name) for name in names if flat(name)))
        self._same = {self._squeezed(name): name for name in self.names}
        self._same |= {self._squeezed(text): name for text, name in (aliases or {}).items()}
        self._found: dict[str, Match] = {}

    @staticmethod
    def _squeezed(text: str) -> str:
        return "".join(word for word in parts(text) if word != "the")

    def match(self, text: str) -> Match:
        """Try the surest way first; the first that finds anything decides, and two at once are asked."""
        if text not in self._found:
            self._found[text] = self._match(text)
        return self._found[text]

    def _match(self, text: str) -> Match:
        plain = fold(text)
        if not plain:
            return NO_MATCH
        exact = self._same.get(self._squeezed(text))
        if exact:
            return Match((exact,), "same")
        if is_dated(text):
            return Match((), "became_a_date")
        outside = re.sub(r"\(.*?\)", " ", plain).strip()
        if outside and outside != plain:
            return self._match(outside)
        for how, find in _WAYS:
            names = tuple(name for name in self.names if find(plain, name))
            if names:
                return Match(names, how)
        return NO_MATCH

    def mentioned(self, text: str) -> str:
        """The service that a text names in brackets at its end: “(Rose Court)”."""
        found = re.search(r"\(([^()]{3,40})\)\s*$", text)
        return self.match(found[1]).name if found and self.match(found[1]).how in ("same", "words") else ""


def _some_words(text: str, name: str) -> bool:
    """The same words in any order, or a part that has a word of its own: “Hexley” for “Hexley & Dunmarsh”."""
    mine, theirs = set(_kernel(text)), set(_kernel(name))
    shared = {
        word for word in mine if any(other == word or (len(word) >= 4 and other.startswith(word)) for other in theirs)
    }
    wordy = any(len(word) >= 3 and not word.isdigit() for word in shared)
    return wordy and mine == shared


def _initials(text: str, name: str) -> bool:
    """The first letters of the name's words, or of some that follow each other: “H&D”, “LI”, “OR14”."""
    letters = re.sub(r"[^a-z0-9]", "", text)
    if not 2 <= len(letters) <= 6:
        return False
    words = [word for word in parts(name) if word not in _SMALL]
    for kept in (words, list(parts(name)), [*sorted(words, key=str.isdigit)]):
        joined = "".join(word if word.isdigit() else word[0] for word in kept)
        if letters == joined or (len(letters) > 1 and letters in joined and len(letters) >= 2 and len(joined) <= 6):
            return True
    return False


def _first_letters(text: str, name: str) -> bool:
    """A short form of a word made of two: “CW” for Castlewick. With vowels it is another word."""
    letters = re.sub(r"[^a-z]", "", text)
    if not re.fullmatch(r"[a-z][bcdfghjklmnpqrstvwxz]{1,2}", letters) or len(tokens(text)) != 1:
        return False
    word = next(iter(_kernel(name)), "")
    rest = iter(word[3:])
    return word[:1] == letters[0] and all(letter in rest for letter in letters[1:])


def _mixed(text: str, name: str) -> bool:
    """Some words and initials for the others: “Nights & LI”."""
    words = [word for word in parts(name) if word not in _SMALL]
    left = list(words)
    for word in (word for word in parts(text) if word not in _SMALL):
        if word in left:
            left.remove(word)
        elif len(word) >= 2 and word in "".join(other[0] for other in left):
            left = [other for other in left if other[0] not in word]
        else:
            return False
    return len(left) < len(words) and any(len(word) > 3 for word in set(words) - set(left))


def _alike(text: str, name: str) -> bool:
    one, other = "".join(_kernel(text)), "".join(_kernel(name))
    return len(one) >= 4 and difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _known_as(text: str, name: str) -> bool:
    """“Home care” and “dom care” are care in people's own homes."""
    return bool(_AT_HOME.match(text)) and bool(re.search(r"\b(at home|home ?care|domiciliary)\b", fold(name)))


_WAYS = (
    ("words", _some_words),
    ("initials", _initials),
    ("initials", _first_letters),
    ("initials", _mixed),
    ("alike", _alike),
    ("known_as", _known_as),
)
