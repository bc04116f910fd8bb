"""Rules as data: policies in force on a day in a place, taxonomies with an organisation's overlay, form versions."""

from heedful.foundation.policies.errors import NoPolicyInForce, PolicyDataError, PolicyError, UnknownTerm
from heedful.foundation.policies.taxonomies import Taxonomy, Term, taxonomies, taxonomy
from heedful.foundation.policies.words import Answer, Death, Harm, Nation, combined_harm

__all__ = [
    "Answer",
    "Death",
    "Harm",
    "Nation",
    "NoPolicyInForce",
    "PolicyDataError",
    "PolicyError",
    "Taxonomy",
    "Term",
    "UnknownTerm",
    "combined_harm",
    "taxonomies",
    "taxonomy",
]
