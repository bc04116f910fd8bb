"""What a board page is asked for."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heedful.foundation.ui import forms
from heedful.loop.measures import months
from heedful.loop.measures.queries import Place
from heedful.oversight.governance import rules


class Narrow(forms.Form):
    """Which service, and how many months up to which."""

    service = django_forms.ChoiceField(label=_("Where"), required=False)
    months = django_forms.ChoiceField(label=_("How long"), required=False)
    until = forms.Line(label=_("Up to month"), required=False)
    presentation = {"until": {"hint": _("Like 2026-03. Empty: the last month that is over."), "width": 10}}

    def __init__(self, *args: Any, places: list[Place], length: int = rules.BOARD, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        every = [("", _("All of them")), *((str(place.id), place.name) for place in places)]
        self.fields["service"].choices = every  # type: ignore[attr-defined]
        lengths = [(str(n), ngettext("%(n)d month", "%(n)d months", n) % {"n": n}) for n in rules.LENGTHS]
        self.fields["months"].choices = lengths  # type: ignore[attr-defined]
        self.fields["months"].initial = str(length)
        if len(places) < 2:
            del self.fields["service"]

    def clean_until(self) -> str:
        text: str = self.cleaned_data["until"]
        if text and months.read(text) is None:
            raise django_forms.ValidationError(_("Write the month like 2026-03"))
        return text

    def asked(self) -> dict[str, Any]:
        """As `queries.scope` takes it; what cannot be read is as if it had not been asked for."""
        self.is_valid()
        known = self.cleaned_data if self.is_bound else {}
        return {
            "length": int(known.get("months") or self.length),
            "until": months.read(known.get("until") or ""),
            "service": UUID(known["service"]) if known.get("service") else None,
        }


class Words(forms.Form):
    """One line that says what is different."""

    text = forms.Line(
        label=_("What may be said of it"),
        help_text=_("One line, without names, places or days. On the board page and in packs."),
        error_messages={"required": _("Write one line: what is different now")},
    )


class Clear(forms.Form):
    finding = django_forms.CharField(widget=django_forms.HiddenInput)
    why = forms.Line(
        label=_("Why may it stay?"), error_messages={"required": _("Say why it may stay. The reason is kept")}
    )
