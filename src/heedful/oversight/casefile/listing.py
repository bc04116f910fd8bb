"""Which cases a list shows: what the viewer may see, narrowed by what they asked for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.foundation.search import queries as search
from heedful.loop.duties import queries as duties
from heedful.loop.incidents import queries as incidents

# A search gives ids of the whole organisation; what the viewer may not see falls out afterwards.
MOST_HITS = 1_000


@dataclass(frozen=True)
class Asked:
    words: str = ""
    service: str = ""
    kind: str = ""
    type: str = ""
    month: str = ""


@dataclass(frozen=True)
class Line:
    """One case in the list."""

    event: object
    level: str


@dataclass(frozen=True)
class Found:
    lines: list[Line]
    older: str | None


def cases(viewer: Viewer, asked: Asked, *, after: str = "") -> Found:
    """One page of cases, newest first. No totals: counting all would cost more than the page."""
    rows = incidents.visible_to(viewer)
    if asked.words:
        rows = rows.filter(pk__in=search.find(asked.words, "event", limit=MOST_HITS))
    if service := _uuid(asked.service):
        rows = rows.filter(service_id=service)
    if asked.kind:
        rows = rows.filter(kinds__contains=[asked.kind])
    if asked.type:
        rows = rows.filter(type=asked.type)
    if month := _month(asked.month):
        rows = rows.filter(local_date__gte=month, local_date__lt=_next(month))
    page = incidents.page_of(rows, after=after)
    levels = duties.levels_of(event.pk for event in page.events)
    return Found([Line(event, levels.get(event.pk, "")) for event in page.events], page.older)


def services(viewer: Viewer) -> list[tuple[str, str]]:
    """The services a viewer can choose from: those where they may see cases."""
    rows = people.services(viewer, Permission.LIST_EVENTS)
    return [(str(pk), name) for pk, name in rows.order_by("name").values_list("id", "name")]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        return None


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
