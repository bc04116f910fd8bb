"""Which colleague may be meant by a typed name. Pure; a person always confirms."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz, process

LIKELY = 70
MOST = 4
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "nurse", "sister", "carer"})


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, or is supported here, as far as a name goes."""

    id: UUID
    name: str
    known_as: str = ""
    job_title: str = ""

    @property
    def label(self) -> str:
        """The name with the job, as two people may share the name."""
        return f"{self.name}, {self.job_title}" if self.job_title else self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, what people call them, and what people call them with the family name."""
        family = self.name.split()[-1] if self.name.split() else ""
        both = (self.name, self.known_as, f"{self.known_as} {family}" if self.known_as else "")
        return tuple(dict.fromkeys(plain(one) for one in both if one))


def plain(name: str) -> str:
    """Lower case, without accents, titles and punctuation: "Mrs. Tamsyn O'Dell" is "tamsyn odell"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " if c in " -\n\t" else "" for c in decomposed)
    return " ".join(word for word in letters.split() if word not in _TITLES)


def suggestions(name: str, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """The colleagues who may be meant, likeliest first; empty when none is near."""
    typed = plain(name)
    if not typed:
        return []
    scored = [(max(_likeness(typed, spelling) for spelling in one.spellings), one) for one in colleagues if one.name]
    near = [(score, one) for score, one in scored if score >= LIKELY]
    near.sort(key=lambda pair: (-pair[0], pair[1].name, str(pair[1].id)))
    return [one for _, one in near[:MOST]]


def the_one(name: str, colleagues: Iterable[Colleague]) -> Colleague | None:
    """The colleague whose name was typed exactly, when there is just one of that name."""
    typed = plain(name)
    same = [one for one in colleagues if typed and typed in one.spellings]
    return same[0] if len(same) == 1 else None


def _likeness(typed: str, spelling: str) -> float:
    """The whole name in any order, or each typed word against its nearest: "Dawit" finds Dawit Bekele."""
    whole = fuzz.token_sort_ratio(typed, spelling)
    words = [process.extractOne(word, spelling.split(), scorer=fuzz.ratio) for word in typed.split()]
    each = min((found[1] for found in words if found), default=0.0)
    return max(whole, each)
