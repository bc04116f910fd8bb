"""What narrows the list of cases, and an inspector's question."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.policies import taxonomy
from heedful.foundation.ui import forms


class Narrow(forms.Form):
    """Every field is optional; an answer that cannot be read is passed over rather than refused."""

    words = forms.Line(label=_("Words in it"), required=False)
    service = django_forms.ChoiceField(label=_("Where"), required=False)
    kind = django_forms.ChoiceField(label=_("Called"), required=False)
    type = django_forms.ChoiceField(label=_("About"), required=False)
    month = forms.Line(label=_("Month"), required=False)
    presentation = {"month": {"hint": _("Like 2026-03"), "width": 10}}

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = ("", _("Everything"))
        self.fields["service"].choices = [("", _("Everywhere")), *services]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [anything, *taxonomy("event_kinds").choices()]  # type: ignore[attr-defined]
        self.fields["type"].choices = [anything, *_types()]  # type: ignore[attr-defined]


def _types() -> list[tuple[str, str]]:
    return [(slug, label) for slug, label in taxonomy("core_types").choices() if "." not in slug]


class AskForReporter(forms.Form):
    why = forms.Narrative(
        label=_("Why do you need to know who told us?"),
        help_text=_("Your question and your reason are kept in the record of this case."),
        error_messages={"required": _("Say why. It is kept in the record")},
    )
