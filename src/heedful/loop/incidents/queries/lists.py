"""Lists of events: newest first, by key and without totals, so that page 500 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.lookups import LessThan
from django.http import Http404

from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents.models import Assignment, Event, Question
from heedful.loop.incidents.queries.visible import visible_to

PER_PAGE = 25
Key = tuple[datetime, UUID]


@dataclass(frozen=True)
class Page:
    """Some events in order, and the key to ask for older ones with; None when there are none."""

    events: Sequence[Event]
    older: str | None


def page_of(events: QuerySet[Event], *, after: str = "", size: int = PER_PAGE) -> Page:
    """The newest events, or those after a key from the page before. A key that cannot be read starts at the top."""
    ordered = events.order_by("-occurred_from", "-id")
    key = _read(after)
    if key:
        ordered = ordered.filter(LessThan(_row(F("occurred_from"), F("id")), _row(Value(key[0]), Value(key[1]))))
    found = list(ordered.select_related("service")[: size + 1])
    return Page(found[:size], _key(found[size - 1]) if len(found) > size else None)


def my_reports(viewer: Viewer) -> QuerySet[Event]:
    """What the viewer told us themselves, newest first."""
    own = visible_to(viewer).filter(reporter__account_id=viewer.account_id)
    return own.select_related("service").order_by("-recorded_at", "-id")


def own_event(event_id: UUID, *, viewer: Viewer) -> Event:
    """One of the viewer's own reports that they may still see, or Http404."""
    found = my_reports(viewer).filter(pk=event_id).first()
    if found is None:
        raise Http404
    return found


def my_questions(viewer: Viewer) -> list[Question]:
    """Questions about the viewer's own reports that wait for their answer, oldest first."""
    rows = Question.objects.filter(answered_at__isnull=True, event__in=my_reports(viewer).values("pk"))
    return list(rows.select_related("event").order_by("asked_at"))


def to_decide(viewer: Viewer, *, most: int = 500) -> list[Assignment]:
    """Events that wait for this viewer's decision, the soonest due first."""
    return list(_to_decide(viewer).select_related("event", "event__service").order_by("due_at", "id")[:most])


def count_to_decide(viewer: Viewer, *, by: datetime) -> int:
    """How many are due by then."""
    return _to_decide(viewer).filter(due_at__lte=by).count()


def _to_decide(viewer: Viewer) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(decider_id=viewer.account_id, ended_at__isnull=True)
    return rows.filter(Exists(visible_to(viewer).filter(pk=OuterRef("event_id"))))


def _row(*parts: F | Value) -> Func:
    """`ROW(a, b)`: one comparison of both, which an index on both answers."""
    return Func(*parts, function="ROW", output_field=TextField())


def _key(event: Event) -> str:
    return f"{event.occurred_from.timestamp():.6f}_{event.pk}"


def _read(text: str) -> Key | None:
    moment, _, found = text.partition("_")
    try:
        return datetime.fromtimestamp(float(moment), tz=UTC), UUID(found)
    except (ValueError, OverflowError, OSError):
        return None
