"""Forms of the pages after a report was sent: answering, putting right, matching names, lifting a shut-out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.incidents.checks import LONGEST_REASON
from heedful.loop.incidents.forms.base import Page

NOBODY = "nobody"
Choices = Sequence[tuple[str, str]]


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


class Match(Page):
    """Which colleague a typed name means."""

    staff = django_forms.ChoiceField(
        label=_("Who is meant?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose who is meant")},
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


class Lift(Page):
    why = forms.Narrative(
        label=_("Why may they see this case again?"),
        help_text=_("The reason is kept for good."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why. The reason is kept for good")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}
