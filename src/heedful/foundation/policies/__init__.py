"""Rules as data: policies in force on a day in a place, taxonomies with an organisation's overlay, form versions."""

from heedful.foundation.policies.deadlines import add_working_days, bank_holidays, deadline_for, is_working_day
from heedful.foundation.policies.errors import NoPolicyInForce, PolicyDataError, PolicyError, UnknownTerm
from heedful.foundation.policies.forms import FormQuestion, FormVersion, form, form_version
from heedful.foundation.policies.hierarchy import STRENGTHS, ActionHierarchyPolicy, ActionKind, Strength
from heedful.foundation.policies.loader import Rulebook, in_force, rulebook, shipped
from heedful.foundation.policies.schema import Clock
from heedful.foundation.policies.taxonomies import Taxonomy, Term, taxonomies, taxonomy
from heedful.foundation.policies.times import Interval, day_interval, local_date, moment, shift_interval
from heedful.foundation.policies.words import Answer, Death, Harm, Level, Nation, combined_harm

__all__ = [
    "STRENGTHS",
    "ActionHierarchyPolicy",
    "ActionKind",
    "Answer",
    "Clock",
    "Death",
    "FormQuestion",
    "FormVersion",
    "Harm",
    "Interval",
    "Level",
    "Nation",
    "NoPolicyInForce",
    "PolicyDataError",
    "PolicyError",
    "Rulebook",
    "Strength",
    "Taxonomy",
    "Term",
    "UnknownTerm",
    "add_working_days",
    "bank_holidays",
    "combined_harm",
    "day_interval",
    "deadline_for",
    "form",
    "form_version",
    "in_force",
    "is_working_day",
    "local_date",
    "moment",
    "rulebook",
    "shift_interval",
    "shipped",
    "taxonomies",
    "taxonomy",
]
