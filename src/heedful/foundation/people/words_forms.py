"""The forms of an organisation's own words."""

from datetime import date, timedelta
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heedful.foundation.policies.taxonomies import taxonomy
from heedful.foundation.ui import forms


class AddWord(forms.Form):
    """A word of ours, and which of Heedful's terms it means."""

    label = forms.Line(
        label=_("Your word"),
        help_text=_("As your staff say it. Never a person's name: everybody here reads it."),
        max_length=80,
        error_messages={"required": _("Write your word")},
    )
    maps_to = django_forms.ChoiceField(
        label=_("It means"),
        help_text=_("Charts go on counting by this term, so numbers before and after stay the same thing."),
        error_messages={"required": _("Choose what it means")},
    )

    def __init__(self, *args: Any, taxonomy_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a term")), *meant(taxonomy_name)]
        self.fields["maps_to"].choices = choices  # type: ignore[attr-defined]


class RetireWord(forms.Form):
    """When it ends."""

    last_day = forms.DateField(
        label=_("The last day on which you use it"),
        help_text=_("Reports written until then still read with it."),
        error_messages={"required": _("Write the last day")},
    )

    def __init__(self, *args: Any, today: date, began: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["last_day"]
        field.earliest, field.latest = began, today
        field.error_messages |= {"early": _("You did not use it yet on that day"), "late": _("That day is to come")}
        self.initial.setdefault("last_day", max(began, today - timedelta(days=1)))


def meant(name: str) -> list[tuple[str, str]]:
    """Heedful's own terms, finer ones under their main one."""
    return [(term.slug, f"– {gettext(term.label)}" if term.parent else gettext(term.label)) for term in taxonomy(name)]
