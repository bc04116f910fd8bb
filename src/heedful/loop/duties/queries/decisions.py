"""Decisions, the separate questions and their clocks. They start from events that the viewer may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.http import Http404

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import queries as workplace
from heedful.loop.duties.models import Classification, FindOut, Triage
from heedful.loop.incidents import queries as incidents

MOST = 200
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Decided:
    """One decision with the names of those who made it, for the story of a case."""

    triage: Triage
    decided_by: str
    agreed_by: str

    @property
    def at(self) -> datetime:
        return self.triage.decided_at

    @property
    def waits(self) -> bool:
        """A lower level than suggested, and nobody has agreed yet."""
        return self.triage.level < self.triage.stands_at


def triages_of(event_id: UUID) -> list[Triage]:
    """Every decision on how serious it is, oldest first. The event came from `incidents.event`."""
    return list(Triage.objects.filter(event_id=event_id).order_by("number"))


def triage_of(event_id: UUID) -> Triage | None:
    """The decision in force."""
    return Triage.objects.filter(event_id=event_id).order_by("-number").first()


def decisions_of(event_id: UUID) -> list[Decided]:
    """Every decision with who made it, oldest first."""
    rows = triages_of(event_id)
    names = workplace.names(one for row in rows for one in (row.decided_by, row.agreed_by))
    return [
        Decided(row, names.get(row.decided_by, ""), names.get(row.agreed_by, "") if row.agreed_by else "")
        for row in rows
    ]


def classifications_of(event_id: UUID) -> list[Classification]:
    """The independent questions as they are answered now."""
    return list(
        Classification.objects.filter(event_id=event_id, superseded_at__isnull=True).order_by("decided_at", "id")
    )


def to_find_out(event_id: UUID) -> list[FindOut]:
    return list(
        FindOut.objects.filter(event_id=event_id, found_at__isnull=True, superseded_at__isnull=True).order_by("due_at")
    )


def found_out(event_id: UUID) -> list[FindOut]:
    """What was found out, oldest first."""
    return list(FindOut.objects.filter(event_id=event_id, found_at__isnull=False).order_by("found_at"))


def duties_due(viewer: Viewer) -> list[Classification]:
    """What was answered with yes or not sure and is not done, where the viewer decides, soonest first."""
    rows = Classification.objects.filter(done_at__isnull=True, superseded_at__isnull=True, due_at__isnull=False)
    return list(_deciding(rows, viewer).order_by("due_at", "id")[:MOST])


def find_outs_due(viewer: Viewer) -> list[FindOut]:
    """Open questions with their clocks, soonest first; each with `decided_by`, who made the decision that asks it."""
    latest = Triage.objects.filter(event_id=OuterRef("event_id")).order_by("-number").values("decided_by")[:1]
    rows = FindOut.objects.filter(found_at__isnull=True, superseded_at__isnull=True)
    rows = rows.annotate(decided_by=Subquery(latest))
    return list(_deciding(rows, viewer).order_by("due_at", "id")[:MOST])


def waiting_for_second_person(viewer: Viewer) -> list[Triage]:
    """Lowered decisions of others that wait for somebody to agree, oldest first."""
    rows = _waiting().exclude(decided_by=viewer.account_id)
    return list(_deciding(rows, viewer).order_by("decided_at", "id")[:MOST])


def waits(triage: Triage) -> bool:
    """Does this decision stand above what its decider chose, until somebody agrees?"""
    return _waiting().filter(pk=triage.pk).exists()


def duty(classification_id: UUID, *, viewer: Viewer) -> Classification:
    """One duty where the viewer decides, or Http404."""
    return _one(Classification.objects.filter(pk=classification_id), viewer)


def question(find_out_id: UUID, *, viewer: Viewer) -> FindOut:
    """One open question where the viewer decides, or Http404."""
    return _one(FindOut.objects.filter(pk=find_out_id), viewer)


def lowered(triage_id: UUID, *, viewer: Viewer) -> Triage:
    """One decision where the viewer decides, or Http404."""
    return _one(Triage.objects.filter(pk=triage_id), viewer)


def overrides(decided_by: UUID, last: int = 40) -> tuple[int, int]:
    """(how many of the last decisions chose another level than suggested, how many there were)."""
    rows = Triage.objects.filter(decided_by=decided_by).order_by("-decided_at").values_list("level", "suggested")[:last]
    return sum(1 for level, suggested in rows if level != suggested), len(rows)


def decided() -> QuerySet[Triage, UUID]:
    """The cases that anybody decided about, for a query of the caller's."""
    return Triage.objects.order_by().values_list("event_id", flat=True)


def levels_of(event_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The level that stands, for events the caller has already scoped."""
    rows = Triage.objects.filter(event_id__in=list(event_ids)).order_by("number").values_list("event_id", "stands_at")
    return dict(rows)


def decisions_in(event_ids: Iterable[UUID]) -> dict[UUID, list[Triage]]:
    """Every decision of these events, oldest first; the caller has scoped them."""
    found: dict[UUID, list[Triage]] = {}
    for row in Triage.objects.filter(event_id__in=list(event_ids)).order_by("number"):
        found.setdefault(row.event_id, []).append(row)
    return found


def decided_between(begin: datetime, end: datetime) -> QuerySet[Triage]:
    """Decisions made between two moments; not yet what anybody may see."""
    return Triage.objects.filter(decided_at__gte=begin, decided_at__lte=end)


def answers_to(kind: str, event_ids: Iterable[UUID]) -> dict[UUID, Classification]:
    """One independent question as it is answered now, for events that the caller has scoped."""
    rows = Classification.objects.filter(event_id__in=list(event_ids), kind=kind, superseded_at__isnull=True)
    return {row.event_id: row for row in rows}


def _waiting() -> QuerySet[Triage]:
    later = Triage.objects.filter(event_id=OuterRef("event_id"), number__gt=OuterRef("number"))
    return Triage.objects.filter(agreed_by__isnull=True, level__lt=F("stands_at")).exclude(Exists(later))


def _one(rows: QuerySet[Row], viewer: Viewer) -> Row:
    found: Row | None = _deciding(rows, viewer).first()
    if found is None:
        raise Http404
    return found


def _deciding(rows: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """Only live events that the viewer decides about; of two reports of the same thing, the one that goes on."""
    there = incidents.decides_about(viewer).filter(source="live").exclude(status="duplicate")
    return rows.filter(event__in=there.values("pk")).select_related("event", "event__service")
