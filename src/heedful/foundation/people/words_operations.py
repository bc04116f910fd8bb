"""Adding and retiring an organisation's own words. A word is never changed: old records were read with it."""

import re
import unicodedata
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people import words
from heedful.foundation.people.operations import Refused
from heedful.foundation.people.terms import TaxonomyTerm
from heedful.foundation.policies.taxonomies import taxonomy


def add_word(*, taxonomy_name: str, label: str, maps_to: str, day: date, by: Actor, at: datetime) -> TaxonomyTerm:
    """From this day the organisation calls a core term by its own word."""
    said = " ".join(label.split())
    _refuse_unfit(taxonomy_name, said, maps_to)
    with history.entry():
        term = TaxonomyTerm.objects.create(
            organisation_id=by.organisation_id,
            taxonomy=taxonomy_name,
            slug=_own_slug(taxonomy_name, said),
            label=said,
            maps_to=maps_to,
            valid_from=day,
        )
        _written("word.added", term, by, at)
    return term


def retire_word(*, term_id: UUID, last_day: date, by: Actor, at: datetime) -> TaxonomyTerm:
    """After this day the word is no longer chosen; records from before still read with it."""
    term = TaxonomyTerm.objects.select_for_update(no_key=True).get(pk=term_id)
    if term.valid_to is not None:
        raise Refused(_("This word is retired already."))
    if last_day < term.valid_from:
        raise Refused(_("It cannot end before the day it began."))
    with history.entry():
        term.valid_to = last_day
        term.save(update_fields=["valid_to"])
        _written("word.retired", term, by, at)
    return term


def _refuse_unfit(name: str, label: str, maps_to: str) -> None:
    if name not in words.OPEN or maps_to not in taxonomy(name):
        raise Refused(_("Choose one of Heedful's terms."))
    if not any(character.isalnum() for character in label):
        raise Refused(_("Write a word."))
    folded = label.casefold()
    core = {_(term.label).casefold(): term.slug for term in taxonomy(name)}
    if folded in core:
        same = core[folded] == maps_to
        raise Refused(
            _("Heedful says so already.") if same else _("Heedful uses this word for something else in this list.")
        )
    if any(word.label.casefold() == folded and word.valid_to is None for word in words.own_words(name)):
        raise Refused(_("This is one of your words already. Retire it before you give it another meaning."))


def _own_slug(name: str, label: str) -> str:
    """`own-` keeps it apart from every core code, for those have no hyphen."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = f"own-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-') or 'word'}"[:50]
    taken = {word.slug for word in words.own_words(name)}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _written(kind: str, term: TaxonomyTerm, by: Actor, at: datetime) -> None:
    payload = {
        "taxonomy": term.taxonomy,
        "slug": term.slug,
        "label": term.label,
        "maps_to": term.maps_to,
        "from": term.valid_from,
        "to": term.valid_to,
    }
    write(kind=kind, by=by, at=at, subject_type="word", subject_id=term.pk, payload=payload)
    words.forget_held()
