"""Which kinds of event a row names: by its ticks, its code, its words, and where those are weak by its account."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.accounts import account_kinds
from heedful.intake.understanding.glossary import Glossary
from heedful.intake.understanding.kindwords import Words, kind_words
from heedful.intake.understanding.marks import is_tick, yes_no
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.text import at, fold, is_blank, said

_NEAR_MISS = re.compile(r"\bnear[- ]?miss(es)?\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Kinds that were found, or why not; `text` is what stands in the column."""

    kinds: tuple[str, ...] = ()
    problem: str = ""
    text: str = ""


class Kinding:
    """Reads the kinds of the rows of one sheet."""

    def __init__(self, layout: Layout, glossary: Glossary, record_type: str) -> None:
        self._place, self._glossary, self._record_type = layout.place("kind"), glossary, record_type
        marked = layout.places("kind:")
        self._ticks = [(c.place, c.meaning[5:]) for c in marked if any(r.code == "cells_are_ticks" for r in c.reasons)]
        self._flags = [(c.place, c.meaning[5:]) for c in marked if (c.place, c.meaning[5:]) not in self._ticks]
        self._words: dict[str, Words] = {}

    def kinds(self, row: Row, account: str, shift: int = 0) -> Named:
        flagged = [kind for place, kind in self._flags if yes_no(said(at(row, place + shift))) == "yes"]
        named = self._ticked(row, shift) if self._ticks else self._written(row, account, shift)
        if not flagged:
            return named
        own = [kind for kind in named.kinds if kind != "other"]
        # A flag adds a kind to those that the row names; by itself it does not say what happened.
        return Named(tuple(dict.fromkeys([*own, *flagged])), named.problem, named.text)

    def _ticked(self, row: Row, shift: int) -> Named:
        ticked = [kind for place, kind in self._ticks if is_tick(said(at(row, place + shift)))]
        odd = any(
            not is_blank(at(row, p + shift)) and not is_tick(said(at(row, p + shift))) for p, _kind in self._ticks
        )
        kinds = tuple(dict.fromkeys(ticked))
        return Named(kinds, "" if kinds and not odd else "kind_missing" if not odd else "kind_unclear")

    def _written(self, row: Row, account: str, shift: int) -> Named:
        if not self._place:
            return self._told(account)
        text = said(at(row, self._place + shift))
        if not text:
            return Named(account_kinds(account)[:1], "kind_missing")
        if _NEAR_MISS.search(fold(text)):
            text = _NEAR_MISS.sub(" ", fold(text)).strip(" -:/")
            if not text:
                return self._told(account)
        words = self._read(text)
        if words.kinds and words.sure:
            return Named(words.kinds[:2], "", text)
        if words.kinds:
            return self._settled_by(words.kinds, account, text)
        return Named((), "kind_unknown_code", text)

    def _read(self, text: str) -> Words:
        """What the file explains comes before what the words usually mean."""
        known = self._words.get(text)
        if known is None:
            explained = self._glossary.kinds(text)
            known = self._words[text] = Words(explained) if explained else kind_words(text)
        return known

    def _settled_by(self, kinds: Sequence[str], account: str, text: str) -> Named:
        told = account_kinds(account)
        agreed = [kind for kind in kinds if kind in told]
        if len(agreed) == 1:
            return Named((agreed[0],), "", text)
        if "other" in kinds:
            return Named(("other",), "", text)
        return Named(tuple(kinds[:1]), "kind_unclear", text)

    def _told(self, account: str) -> Named:
        """No column says the kind: the account does where it tells of one; a concern or complaint may be another."""
        told = account_kinds(account)
        if self._record_type == "compliment":
            return Named(("other",))
        if len(told) == 1:
            return Named(told)
        return Named(("other",)) if self._record_type != "incident" else Named(told[:1], "kind_missing")


def is_near_miss(text: str) -> bool:
    return bool(_NEAR_MISS.search(fold(text)))


def record_type(layout: Layout) -> str:
    """What the sheet's name, or else its title, says that it lists."""
    for text in (fold(layout.sheet), fold(layout.title)):
        found = [code for word, code in _TYPES if word in text]
        if len(found) == 1:
            return found[0]
    return "incident"


_TYPES = (("compliment", "compliment"), ("complaint", "complaint"), ("safeguard", "safeguarding_concern"))
