"""A legal hold on a case: while it stands, nothing of it is erased, whatever time is up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import keeping as exits
from heedful.foundation.files import keeping as files
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy
from heedful.loop.incidents.checks import LONGEST_REASON
from heedful.loop.incidents.models import Event, Involved, Version
from heedful.loop.incidents.operations import standing
from heedful.loop.incidents.refusals import Refused


def hold_case(*, event_id: UUID, why: str, by: Viewer, at: datetime) -> Event:
    """Keep the case whatever happens: a claim, an inquest, an inquiry."""
    return _set(event_id, True, why, by, at)


def lift_hold(*, event_id: UUID, why: str, by: Viewer, at: datetime) -> Event:
    """The ordinary times count again."""
    return _set(event_id, False, why, by, at)


def _set(event_id: UUID, held: bool, why: str, by: Viewer, at: datetime) -> Event:
    said = tidy(why).text.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Refused("Say why in a few words. The reason is kept.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.HOLD)
        if event.legal_hold is held:
            raise Refused("It is kept already." if held else "There is no hold on it.")
        event.legal_hold = held
        event.save(update_fields=["legal_hold"])
        Involved.objects.filter(event=event).update(legal_hold=held)
        Version.objects.filter(event=event).update(legal_hold=held)
        files.keep("event", event.pk, legal_hold=held)
        exits.keep("event", event.pk, legal_hold=held)
        kind = "case.held" if held else "case.hold_lifted"
        write(kind=kind, by=by, at=at, subject_type="event", subject_id=event.pk, payload={"why": said})
    return event
