"""Reading the ledger: a subject's timeline, with payloads where they have not been erased."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.ledger.models import Entry


@dataclass(frozen=True)
class Moment:
    """One line of a timeline."""

    id: UUID
    sequence: int
    kind: str
    at: datetime
    actor_id: UUID | None
    policy_version: str
    payload: dict[str, Any]
    erased: bool


def timeline(subject_id: UUID) -> list[Moment]:
    """All that happened to one subject, oldest first."""
    entries = Entry.objects.filter(subject_id=subject_id).select_related("payload").order_by("sequence")
    return [_moment(entry) for entry in entries]


def _moment(entry: Entry) -> Moment:
    body = entry.payload.body
    return Moment(
        id=entry.id,
        sequence=entry.sequence,
        kind=entry.kind,
        at=entry.at,
        actor_id=entry.actor_id,
        policy_version=entry.policy_version,
        payload=json.loads(bytes(body)) if body is not None else {},
        erased=body is None,
    )
