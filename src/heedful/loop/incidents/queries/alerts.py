"""Where somebody may not be safe, for whoever is on duty and may not read the report: a place, a time, a number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries.visible import is_shut_out

NOT_SAFE_HERE = "event.not_safe_here"
SHOWN_FOR = timedelta(days=2)


@dataclass(frozen=True)
class NotSafe:
    """No word of the report."""

    service: str
    on_call: str
    zone: str
    told_at: datetime


def not_safe(viewer: Viewer, now: datetime) -> list[NotSafe]:
    """What this viewer was alerted to, the newest first; never where they are named since."""
    told = notices.alerted(viewer.account_id, NOT_SAFE_HERE, now - SHOWN_FOR)
    rows = Event.objects.filter(pk__in=told, organisation_id=viewer.organisation_id, removed_at__isnull=True)
    found = rows.exclude(is_shut_out(viewer)).select_related("service")
    places = [
        NotSafe(one.service.name, one.service.on_call_number, one.service.time_zone, told[one.pk]) for one in found
    ]
    return sorted(places, key=lambda one: one.told_at, reverse=True)
