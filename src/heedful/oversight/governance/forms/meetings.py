"""Forms of a meeting: prepare it, its minutes, a decision, a correction."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.incidents.naming import event_number
from heedful.loop.measures.queries import Place
from heedful.oversight.governance.forms.asking import Narrow

Choices = Sequence[tuple[str, str]]


class Prepare(Narrow):
    """When, who leads it, and which page is frozen for it."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    held_on = forms.DateField(label=_("On which day?"), error_messages={"required": _("Tell us the day")})
    chair = django_forms.ChoiceField(
        label=_("Who leads it?"), error_messages={"required": _("Choose who leads the meeting")}
    )

    def __init__(self, *args: Any, places: list[Place], chairs: Choices, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, places=places, **kwargs)
        self.fields["chair"].choices = [("", ""), *chairs]  # type: ignore[attr-defined]
        self.order_fields(["client_key", "held_on", "chair"])

    def typed(self) -> dict[str, Any]:
        """Of a valid form."""
        said = self.cleaned_data
        return {
            "client_key": said["client_key"],
            "held_on": said["held_on"],
            "chair_id": UUID(said["chair"]),
            **self.asked(),
        }


class Minutes(forms.Form):
    version = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=1)
    present = django_forms.MultipleChoiceField(
        label=_("Who was there?"), required=False, widget=django_forms.CheckboxSelectMultiple
    )
    guests = forms.Line(label=_("Guests"), help_text=_("Whoever else was there."), required=False)
    said = forms.Narrative(
        label=_("What was said?"), help_text=_("What the page does not say: questions, doubts, answers."),
        required=False, max_length=10_000,
    )  # fmt: skip
    presentation: ClassVar[Mapping[str, Look]] = {"said": {"rows": 6}}

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = people  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        return {**self.cleaned_data, "present": [UUID(one) for one in self.cleaned_data["present"]]}


class Decide(forms.Form):
    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    text = forms.Narrative(
        label=_("What was decided?"), max_length=500, error_messages={"required": _("Write what was decided")}
    )
    lead = django_forms.ChoiceField(label=_("Who sees to it?"), error_messages={"required": _("Choose who sees to it")})
    due_on = forms.DateField(label=_("By when?"), error_messages={"required": _("Tell us by when")})
    about = django_forms.ChoiceField(label=_("What is it about?"), required=False)
    case = forms.Line(label=_("Case"), help_text=_("Its code, like KM7 2RT, if it is about one case."), required=False)
    presentation: ClassVar[Mapping[str, Look]] = {"text": {"rows": 3}, "case": {"width": 10}}

    def __init__(self, *args: Any, leads: Choices, subjects: Choices, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", ""), *leads]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("No one theme or change")), *subjects]  # type: ignore[attr-defined]

    def clean_case(self) -> str:
        text: str = self.cleaned_data["case"]
        if text and event_number(text) is None:
            raise django_forms.ValidationError(_("That is not the code of a case. It looks like KM7 2RT"))
        return text

    def typed(self) -> dict[str, Any]:
        """Of a valid form; the case as its number."""
        said = self.cleaned_data
        kind, _colon, pk = said["about"].partition(":")
        return {
            "client_key": said["client_key"],
            "text": said["text"],
            "lead_id": UUID(said["lead"]),
            "due_on": said["due_on"],
            "theme_id": UUID(pk) if kind == "theme" else None,
            "action_id": UUID(pk) if kind == "action" else None,
        }


class Correct(forms.Form):
    text = forms.Narrative(
        label=_("What was wrong, and how was it?"), max_length=2_000,
        error_messages={"required": _("Write what was wrong, and how it was")},
    )  # fmt: skip
    presentation: ClassVar[Mapping[str, Look]] = {"text": {"rows": 3}}
