"""What an action should move: a measure, a direction and how far; or that it cannot be counted, and why."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.actions.plans import Aim
from heedful.loop.actions.rules import USUAL_TARGET, per_cent_of, target_from
from heedful.loop.measures.catalogue import measures

NOT_COUNTED = "none"
HIGHEST = 999
LOOKS: dict[str, Look] = {
    "series_key": {"label_size": "s"},
    "direction": {},
    "per_cent": {"width": 3, "suffix": gettext_lazy("in 100")},
    "not_measured_why": {"rows": 2},
}


def measure_choices() -> list[tuple[str, str]]:
    """Everything that can be counted, and the honest last choice."""
    found = [(slug, str(one.label)) for slug, one in measures().items()]
    return [("", _("Choose")), *found, (NOT_COUNTED, _("It cannot be counted"))]


class AimFields(forms.Form):
    """Four fields that belong together; `aim()` is what the operation takes."""

    # Where what the operation calls so is typed.
    typed_at: ClassVar[Mapping[str, str]] = {"target": "per_cent"}

    series_key = django_forms.ChoiceField(
        label=gettext_lazy("What should it move?"),
        help_text=gettext_lazy("Counted month by month, from what people tell us."),
        error_messages={"required": gettext_lazy("Choose what it should move, or that it cannot be counted")},
    )
    direction = django_forms.ChoiceField(
        label=gettext_lazy("Which way is good?"),
        choices=[("fewer", gettext_lazy("Fewer")), ("more", gettext_lazy("More"))],
        widget=django_forms.RadioSelect,
        initial="fewer",
        required=False,
    )
    per_cent = django_forms.IntegerField(
        label=gettext_lazy("By how much, of every 100?"),
        help_text=gettext_lazy("30 means: 70 where 100 would have been usual. Fixed before the first day."),
        initial=per_cent_of(USUAL_TARGET),
        required=False,
        widget=django_forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Write a whole number, like 30")},
    )
    not_measured_why = forms.Narrative(
        label=gettext_lazy("If it cannot be counted: why, and how will you know?"),
        required=False,
        max_length=2_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series_key"].choices = measure_choices()  # type: ignore[attr-defined]

    def aim(self) -> Aim:
        """What was given of it so far."""
        said = self.cleaned_data
        if said.get("series_key") == NOT_COUNTED:
            return Aim(not_measured_why=said.get("not_measured_why", ""))
        series, direction = said.get("series_key", ""), said.get("direction", "")
        return Aim(series_key=series, direction=direction, target=self._target())

    def _target(self) -> Decimal | None:
        number = self.cleaned_data.get("per_cent")
        return None if number is None else target_from(self.cleaned_data.get("direction") or "fewer", number)

    def clean_per_cent(self) -> int | None:
        number: int | None = self.cleaned_data.get("per_cent")
        if number is not None and abs(number) > HIGHEST:
            raise django_forms.ValidationError(_("Write a number up to %(most)d") % {"most": HIGHEST})
        return number

    def refuse(self, field: str, message: str) -> None:
        """Beside the field that it names, unless that has its own problem already."""
        at = self.typed_at.get(field, field)
        if at not in self.errors:
            super().refuse(at, message)


class ChangeAim(AimFields):
    presentation = LOOKS
