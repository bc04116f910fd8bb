"""What narrows the list of cases, and an inspector's question."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heedful.foundation.people import words
from heedful.foundation.policies import moment, taxonomy
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
        self.fields["kind"].choices = [anything, *_kinds()]  # type: ignore[attr-defined]
        self.fields["type"].choices = [anything, *_types()]  # type: ignore[attr-defined]


def _kinds() -> list[tuple[str, str]]:
    return [(code, gettext(label)) for code, label in words.terms("event_kinds").choices()]


def _types() -> list[tuple[str, str]]:
    return [(slug, gettext(label)) for slug, label in words.terms("core_types").choices() if "." not in slug]


class Share(forms.Form):
    """Who reads one case besides those whose work it is, until when, and why."""

    account = django_forms.ChoiceField(
        label=_("Who should read it?"), error_messages={"required": _("Choose who should read it")}
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("From the day after, they no longer see it. Three months at most."),
        error_messages={"required": _("Choose the last day")},
    )
    why = forms.Line(
        label=_("Why do they need to read it?"),
        help_text=_("They see this reason, and it is kept with the case."),
        max_length=300,
        error_messages={"required": _("Say why. It is kept with the case")},
    )

    def __init__(self, *args: Any, people: list[tuple[Any, str]], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        choices = [("", _("Choose a name")), *((str(key), name) for key, name in people)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]

    def ends(self) -> datetime:
        """The end of the last day, where the service is."""
        return moment(self.cleaned_data["until"] + timedelta(days=1), time(0), self.zone)


class Disclose(forms.Form):
    """To whom, why it is lawful, and exactly which parts."""

    body = django_forms.ChoiceField(
        label=_("Who gets it?"), widget=django_forms.RadioSelect, error_messages={"required": _("Choose who gets it")}
    )
    body_name = forms.Line(
        label=_("Which one, and whom there?"),
        help_text=_("Like: Ashmere Council, adult safeguarding team"),
        max_length=120,
        error_messages={"required": _("Write the name of who gets it")},
    )
    basis = django_forms.ChoiceField(
        label=_("Why may we give this out?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose why we may give this out")},
    )
    purpose = forms.Line(
        label=_("What do they need it for?"),
        max_length=300,
        error_messages={"required": _("Write what they need it for")},
    )
    reference = forms.Line(label=_("Their number, if they gave you one"), required=False, max_length=80)
    parts = django_forms.MultipleChoiceField(
        label=_("Which parts do they need?"),
        help_text=_("No more than they need. Who told us is never given this way."),
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part")},
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies, bases = taxonomy("outside_bodies"), taxonomy("lawful_bases")
        self.fields["body"].choices = [(slug, gettext(label)) for slug, label in bodies.choices()]  # type: ignore[attr-defined]
        self.fields["basis"].choices = [(slug, gettext(label)) for slug, label in bases.choices()]  # type: ignore[attr-defined]
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        self.presentation = {  # type: ignore[misc]
            "body": {"label_size": "m"},
            "basis": {"label_size": "m", "hints": {term.slug: gettext(term.hint) for term in bases}},
            "parts": {"label_size": "m"},
        }


class Hold(forms.Form):
    why = forms.Line(
        label=_("Why?"),
        help_text=_("Like: claim announced on 3 May. The reason is kept with the case."),
        max_length=300,
        error_messages={"required": _("Say why. It is kept with the case")},
    )


class AskForReporter(forms.Form):
    why = forms.Narrative(
        label=_("Why do you need to know who told us?"),
        help_text=_("Your question and your reason are kept in the record of this case."),
        error_messages={"required": _("Say why. It is kept in the record")},
    )
