"""Opening a case is itself written down: who read what, and when."""

from datetime import datetime
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write


def note_reading(*, event_id: UUID, by: Viewer, at: datetime) -> None:
    """One entry for each time somebody opens a case."""
    with history.entry():
        write(kind="case.read", by=by, at=at, subject_type="event", subject_id=event_id)
