"""Two reports of one thing, and opening an event again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Assignment, Event, Link
from heedful.loop.incidents.operations import assigning, standing
from heedful.loop.incidents.refusals import Refused
from heedful.loop.incidents.rules import Move, Status, next_status

DUPLICATE = "duplicate"


def link_duplicate(*, event_id: UUID, other_id: UUID, by: Viewer, at: datetime) -> Link:
    """Say that an event is the same thing as another, which goes on in its place. Both stay readable."""
    if event_id == other_id:
        raise Refused("An event cannot be a duplicate of itself.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.CORRECT_EVENT)
        other = queries.event(other_id, viewer=by)
        if other.status == Status.DUPLICATE:
            raise Refused("That one is itself linked to another report. Choose the one that goes on.")
        standing.move(event, next_status(Status(event.status), Move.LINK_DUPLICATE), at=at)
        link, _ = Link.objects.update_or_create(
            organisation_id=event.organisation_id,
            event=event,
            other=other,
            defaults={"kind": DUPLICATE, "linked_by": by.account_id, "linked_at": at},
        )
        Assignment.objects.filter(event=event, ended_at__isnull=True).update(ended_at=at)
        write(
            kind="event.linked",
            by=by,
            at=at,
            subject_type="event",
            subject_id=event.pk,
            payload={"other": other.pk, "number": other.number, "as": DUPLICATE},
        )
    return link


def reopen(*, event_id: UUID, why: str, by: Viewer, at: datetime) -> Event:
    """Open an answered event, or one linked as a duplicate, again: somebody has to decide anew."""
    if not why.strip():
        raise Refused("Say why it is opened again.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.TRIAGE_EVENT)
        standing.move(event, next_status(Status(event.status), Move.REOPEN))
        Link.objects.filter(event=event, kind=DUPLICATE).delete()
        assignment = assigning.assign(event, at=at, why="reopened")
        assigning.wrote(assignment, kind="event.reopened", by=by, at=at, reason=why)
    return event
