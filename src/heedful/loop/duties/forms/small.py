"""Small forms: a duty that is done, and what was found out."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look


class DoDuty(forms.Form):
    reference_number = forms.Line(
        label=_("Reference number, or who took it"),
        help_text=_("What they gave you: a number, or the name of who you spoke to."),
        max_length=80,
        error_messages={"required": _("Write the number, or the name of who you spoke to")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"reference_number": {"width": 20}}


class FoundOut(forms.Form):
    answer = forms.Narrative(
        label=_("What did you find out?"),
        help_text=_("Who told you, and what. One or two plain sentences."),
        max_length=2_000,
        error_messages={"required": _("Write down what you found out")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"answer": {"rows": 4}}
