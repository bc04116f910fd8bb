"""Who was part of it, by name and part; and which person or colleague a typed name means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.loop.reporting.forms import terms
from heedful.loop.reporting.forms.base import NOT_LISTED, Page

ROWS_AFFECTED, ROWS_OTHERS, ROWS_SOURCES = 2, 2, 2
MOST_ROWS = 8
OTHER_PARTS = ("witness", "found", "helped", "on_duty", "raised_by", "other")
HERE, NOT_HERE, UNSURE = "here", "not_here", "unsure"


class Who(Page):
    """Names are typed; the browser offers those known here. `more` adds lines."""

    type = django_forms.ChoiceField(label=_("What is it about?"), required=False)

    def __init__(self, *args: Any, more: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extra = min(more, MOST_ROWS)
        self._lines("affected", ROWS_AFFECTED + extra, _("Who did it happen to?"), "people-here")
        self._lines("other", ROWS_OTHERS + extra, _("Who else was there, or helped?"), "everyone-here")
        self._lines("source", ROWS_SOURCES, _("May somebody have caused harm? Who?"), "")
        for number in range(ROWS_OTHERS + extra):
            self.fields[f"part_{number}"] = django_forms.ChoiceField(
                label=_("Their part"),
                required=False,
                choices=self._parts(),
                error_messages={"invalid_choice": NOT_LISTED},
            )
        kinds = [("", _("I'd rather not choose")), *terms.choices("core_types")]
        self.fields["type"].choices = kinds  # type: ignore[attr-defined]
        self.presentation = {"type": {"label_size": "m"}, **self._looks}  # type: ignore[misc]

    def _parts(self) -> list[tuple[str, str]]:
        return [(slug, terms.label("parts", slug)) for slug in OTHER_PARTS]

    def _lines(self, name: str, count: int, label: Any, offered: str) -> None:
        self._looks: dict[str, Any] = getattr(self, "_looks", {})
        for number in range(count):
            said = label if number == 0 else _("And who else?")
            self.fields[f"{name}_{number}"] = forms.Line(label=said, required=False, max_length=120)
            attributes = {"autocomplete": "off"} | ({"list": offered} if offered else {})
            size = "m" if number == 0 else ""
            self._looks[f"{name}_{number}"] = {"label_size": size, "attributes": attributes, "hidden_label": number > 0}

    def names(self, name: str) -> list[tuple[int, str]]:
        """(line, name) of the lines that were filled in."""
        fields = [key for key in self.fields if key.startswith(f"{name}_")]
        found = [(int(key.rpartition("_")[2]), self.cleaned_data.get(key, "").strip()) for key in fields]
        return [(number, typed) for number, typed in found if typed]


@dataclass(frozen=True)
class Unclear:
    """A typed name with the people it may mean: (value, label)."""

    key: str
    name: str
    source: bool
    likely: Sequence[tuple[str, str]]


class Mean(Page):
    """ "Did you mean …?" for each unclear name. For an alleged source, whether they work here matters most."""

    def __init__(self, *args: Any, unclear: Sequence[Unclear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks: dict[str, Any] = {}
        for one in unclear:
            asked = _("Did you mean one of these by “%(name)s”?") if one.likely else _("Does “%(name)s” work here?")
            self.fields[one.key] = django_forms.ChoiceField(
                label=asked % {"name": one.name},
                choices=[*one.likely, *_others(one)],
                widget=django_forms.RadioSelect,
                error_messages={
                    "required": _("Choose who you meant. “I'm not sure” is fine"),
                    "invalid_choice": NOT_LISTED,
                },
            )
            looks[one.key] = {"label_size": "m"}
        self.presentation = looks  # type: ignore[misc]


def _others(one: Unclear) -> list[tuple[str, Any]]:
    if not one.source:
        return [(NOT_HERE, _("None of these"))]
    return [
        (HERE, _("Somebody else who works here") if one.likely else _("Yes")),
        (NOT_HERE, _("Somebody who does not work here") if one.likely else _("No")),
        (UNSURE, _("I'm not sure")),
    ]
