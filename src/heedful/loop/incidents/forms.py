"""Forms about who is meant: matching a typed name to a colleague, and lifting a shut-out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.incidents.checks import LONGEST_REASON

NOBODY = "nobody"
Choices = Sequence[tuple[str, str]]


class Match(forms.Form):
    """Which colleague a typed name means."""

    staff = django_forms.ChoiceField(
        label=_("Who is meant?"),
        widget=django_forms.RadioSelect,
        error_messages={
            "required": _("Choose who is meant"),
            "invalid_choice": _("That is not one of the answers. Choose from the list"),
        },
    )

    def __init__(self, *args: Any, likely: Choices, everyone: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [  # type: ignore[attr-defined]
            *likely,
            ("other", _("Another colleague")),
            (NOBODY, _("Nobody who works here")),
        ]
        self.fields["other"] = django_forms.ChoiceField(
            label=_("Which colleague?"), required=False, choices=[("", _("Choose")), *everyone]
        )
        self.presentation = {"staff": {"label_size": "m", "reveals": {"other": ["other"]}}}  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("staff") == "other" and not said.get("other"):
            self.add_error("other", _("Choose the colleague"))
        return said

    @property
    def chosen(self) -> str | None:
        """The id of the member of staff; None for nobody who works here."""
        said = self.cleaned_data
        picked: str = said["other"] if said["staff"] == "other" else said["staff"]
        return None if picked == NOBODY else picked


class Lift(forms.Form):
    why = forms.Narrative(
        label=_("Why may they see this case again?"),
        help_text=_("The reason is kept for good."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why. The reason is kept for good")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}
