"""The codes that an import may give: Heedful's core taxonomies, and the organisation's own words for them."""

from collections.abc import Mapping

from heedful.foundation.people import words
from heedful.foundation.policies.taxonomies import taxonomy

TAXONOMIES = {
    "kinds": "event_kinds",
    "type": "core_types",
    "harm_body": "harm_to_body",
    "harm_mind": "harm_to_mind",
}


def codes() -> dict[str, frozenset[str]]:
    """The known codes of each coded field."""
    return {field: frozenset(taxonomy(name).slugs()) for field, name in TAXONOMIES.items()}


def own_words() -> dict[str, Mapping[str, str]]:
    """The organisation's own words of each coded field, and the core code that each stands for."""
    return {field: words.meanings(name) for field, name in TAXONOMIES.items()}


def type_labels() -> Mapping[str, str]:
    """What each main type is called here."""
    return {term.slug: term.label for term in words.terms(TAXONOMIES["type"]).roots()}


def core_type_labels() -> Mapping[str, str]:
    """The same where nobody has words of their own yet."""
    return {term.slug: term.label for term in taxonomy(TAXONOMIES["type"]).roots()}


def measures() -> frozenset[str]:
    """The measures of exposure."""
    return frozenset(taxonomy("exposure_measures").slugs())
