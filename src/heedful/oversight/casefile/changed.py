"""What is changed because of a case: its actions and their checks, and what the ledger says of them."""

from collections.abc import Mapping
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
    # Whoever sees an action sees its checks.
    checks = list(audits.audits_about([row.pk for row in rows], ()).order_by("due_on", "id")) if rows else []
    return {"changed": [Changed(row, [one for one in checks if one.action_id == row.pk]) for row in rows]}


def moments(shown: Mapping[str, Any]) -> list[ledger.Moment]:
    """What was done in the actions and checks that `of` found, for the timeline of one case."""
    checks = {audit.pk for one in shown["changed"] for audit in one.audits}
    entries = ledger.timelines([*(one.action.pk for one in shown["changed"]), *checks])
    return [
        moment
        for pk, found in entries.items()
        for moment in found
        if pk not in checks or moment.kind != "audit.answered"
    ]
