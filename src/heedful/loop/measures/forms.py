"""What narrows the patterns. Every field is optional; an answer that cannot be read is passed over."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.loop.measures import months
from heedful.loop.measures.catalogue import measures, shown
from heedful.loop.measures.queries import Place
from heedful.loop.measures.reading import Asked

MOST_IN_A_LIST = 40


class Narrow(forms.Form):
    """Where, what, and up to when. With very many services the place is typed instead of chosen."""

    service = django_forms.ChoiceField(label=_("Where"), required=False)
    name = forms.Line(label=_("Name of the service"), required=False)
    what = django_forms.ChoiceField(label=_("What"), required=False)
    until = forms.Line(label=_("Up to month"), required=False)
    presentation = {"until": {"hint": _("Like 2026-03"), "width": 10}}

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name" if len(places) <= MOST_IN_A_LIST else "service"]
        if "service" in self.fields:
            chosen = [("", _("Everywhere")), *((str(place.id), place.name) for place in places)]
            self.fields["service"].choices = chosen  # type: ignore[attr-defined]
        told = [("", _("What is told most")), *((slug, shown(slug).label) for slug in measures())]
        self.fields["what"].choices = told  # type: ignore[attr-defined]

    def clean_until(self) -> str:
        text: str = self.cleaned_data["until"]
        if text and months.read(text) is None:
            raise django_forms.ValidationError(_("Write the month like 2026-03"))
        return text

    def asked(self, page: str = "") -> Asked:
        self.is_valid()
        known = self.cleaned_data if self.is_bound else {}
        return Asked(
            service=UUID(known["service"]) if known.get("service") else None,
            name=known.get("name") or "",
            what=known.get("what") or "",
            until=months.read(known.get("until") or ""),
            page=int(page) if page.isdecimal() and len(page) < 6 else 1,
        )
