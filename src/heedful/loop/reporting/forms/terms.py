"""Choices from taxonomies, in the organisation's own words, else translated."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from heedful.foundation.people import words


def choices(name: str, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, word) of the main terms."""
    left_out = set(without)
    return [(term.slug, _(term.label)) for term in words.terms(name).roots() if term.slug not in left_out]


def hints(name: str) -> dict[str, str]:
    """The hint under each term that has one."""
    return {term.slug: _(term.hint) for term in words.terms(name) if term.hint}


def label(name: str, slug: str) -> str:
    return _(words.label(name, slug))
