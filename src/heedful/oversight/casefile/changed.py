"""What is changed because of a case: its actions and their checks, and what the ledger says of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import queries as ledger
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits


@dataclass(frozen=True)
class Changed:
    """One action of the case with its checks, in the order of their days."""

    action: Any
    audits: list[Any]


def of(event_id: UUID, viewer: Viewer) -> dict[str, Any]:
    """The section of a case."""
    rows = actions.actions_of(event_id=event_id, viewer=viewer)
    return {"changed": [Changed(row, audits.audits_of(action_id=row.pk, viewer=viewer)) for row in rows]}


def moments(event_id: UUID, viewer: Viewer) -> list[ledger.Moment]:
    """What was done in actions and checks that the viewer may see, for the timeline of one case."""
    found = []
    for row in actions.actions_of(event_id=event_id, viewer=viewer):
        found += ledger.timeline(row.pk)
        for one in audits.audits_of(action_id=row.pk, viewer=viewer):
            found += [moment for moment in ledger.timeline(one.pk) if moment.kind != "audit.answered"]
    return found
