"""Closed cases by how long they have been kept. Nothing follows from this by itself: people decide what is erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.policies import Harm
from heedful.loop.incidents.models import Event, Involved
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.queries.visible import is_shut_out, visible_to

_GRAVE = (Harm.SEVERE.value, Harm.FATAL.value)


@dataclass(frozen=True)
class Closed:
    """A case that is kept since a day: no more than what somebody may know who reads no cases."""

    id: UUID
    reference: str
    service: str
    nation: str
    since: date
    complaint: bool
    grave_harm: bool
    imported: bool


@dataclass(frozen=True)
class LastDays:
    """In one nation: a case of each kind that ended on this day or before has been kept for long enough."""

    incident: date
    complaint: date
    serious: date


def over(viewer: Viewer, last_days: Mapping[str, LastDays]) -> QuerySet[Event]:
    """Cases whose own time is over by what they say themselves, the oldest first; a decision may make it longer."""
    due = Q(pk__in=[])
    for nation, days in last_days.items():
        rule = Q(service__nation=nation, retain_from__lte=days.incident)
        rule &= ~Q(kinds__contains=["complaint"]) | Q(retain_from__lte=days.complaint)
        due |= rule & (~(Q(harm_body__in=_GRAVE) | Q(harm_mind__in=_GRAVE)) | Q(retain_from__lte=days.serious))
    return may_go(viewer).filter(due).select_related("service").order_by("retain_from", "id")


def after(rows: QuerySet[Event], last: tuple[date, UUID] | None) -> QuerySet[Event]:
    """The rest of a list by day and id."""
    if last is None:
        return rows
    return rows.filter(retain_from__gte=last[0]).exclude(retain_from=last[0], id__lte=last[1])


def may_go(viewer: Viewer) -> QuerySet[Event]:
    """Closed cases that are not erased yet, that no legal hold keeps and that the viewer is not shut out of."""
    ours = Event.objects.filter(organisation_id=viewer.organisation_id, removed_at__isnull=True)
    erased = ledger.erased("event").values("subject_id")
    return ours.filter(retain_from__isnull=False).exclude(pk__in=erased).exclude(_held()).exclude(is_shut_out(viewer))


def is_held(event_id: UUID) -> bool:
    """The case, or somebody who had a part in it."""
    return Event.objects.filter(_held(), pk=event_id).exists()


def titles(viewer: Viewer, ids: list[UUID]) -> dict[UUID, str]:
    """What those of them are called that the viewer may read."""
    rows: QuerySet[Event] = visible_to(viewer).filter(pk__in=ids)
    return {event.pk: event.title for event in rows}


def _held() -> Q:
    """The case itself, or somebody who had a part in it."""
    parts = Involved.objects.filter(event=OuterRef("pk"))
    held = Q(legal_hold=True) | Q(person__legal_hold=True) | Q(staff__legal_hold=True)
    return Q(legal_hold=True) | Q(Exists(parts.filter(held)))


def closed(event: Event) -> Closed:
    """One of them, as far as anybody may know it."""
    if event.retain_from is None:
        raise ValueError("Only a closed case is kept since a day.")
    return Closed(
        id=event.pk,
        reference=reference_for(event.number),
        service=event.service.name,
        nation=event.service.nation,
        since=event.retain_from,
        complaint="complaint" in event.kinds,
        grave_harm=event.harm_body in _GRAVE or event.harm_mind in _GRAVE,
        imported=event.source == "history",
    )
