"""What the reporter would call it, when it was, and where."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heedful.foundation.policies import Interval, day_interval, moment
from heedful.foundation.ui import forms
from heedful.loop.incidents.rules import time_problems
from heedful.loop.reporting.forms import terms
from heedful.loop.reporting.forms.base import Page

HALF_AN_HOUR, AN_HOUR = timedelta(minutes=30), timedelta(hours=1)
NOW, TODAY, SHIFT, DAY = "now", "today", "shift", "day"


class Named(Protocol):
    """A team, or anything with an id and a name."""

    @property
    def pk(self) -> UUID: ...
    @property
    def name(self) -> str: ...


class Site(Named, Protocol):
    """A service, as far as this page cares."""

    @property
    def time_zone(self) -> str: ...


class About(Page):
    """`now` is when this page was answered: "in the last hour" is counted from then."""

    kinds = django_forms.MultipleChoiceField(
        label=_("What would you call it?"),
        help_text=_("Choose one or more. You don't need to be sure."),
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you would call it. “I'm not sure” is fine")},
    )
    when = django_forms.ChoiceField(
        label=_("When was it?"),
        help_text=_("A guess is fine."),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Tell us when it was. A guess is fine")},
    )
    today_at = forms.TimeField(label=_("About what time?"), required=False)
    on_shift = django_forms.ChoiceField(
        label=_("Which shift?"), required=False, widget=django_forms.RadioSelect, choices=[]
    )
    on_day = forms.DateField(label=_("Which day?"), required=False)
    day_at = forms.TimeField(label=_("About what time, if you know?"), required=False)
    service = django_forms.ChoiceField(label=_("Where was it?"), error_messages={"required": _("Choose where it was")})
    team = django_forms.ChoiceField(label=_("Which team?"), required=False)
    place = forms.Line(
        label=_("Which room or place?"), help_text=_("For example lounge, or room 12."), required=False, max_length=120
    )

    def __init__(
        self,
        *args: Any,
        services: Sequence[Site],
        teams: Sequence[Named],
        shifts: Sequence[tuple[str, str]],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.services = now, {str(one.pk): one for one in services}
        self._choice("kinds").choices = terms.choices("event_kinds")
        self._choice("when").choices = [choice for choice in _WHEN if choice[0] != SHIFT or shifts]
        self._choice("on_shift").choices = list(shifts)
        self._choice("service").choices = [(str(one.pk), one.name) for one in services]
        self._choice("team").choices = [
            ("", _("No team, or I don't know")),
            *((str(one.pk), one.name) for one in teams),
        ]
        self.fields["on_day"].latest = now.date()  # type: ignore[attr-defined]
        if not teams:
            del self.fields["team"]
        if len(services) == 1:
            self.fields["service"].widget = django_forms.HiddenInput()
        self.presentation = self._looks(bool(shifts))  # type: ignore[misc]

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _looks(self, shifts: bool) -> dict[str, Any]:
        reveals = {TODAY: ["today_at"], DAY: ["on_day", "day_at"]} | ({SHIFT: ["on_shift"]} if shifts else {})
        return {
            "kinds": {"label_size": "m", "hints": terms.hints("event_kinds")},
            "when": {"label_size": "m", "reveals": reveals},
            "today_at": {"width": 5},
            "day_at": {"width": 5},
            "service": {"label_size": "m"},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        when = said.get("when")
        if when == TODAY and not said.get("today_at") and "today_at" not in self.errors:
            self.add_error("today_at", _("Tell us the time. A guess is fine"))
        if when == SHIFT and not said.get("on_shift"):
            self.add_error("on_shift", _("Choose the shift"))
        if when == DAY and not said.get("on_day") and "on_day" not in self.errors:
            self.add_error("on_day", _("Tell us the day. A guess is fine"))
        if not self.errors:
            self._work_out_when(said)
        return said

    def _work_out_when(self, said: dict[str, Any]) -> None:
        said["occurred"], said["occurred_as"], said["shift"] = self._occurred(said)
        for problem in time_problems(said["occurred"], self.now, now=self.now):
            self.add_error(
                {TODAY: "today_at", DAY: "on_day"}.get(said["when"], "when"), ValidationError(_(problem.text))
            )

    def _occurred(self, said: dict[str, Any]) -> tuple[Interval, str, str]:
        zone = self.services[said["service"]].time_zone
        today = self.now.astimezone(ZoneInfo(zone)).date()
        if said["when"] == NOW:
            return Interval(self.now - AN_HOUR, self.now), "about", ""
        if said["when"] == SHIFT:
            name, start, end = said["on_shift"].split("|")
            latest = min(datetime.fromisoformat(end), self.now)
            return Interval(min(datetime.fromisoformat(start), latest), latest), "shift", name
        if said["when"] == TODAY or said["day_at"]:
            at = said["today_at"] if said["when"] == TODAY else said["day_at"]
            then = moment(today if said["when"] == TODAY else said["on_day"], at, zone)
            return Interval(then, then), "about", ""
        whole = day_interval(said["on_day"], zone)
        return Interval(whole.earliest, max(whole.earliest, min(whole.latest, self.now))), "day", ""


_WHEN = [
    (NOW, _("In the last hour")),
    (TODAY, _("Earlier today")),
    (SHIFT, _("On a shift")),
    (DAY, _("Another day")),
]
