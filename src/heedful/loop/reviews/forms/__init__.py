"""Forms of reviews and themes."""

from heedful.loop.reviews.forms.events import ChooseEvents, OpenReview
from heedful.loop.reviews.forms.steps import Factors, NewFinding, question_form
from heedful.loop.reviews.forms.themes import NewTheme, Spell, Words, choose_person

__all__ = [
    "ChooseEvents",
    "Factors",
    "NewFinding",
    "NewTheme",
    "OpenReview",
    "Spell",
    "Words",
    "choose_person",
    "question_form",
]
