"""The forms of reports: one per page of the journey, and those of the pages after it."""

from heedful.loop.reporting.forms.about import About
from heedful.loop.reporting.forms.after import Answer, Correction
from heedful.loop.reporting.forms.asking import Safe, Thresholds
from heedful.loop.reporting.forms.people import Mean, Who
from heedful.loop.reporting.forms.words import Name, Words

__all__ = ["About", "Answer", "Correction", "Mean", "Name", "Safe", "Thresholds", "Who", "Words"]
