"""What waits for a decision where the viewer decides, whoever it is that decides next; and who is affected by what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.models import Assignment, Event, Involved
from heedful.loop.incidents.queries.visible import has_unmatched, visible_to
from heedful.loop.incidents.reports import ALLEGED_SOURCE
from heedful.loop.incidents.rules import WAITING_FOR_A_DECISION

MOST = 500


@dataclass(frozen=True)
class Waiting:
    """One event that waits for a decision, and who decides it by when. No name: nobody inside is free to."""

    event: Event
    decider_id: UUID | None
    decider_name: str
    due_at: datetime
    mine: bool


def waiting_for_decision(viewer: Viewer) -> list[Waiting]:
    """The soonest due first. Imported events never wait for anybody."""
    rows = Assignment.objects.filter(ended_at__isnull=True, event__source="live")
    rows = rows.filter(event__in=decides_about(viewer).values("pk"), event__status__in=WAITING_FOR_A_DECISION)
    found = list(rows.select_related("event", "event__service").order_by("due_at", "id")[:MOST])
    names = workplace.names(row.decider_id for row in found)
    return [
        Waiting(
            row.event,
            row.decider_id,
            names.get(row.decider_id, "") if row.decider_id else "",
            row.due_at,
            row.decider_id == viewer.account_id,
        )
        for row in found
    ]


def decides_about(viewer: Viewer):  # type: ignore[no-untyped-def]
    """Events that the viewer may decide about: seeing a case is not yet having to act on it."""
    if not viewer.holds(Permission.TRIAGE_EVENT):
        return Event.objects.none()
    seen = visible_to(viewer)
    if not viewer.stands_apart:
        # One's own report is read while a name in it is not matched; somebody else decides about it.
        seen = seen.exclude(has_unmatched())
    if viewer.everywhere(Permission.TRIAGE_EVENT):
        return seen
    return seen.filter(service_id__in=viewer.services_for(Permission.TRIAGE_EVENT))


def affecting(person_ids: Iterable[UUID], *, since: datetime) -> set[UUID]:
    """Events since then in which one of these people was affected; not yet what anybody may see."""
    wanted = list(person_ids)
    rows = Involved.objects.filter(person_id__in=wanted, part="affected", event__occurred_from__gte=since)
    return set(rows.values_list("event_id", flat=True)) if wanted else set()


def naming_as_source(ids: Iterable[UUID], *, since: datetime) -> set[UUID]:
    """Likewise those in which one of these, staff or supported, is named as a possible source of harm."""
    wanted = list(ids)
    there = Involved.objects.filter(part=ALLEGED_SOURCE, event__occurred_from__gte=since)
    rows = there.filter(Q(staff_id__in=wanted) | Q(person_id__in=wanted))
    return set(rows.values_list("event_id", flat=True)) if wanted else set()


def affected_by(event_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
    """The people supported who were affected, by event: id and name. For events that the caller has already scoped."""
    rows = Involved.objects.filter(event_id__in=list(event_ids), part="affected", person__isnull=False)
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for event_id, person_id, name in rows.values_list("event_id", "person_id", "person__name"):
        if person_id:
            found[event_id][person_id] = name
    return found
