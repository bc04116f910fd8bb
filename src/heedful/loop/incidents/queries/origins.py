"""Which imports an event came from and was changed by: its row history knows the batch of each version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps

from heedful.loop.incidents.models import Event


@dataclass(frozen=True, slots=True)
class FromBatch:
    """One version of an event that an import brought."""

    batch_id: UUID
    at: datetime
    is_first: bool


def batches_of(event: Event) -> list[FromBatch]:
    """Every import that made or changed this event, oldest first; nothing for one that was told here."""
    if event.batch_id is None:
        return []
    history = apps.get_model("incidents", "EventHistory")
    rows = history.objects.filter(pgh_obj_id=event.pk, organisation_id=event.organisation_id).exclude(batch_id=None)
    found: list[FromBatch] = []
    for batch_id, at in rows.order_by("pgh_id").values_list("batch_id", "pgh_created_at"):
        if not found or found[-1].batch_id != batch_id:
            found.append(FromBatch(batch_id, at, is_first=not found))
    return found
