"""Is everyone safe; who knows, and who needs to know."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.policies import moment
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.reporting.forms import terms
from heedful.loop.reporting.forms.base import Page

_YES_NO = [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))]
_FOUND_OUT = [
    ("then", _("When it happened")),
    ("now", _("Just now, or in the last hour")),
    ("today", _("Earlier today")),
]
DAY = timedelta(days=1)


class Safe(Page):
    safe_now = django_forms.ChoiceField(
        label=_("Is everyone safe now?"),
        choices=[
            ("yes", _("Yes, everyone is safe")),
            ("no", _("No, nothing is done yet")),
            ("unsure", _("I'm not sure")),
        ],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Tell us if everyone is safe now")},
    )
    made_safe = forms.Narrative(label=_("What did you do to make it safe?"), required=False)
    harm_body = django_forms.ChoiceField(
        label=_("Was anyone's body hurt?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Tell us if anyone's body was hurt. “We don't know yet” is an answer")},
    )
    harm_mind = django_forms.ChoiceField(
        label=_("Was anyone upset or frightened?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Tell us if anyone was upset. “We don't know yet” is an answer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, taxonomy in (("harm_body", "harm_to_body"), ("harm_mind", "harm_to_mind")):
            self.fields[name].choices = terms.choices(taxonomy)  # type: ignore[attr-defined]
        self.presentation = {  # type: ignore[misc]
            "safe_now": {
                "heading": True,
                "reveals": {"yes": ["made_safe"]},
                "hints": {
                    "no": _("When you send this, we alert the manager on duty at once."),
                    "unsure": _("That's fine. When you send this, we alert the manager on duty."),
                },
            },
            "made_safe": {"rows": 3},
            "harm_body": {"label_size": "m", "hints": terms.hints("harm_to_body")},
            "harm_mind": {"label_size": "m", "hints": terms.hints("harm_to_mind")},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("safe_now") == "yes" and not said.get("made_safe", "").strip() and "made_safe" not in self.errors:
            self.add_error("made_safe", _("Tell us what you did. “Nothing was needed” is an answer"))
        return said


def _threshold(label: Any, missing: Any) -> django_forms.ChoiceField:
    return django_forms.ChoiceField(
        label=label, choices=_YES_NO, widget=django_forms.RadioSelect, error_messages={"required": missing}
    )


def _why(label: Any) -> forms.Line:
    return forms.Line(label=label, required=False, max_length=200)


class Thresholds(Page):
    """Who was told, three questions each answered yes, no or not sure, and when the reporter first knew."""

    informed = django_forms.MultipleChoiceField(
        label=_("Who has been told?"),
        help_text=_("Leave it empty if nobody has."),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )
    met_safeguarding = _threshold(
        _("Could it be abuse or neglect?"), _("Tell us if it could be abuse or neglect. “Not sure” is fine")
    )
    met_safeguarding_why = _why(_("Why do you think so?"))
    met_clinical = _threshold(
        _("Does a nurse or doctor need to know?"), _("Tell us if a nurse or doctor needs to know. “Not sure” is fine")
    )
    met_clinical_why = _why(_("Why do you think so?"))
    met_family = _threshold(
        _("Should the family be told?"), _("Tell us if the family should be told. “Not sure” is fine")
    )
    met_family_why = _why(_("Why do you think so?"))
    discharge = django_forms.ChoiceField(
        label=_("Did the person come out of hospital in the last two weeks?"),
        choices=_YES_NO,
        required=False,
        widget=django_forms.RadioSelect,
    )
    discharge_days = django_forms.IntegerField(
        label=_("How many days ago?"),
        required=False,
        min_value=0,
        max_value=365,
        error_messages={
            "invalid": _("Write a number of days, like 3"),
            "min_value": _("Write a number of days, like 3"),
            "max_value": _("Write a number of days up to 365"),
        },
    )
    aware = django_forms.ChoiceField(
        label=_("When did you find out?"),
        choices=_FOUND_OUT,
        initial="then",
        widget=django_forms.RadioSelect,
    )
    aware_at = forms.TimeField(label=_("About what time?"), required=False)

    def __init__(self, *args: Any, now: datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, zone
        told = terms.choices("informed")
        self.fields["informed"].choices = told  # type: ignore[attr-defined]
        for slug, _word in told:
            self.fields[f"told_{slug}"] = forms.TimeField(label=_("At what time, if you know?"), required=False)
        self.presentation = self._looks([slug for slug, _word in told])  # type: ignore[misc]

    def _looks(self, told: list[str]) -> Mapping[str, Look]:
        asked: dict[str, Look] = {
            name: {"label_size": "m", "cards": True} for name in ("met_safeguarding", "met_clinical", "met_family")
        }
        whys: dict[str, Look] = {f"{name}_why": {"label_size": ""} for name in asked}
        times: dict[str, Look] = {f"told_{slug}": {"width": 5, "label_size": ""} for slug in told}
        return {
            **asked,
            **whys,
            **times,
            "informed": {"label_size": "m", "reveals": {slug: [f"told_{slug}"] for slug in told}},
            "discharge": {"label_size": "m", "reveals": {"yes": ["discharge_days"]}},
            "discharge_days": {"width": 3, "label_size": ""},
            "aware": {"label_size": "m", "reveals": {"today": ["aware_at"]}},
            "aware_at": {"width": 5, "label_size": ""},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("aware") == "today" and not said.get("aware_at") and "aware_at" not in self.errors:
            self.add_error("aware_at", _("Tell us the time. A guess is fine"))
        if said.get("discharge") != "yes":
            said["discharge_days"] = None
        return said

    def told_at(self, slug: str) -> datetime | None:
        """The last time that a clock in the service showed this."""
        return self._last(self.cleaned_data.get(f"told_{slug}"))

    def became_aware(self) -> datetime | None:
        """None: when it happened."""
        said = self.cleaned_data
        if said["aware"] == "now":
            return self.now
        return self._last(said.get("aware_at")) if said["aware"] == "today" else None

    def _last(self, at: Any) -> datetime | None:
        if at is None:
            return None
        then = moment(self.now.astimezone(ZoneInfo(self.zone)).date(), at, self.zone)
        return then if then <= self.now else then - DAY
