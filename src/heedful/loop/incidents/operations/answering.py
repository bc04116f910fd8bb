"""The end of a case, as far as events know it."""

from datetime import datetime
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import standing
from heedful.loop.incidents.rules import Move, Status, next_status


def answered(*, event_id: UUID, by: Viewer, at: datetime) -> Event:
    """The event is answered. Part of the operation that checked that it may be, which writes the ledger entry."""
    event = standing.locked(event_id, by=by, permission=Permission.TRIAGE_EVENT)
    standing.move(event, next_status(Status(event.status), Move.ANSWER), at=at)
    return event
