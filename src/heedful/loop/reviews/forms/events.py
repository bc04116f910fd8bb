"""Which events belong in view, and how they are looked into."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.reviews.words import KINDS

Choices = Sequence[tuple[str, str]]


class ChooseEvents(forms.Form):
    """Some of the events that are offered."""

    events = django_forms.MultipleChoiceField(
        label=_("Which of these belong here?"),
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one"), "invalid_choice": _("Choose from the list")},
    )

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = list(offered)  # type: ignore[attr-defined]


class OpenReview(ChooseEvents):
    """A review that somebody opens: of which events, how, led by whom, by when."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    kind = django_forms.ChoiceField(
        label=_("How do you look into it?"),
        choices=[(kind.value, label) for kind, (label, _hint) in KINDS.items()],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose how you look into it")},
    )
    lead = django_forms.ChoiceField(label=_("Who leads it?"), error_messages={"required": _("Choose who leads it")})
    due_on = forms.DateField(
        label=_("By when?"),
        error_messages={"required": _("Tell us by when it will be done")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {
        "kind": {"hints": {kind.value: hint for kind, (_label, hint) in KINDS.items()}},
        "events": {"small": True},
    }

    def __init__(self, *args: Any, leads: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = list(leads)  # type: ignore[attr-defined]
