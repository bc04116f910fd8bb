"""Forms of the reporter's pages after a report was sent: answering a question, and putting it right."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.incidents.checks import LONGEST_REASON
from heedful.loop.reporting.forms.base import Page


class Answer(Page):
    answer = forms.Narrative(
        label=_("Your answer"),
        help_text=_("“I don't know” is fine."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Write your answer. “I don't know” is fine")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"answer": {"rows": 4}}


class Correction(Page):
    """What the reporter can put right themselves. The first words are always kept."""

    words = forms.Narrative(
        label=_("What happened"), error_messages={"required": _("Tell us what happened. One line is enough")}
    )
    made_safe = forms.Narrative(label=_("What was done to make it safe"), required=False)
    place = forms.Line(label=_("Which room or place?"), required=False, max_length=120)
    why = forms.Line(
        label=_("Why do you change it?"), help_text=_("A few words. You can leave it out."), required=False
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 8}, "made_safe": {"rows": 3}}
