"""What belongs to one event. The event itself came from `event(...)`, so the viewer may see these."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import words
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.models import Assignment, Event, Informed, Involved, Link, Question, Reporter, Version
from heedful.loop.incidents.queries.visible import visible_to


@dataclass(frozen=True)
class Shown:
    """Somebody with a part in the event. `to_match`: a name that nobody has matched to a colleague yet."""

    id: UUID
    part: str
    part_label: str
    name: str
    person_id: UUID | None
    staff_id: UUID | None
    to_match: bool


def involved_in(event: Event) -> list[Shown]:
    """Everybody with a part, in the order they were named."""
    rows = Involved.objects.filter(event=event).select_related("person", "staff").order_by("id")
    parts = words.terms("parts", on=event.recorded_at.date())
    return [
        Shown(
            id=row.pk,
            part=row.part,
            part_label=_(parts.label(row.part)),
            name=(row.person or row.staff or row).name,
            person_id=row.person_id,
            staff_id=row.staff_id,
            to_match=not row.matched,
        )
        for row in rows
    ]


def informed_of(event: Event) -> list[tuple[str, str, datetime | None]]:
    """(who, name, when) of everybody who was told."""
    rows = Informed.objects.filter(event=event).order_by("told_at", "id")
    informed = words.terms("informed", on=event.recorded_at.date())
    return [(_(informed.label(row.who)), row.name, row.told_at) for row in rows]


def informed_codes(event: Event) -> frozenset[str]:
    """The codes of everybody who was told."""
    return frozenset(Informed.objects.filter(event=event).values_list("who", flat=True))


def versions_of(event: Event) -> list[Version]:
    """The event as it stood after each change, the original first; empty while nothing was changed."""
    return list(Version.objects.filter(event=event).order_by("number"))


def questions_of(event: Event) -> list[Question]:
    """What was asked back, oldest first."""
    return list(Question.objects.filter(event=event).order_by("asked_at"))


def names_in(event_id: UUID) -> list[str]:
    """Every name that a case holds, of whoever told us too. Only ever to look for in a text, never to show."""
    rows = Involved.objects.filter(event_id=event_id).values_list("name", "person__name", "staff__name")
    found = [name for row in rows for name in row]
    found += Informed.objects.filter(event_id=event_id).values_list("name", flat=True)
    found += Reporter.objects.filter(event_id=event_id).values_list("name", flat=True)
    return [name for name in found if name]


def links_of(event: Event, *, viewer: Viewer) -> list[Link]:
    """Links to and from other events that the viewer may see as well."""
    seen = visible_to(viewer).values("pk")
    forward = Link.objects.filter(event=event, other__in=seen)
    back = Link.objects.filter(other=event, event__in=seen)
    return list((forward | back).select_related("event", "other").order_by("linked_at"))


@dataclass(frozen=True)
class Deciding:
    """Who decides next about an event, by when; `outside` when nobody inside is free of conflict."""

    decider_id: UUID | None
    name: str
    role: str
    due_at: datetime
    outside: workplace.Outside | None


def assignment_of(event: Event) -> Deciding | None:
    """Who decides next; None when nothing waits for a decision."""
    row = Assignment.objects.filter(event=event, ended_at__isnull=True).first()
    if row is None:
        return None
    name = workplace.names([row.decider_id]).get(row.decider_id, "") if row.decider_id else ""
    outside = None if row.decider_id else workplace.outside(event.service_id)
    return Deciding(row.decider_id, name, row.role, row.due_at, outside)
