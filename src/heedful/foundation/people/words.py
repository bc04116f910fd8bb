"""An organisation's own words in place of the core terms: the one function that every page, form and import asks.

Records hold core codes, so counting needs no translation; own words are only read and recognised.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db import connection

from heedful.foundation.access import tenant
from heedful.foundation.people.terms import TaxonomyTerm
from heedful.foundation.policies.taxonomies import Taxonomy, taxonomy

# Where own words may stand. Yes and no, levels, duties and measures keep the words of their policies.
OPEN = ("core_types", "event_kinds", "harm_to_body", "harm_to_mind", "parts", "informed")


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One own word; `valid_to` is the last day on which it was ours."""

    taxonomy: str
    slug: str
    label: str
    maps_to: str
    valid_from: date
    valid_to: date | None

    def is_ours_on(self, day: date | None) -> bool:
        return self.valid_to is None or (day is not None and self.valid_to >= day)


# The words of one organisation for as long as one transaction lasts: a page asks dozens of times, the database once.
_held: ContextVar[tuple[object, object, tuple[OwnWord, ...]] | None] = ContextVar("heedful_own_words", default=None)


def own_words(name: str) -> tuple[OwnWord, ...]:
    """Every own word of a taxonomy, retired ones too, in the order in which they were added."""
    return tuple(word for word in _all() if word.taxonomy == name)


def terms(name: str, on: date | None = None) -> Taxonomy:
    """A taxonomy in this organisation's words: today's, or those that were in use on the day of a record."""
    own = own_words(name) if name in OPEN else ()
    return taxonomy(name).in_words(in_use(own, on)) if own else taxonomy(name)


def label(name: str, slug: str, on: date | None = None) -> str:
    """What this organisation calls a code."""
    return terms(name, on).label(slug)


def in_use(own: Sequence[OwnWord], on: date | None) -> dict[str, str]:
    """The word for each core code: the last one added by that day; before the first, the first."""
    found: dict[str, str] = {}
    for word in sorted(own, key=lambda word: word.valid_from):
        began = on is None or word.valid_from <= on
        if word.is_ours_on(on) and (began or word.maps_to not in found):
            found[word.maps_to] = word.label
    return found


def meanings(name: str) -> Mapping[str, str]:
    """The core code of every own word, also of retired ones: old files use them. One with two meanings has none."""
    found: dict[str, set[str]] = {}
    for word in own_words(name):
        found.setdefault(word.label.casefold(), set()).add(word.maps_to)
    return {said: next(iter(codes)) for said, codes in found.items() if len(codes) == 1}


def forget_held() -> None:
    """After a change, within its own transaction."""
    _held.set(None)


def _all() -> tuple[OwnWord, ...]:
    organisation_id = tenant.current()
    outermost = connection.atomic_blocks[0] if connection.atomic_blocks else None
    held = _held.get()
    if held is not None and outermost is not None and held[0] is outermost and held[1] == organisation_id:
        return held[2]
    columns = ("taxonomy", "slug", "label", "maps_to", "valid_from", "valid_to")
    found = tuple(OwnWord(*row) for row in TaxonomyTerm.objects.order_by("valid_from", "id").values_list(*columns))
    _held.set((outermost, organisation_id, found))
    return found
