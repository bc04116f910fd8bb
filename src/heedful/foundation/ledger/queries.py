"""Reading the ledger: a subject's timeline, with payloads where they have not been erased."""

import json
from collections.abc import Iterable
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
    return timelines([subject_id])[subject_id]


def timelines(subject_ids: Iterable[UUID]) -> dict[UUID, list[Moment]]:
    """The same for several, each for itself."""
    found: dict[UUID, list[Moment]] = {subject_id: [] for subject_id in subject_ids}
    if found:
        entries = Entry.objects.filter(subject_id__in=found).select_related("payload").order_by("sequence")
        for entry in entries:
            found[entry.subject_id].append(_moment(entry))  # type: ignore[index]
    return found


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


def entries_of(kinds: Iterable[str], subject_ids: Iterable[UUID]) -> list[UUID]:
    """The entries of these kinds about these subjects."""
    found = Entry.objects.filter(kind__in=list(kinds), subject_id__in=list(subject_ids))
    return list(found.values_list("pk", flat=True))


def with_entries_of_their_own(subject_ids: Iterable[UUID]) -> set[UUID]:
    """Of these subjects those that somebody did something to: what happened to many at once has no entry of theirs."""
    found = Entry.objects.filter(subject_id__in=list(subject_ids)).order_by()
    return {subject for subject in found.values_list("subject_id", flat=True) if subject is not None}
