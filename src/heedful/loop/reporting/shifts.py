"""The last shifts of a service, as choices: "Night, yesterday 20:00 to today 08:00"."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from heedful.foundation.policies import Interval, shift_interval
from heedful.foundation.workplace import queries as workplace

BACK = 2


class Site(Protocol):
    @property
    def pk(self) -> UUID: ...
    @property
    def time_zone(self) -> str: ...


def recent_shifts(service: Site, now: datetime) -> list[tuple[str, str]]:
    """Shifts that began in the last two days or are on now, the latest first. The value holds name and interval."""
    today = now.astimezone(ZoneInfo(service.time_zone)).date()
    begun = [
        (shift.name, shift_interval(today - timedelta(days=back), shift.starts, shift.ends, service.time_zone))
        for shift in workplace.shifts(service.pk)
        for back in range(BACK + 1)
    ]
    past = sorted((one for one in begun if one[1].earliest <= now), key=lambda one: one[1].earliest, reverse=True)
    return [(_value(name, times), _said(name, times, now, service.time_zone)) for name, times in past[:4]]


def _value(name: str, times: Interval) -> str:
    return f"{name}|{times.earliest.isoformat()}|{times.latest.isoformat()}"


def _said(name: str, times: Interval, now: datetime, zone: str) -> str:
    place = ZoneInfo(zone)
    start, today = times.earliest.astimezone(place), now.astimezone(place).date()
    apart = (today - start.date()).days
    day = {0: _("today"), 1: _("yesterday")}.get(apart) or dateformat.format(start, "l")
    return _("%(shift)s, began %(day)s %(time)s") % {"shift": name, "day": day, "time": f"{start:%H:%M}"}
