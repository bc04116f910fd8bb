"""The forms of reports: one per page of the journey, and those of the pages after it."""

from heedful.loop.incidents.forms.about import About
from heedful.loop.incidents.forms.after import Answer, Correction, Lift, Match
from heedful.loop.incidents.forms.asking import Safe, Thresholds
from heedful.loop.incidents.forms.people import Mean, Who
from heedful.loop.incidents.forms.words import Name, Words

__all__ = ["About", "Answer", "Correction", "Lift", "Match", "Mean", "Name", "Safe", "Thresholds", "Who", "Words"]
