"""Forms of the duty roster."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.notices import week
from heedful.foundation.ui import forms

LONGEST = timedelta(days=31)
MOST_WEEKS = 26


class Between(forms.Form):
    """From when to when, in the place's own time."""

    from_day = forms.DateField(label=_("From which day?"))
    from_time = forms.TimeField(label=_("From what time?"))
    until_day = forms.DateField(
        label=_("Until which day?"), required=False, help_text=_("Leave it empty if it ends within 24 hours.")
    )
    until_time = forms.TimeField(label=_("Until what time?"))

    def __init__(self, *args: Any, people: dict[UUID, str], zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        self.zone, self.now = zone, now
        kwargs.setdefault("initial", {"from_day": now.astimezone(zone).date()})
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a name")), *((str(key), name) for key, name in people.items())]
        for name in ("account", "deputy"):
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        start_day, start = given["from_day"], given["from_time"]
        given["starts_at"] = week.at(start_day, start, self.zone)
        given["ends_at"] = week.ends(start_day, start, given["until_day"], given["until_time"], self.zone)
        length = given["ends_at"] - given["starts_at"]
        if length <= timedelta(0):
            self.add_error("until_day", _("This is before it begins. Check both days"))
        elif length > self.longest:
            self.add_error("until_day", _("This is longer than we can plan at once. Check the days"))
        elif given["ends_at"] <= self.now:
            self.add_error("until_day" if given["until_day"] else "from_day", _("This is over already. Check the day"))
        return given

    longest = LONGEST


class AddDuty(Between):
    """Somebody on duty, once or for some weeks in a row."""

    account = django_forms.ChoiceField(label=_("Who is on duty?"), error_messages={"required": _("Choose who it is")})
    deputy = django_forms.ChoiceField(
        label=_("Who stands in for them?"), required=False, help_text=_("Told as well when something urgent happens.")
    )
    weeks = django_forms.IntegerField(
        label=_("For how many weeks in a row?"),
        min_value=1,
        max_value=MOST_WEEKS,
        required=False,
        help_text=_("Leave it empty for once."),
        error_messages={
            "invalid": _("Write a number from 1 to 26"),
            "min_value": _("Write a number from 1 to 26"),
            "max_value": _("Write a number from 1 to 26"),
        },
    )
    field_order = ("account", "deputy", "from_day", "from_time", "until_day", "until_time", "weeks")
    presentation = {"weeks": {"width": 2}, "from_time": {"width": 5}, "until_time": {"width": 5}}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("account") and given["account"] == given.get("deputy"):
            self.add_error("deputy", _("Choose somebody else: they cannot stand in for themselves"))
        return given

    def times(self) -> list[tuple[datetime, datetime]]:
        """Each week's beginning and end: the same time on the wall clock, also after the clocks change."""
        given = self.cleaned_data
        day: date = given["from_day"]
        start: time = given["from_time"]
        last: date | None = given["until_day"]
        found = []
        for number in range(given["weeks"] or 1):
            ahead = timedelta(weeks=number)
            ends = week.ends(day + ahead, start, last + ahead if last else None, given["until_time"], self.zone)
            found.append((week.at(day + ahead, start, self.zone), ends))
        return found


class AddAbsence(Between):
    """Somebody who cannot be reached."""

    account = django_forms.ChoiceField(label=_("Who is away?"), error_messages={"required": _("Choose who it is")})
    field_order = ("account", "from_day", "from_time", "until_day", "until_time")
    presentation = {"from_time": {"width": 5}, "until_time": {"width": 5}}
    longest = timedelta(days=366)
