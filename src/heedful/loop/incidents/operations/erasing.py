"""Erasing a whole case that has been kept for long enough: one person asks, a second one agrees."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger.models import Erasure
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries.retention import may_go
from heedful.loop.incidents.refusals import NotAllowed, Refused

HELD = "This case is not closed, or something in it is under a legal hold. It cannot be erased now."


def ask_to_erase_case(*, event_id: UUID, by: Viewer, at: datetime) -> Erasure:
    """The first of the two. The caller knows that its time is over; a hold or a part that goes on is refused here."""
    with transaction.atomic():
        _allowed(event_id, by)
        return ledger.ask(subject_type="event", subject_id=event_id, why="time_is_up", names=[], by=by, at=at)


def agree_to_erase_case(*, event_id: UUID, by: Viewer, at: datetime) -> None:
    """The second: from here on it cannot be undone."""
    with transaction.atomic():
        _allowed(event_id, by)
        asked = ledger.asked_for(event_id)
        if asked is None:
            raise Refused("Nobody has asked for this.")
        ledger.agree(erasure=asked, by=by, at=at)


def _allowed(event_id: UUID, by: Viewer) -> None:
    if not by.holds(Permission.ERASE):
        raise NotAllowed("Your role does not do this.")
    # Whoever is kept away from a case does not learn here that it exists.
    if not may_go(by).filter(pk=event_id).exists():
        raise Refused(HELD)
    Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
