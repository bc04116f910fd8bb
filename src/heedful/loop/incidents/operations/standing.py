"""An event under its row lock, for somebody who may do this to it; and its next status."""

from datetime import date, datetime
from uuid import UUID

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import keeping as exits
from heedful.foundation.files import keeping as files
from heedful.foundation.policies import local_date
from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Event, Involved, Reporter, Version
from heedful.loop.incidents.refusals import NotAllowed
from heedful.loop.incidents.rules import CLOSED, Status


def locked(event_id: UUID, *, by: Viewer, permission: Permission) -> Event:
    """Lock the event, or refuse. What the viewer may not see is as absent as what does not exist (Http404)."""
    queries.event(event_id, viewer=by)
    event = Event.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=event_id)
    answer = may(by, permission, queries.subject_of(event))
    if not answer:
        raise NotAllowed(answer.reason)
    return event


def locked_own(event_id: UUID, *, by: Viewer) -> Event | None:
    """Lock the event if `by` is its reporter; None if somebody else is."""
    queries.event(event_id, viewer=by)
    if not Reporter.objects.filter(event_id=event_id, account_id=by.account_id).exists():
        return None
    return Event.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=event_id)


def move(event: Event, status: Status, *, at: datetime | None = None) -> None:
    """Closed, it is kept from that day on for as long as the policy says; opened again, that day is not known yet."""
    event.status = status
    if status in CLOSED:
        if at is None:
            raise ValueError("A case is closed at a moment: the time it is kept runs from then.")
        _keep_from(event, local_date(at, event.service.time_zone))
    elif event.retain_from is not None:
        _keep_from(event, None)
    event.save(update_fields=["status", "retain_from"])


def _keep_from(event: Event, day: date | None) -> None:
    event.retain_from = day
    Involved.objects.filter(event=event).update(retain_from=day)
    Version.objects.filter(event=event).update(retain_from=day)
    files.keep("event", event.pk, retain_from=day)
    exits.keep("event", event.pk, retain_from=day)


def changed(event: Event, at: datetime) -> None:
    """Count one more version of the event."""
    event.version += 1
    event.save(update_fields=["version"])
