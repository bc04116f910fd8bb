"""Forms that move a case on: to the next person, back to its reporter, to another report, or open again."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look

LONGEST = 2_000
OTHER = "other"


class PassOn(forms.Form):
    words = forms.Narrative(
        label=_("Why do you pass it on?"),
        help_text=_("The next person reads this."),
        max_length=LONGEST,
        error_messages={"required": _("Say why you pass it on. The next person needs to know")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 3}}


class SendBack(forms.Form):
    words = forms.Narrative(
        label=_("What do you want to know?"),
        help_text=_("One question at a time is easiest to answer. The decision does not have to wait for it."),
        max_length=LONGEST,
        error_messages={"required": _("Write what you want to know")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 3}}


class Reopen(forms.Form):
    words = forms.Narrative(
        label=_("Why is it opened again?"),
        max_length=LONGEST,
        error_messages={"required": _("Say why it is opened again")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 3}}


class Answer(forms.Form):
    words = forms.Narrative(
        label=_("What came of it?"),
        help_text=_("One or two plain sentences. The person and their family may read this."),
        max_length=LONGEST,
        error_messages={"required": _("Say what came of it")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 3}}


class Duplicate(forms.Form):
    """Which other report is about the same thing: one of the likely ones, or any by its code."""

    same = django_forms.ChoiceField(
        label=_("Which report goes on?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose the report that goes on")},
    )
    code = forms.Line(label=_("Its code"), help_text=_("Like KM7 2RT"), required=False, max_length=20)

    def __init__(self, *args: Any, likely: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["same"].choices = [*likely, (OTHER, _("Another one"))]  # type: ignore[attr-defined]
        if not likely:
            self.fields["same"].initial = OTHER
        self.presentation = {  # type: ignore[misc]
            "same": {"reveals": {OTHER: ["code"]}, "dividers": {OTHER: str(_("or"))} if likely else {}},
            "code": {"width": 10},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("same") == OTHER and not said.get("code"):
            self.add_error("code", _("Write the code of the other report"))
        return said
