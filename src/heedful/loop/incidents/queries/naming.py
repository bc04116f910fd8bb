"""Names that wait to be matched, and who is shut out of which case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import matching
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.models import Event, Involved, ShutOut
from heedful.loop.incidents.queries.visible import unmatched, visible_to


@dataclass(frozen=True)
class ToMatch:
    """A typed name of an alleged source of harm, and the colleagues it may mean."""

    involved_id: UUID
    name: str
    event: Event
    likely: tuple[matching.Colleague, ...]


def names_to_match(viewer: Viewer, *, at: datetime) -> list[ToMatch]:
    """Names for this viewer to match, the oldest first."""
    if not viewer.holds(Permission.MATCH_NAMES):
        return []
    seen = (
        unmatched(Involved.objects.all())
        .filter(event__in=visible_to(viewer).values("pk"))
        .select_related("event", "event__service")
    )
    colleagues = workplace.colleagues(at.date())
    return [
        ToMatch(row.pk, row.name, row.event, tuple(matching.suggestions(row.name, colleagues)))
        for row in seen.order_by("event__recorded_at", "id")[:200]
    ]


def shut_outs(viewer: Viewer) -> list[ShutOut]:
    """Everybody shut out of a case, those in force first; for the independent contact."""
    if not viewer.holds(Permission.LIST_SHUT_OUTS):
        return []
    rows = ShutOut.objects.filter(event__in=visible_to(viewer).values("pk"))
    found = rows.select_related("event", "event__service", "staff").order_by("-named_at", "-id")
    return sorted(found[:500], key=lambda row: row.lifted_at is not None)
