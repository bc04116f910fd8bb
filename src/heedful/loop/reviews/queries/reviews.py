"""Reviews of events: which there are, which are due, and what one holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access.decisions import may
from heedful.foundation.access.narrowing import first_seen
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import local_date, moment
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import policy
from heedful.loop.reviews.models import Finding, Review, ReviewEvent
from heedful.loop.reviews.queries import visible
from heedful.loop.reviews.queries.visible import reviews_seen
from heedful.loop.reviews.rules import Known, Written, is_overdue

MOST = 200
END_OF_DAY = time(17, 0)
UTC = "UTC"


@dataclass(frozen=True)
class Due:
    """A review that waits for its lead."""

    review: Review
    title: str
    due_at: datetime | None
    overdue: bool
    mine: bool
    service: str


def review_to_write(review_id: UUID, *, viewer: Viewer) -> Review:
    """One review that the viewer may write in, or Http404: reading a case is not yet looking into it."""
    row = visible.review(review_id, viewer=viewer)
    if not may_write(row, viewer):
        raise Http404
    return row


def may_write(review: Review, viewer: Viewer) -> bool:
    """May the viewer write in a review that they see?"""
    return viewer.holds(Permission.LEAD_REVIEW) and all(
        may(viewer, Permission.LEAD_REVIEW, incidents.subject_of(event)) for event in events_of(review)
    )


def reviews_of(event_id: UUID, viewer: Viewer) -> list[Review]:
    """The reviews of an event that the viewer may see, oldest first."""
    there = ReviewEvent.objects.filter(review=OuterRef("pk"), event_id=event_id)
    rows = Review.objects.filter(Exists(there)).select_related("theme").order_by("opened_at", "id")
    return visible.reviews_among(rows, viewer)


def reviews_of_events(event_ids: list[UUID], viewer: Viewer) -> list[Review]:
    """The reviews of any of these events that the viewer may see, oldest first."""
    there = ReviewEvent.objects.filter(review=OuterRef("pk"), event_id__in=event_ids)
    return list(reviews_seen(viewer).filter(Exists(there)).select_related("theme").order_by("opened_at", "id"))


def reviews_in(service_ids: Collection[UUID], begins: datetime, ends: datetime, *, viewer: Viewer) -> list[Review]:
    """Reviews in view of events in these services or of their themes: open ones, and those closed between."""
    when = Q(closed_at__isnull=True) | Q(closed_at__gte=begins, closed_at__lt=ends)
    there = ReviewEvent.objects.filter(review=OuterRef("pk"), event__service_id__in=service_ids)
    ours = Review.objects.filter(when, organisation_id=viewer.organisation_id)
    rows = ours.filter(Exists(there) | Q(theme__service_ids__overlap=list(service_ids)))
    return visible.reviews_among(rows.select_related("theme").order_by("id"), viewer)


def reviews_of_theme(theme_id: UUID, viewer: Viewer) -> list[Review]:
    """The reviews of a theme that the viewer may see, oldest first."""
    return list(reviews_seen(viewer).filter(theme_id=theme_id).select_related("theme").order_by("opened_at", "id"))


def events_of(review: Review) -> list[Any]:
    """The events that a review is about, oldest first. The review came from `review(...)`, so all may be seen."""
    rows = ReviewEvent.objects.filter(review=review).select_related("event", "event__service", "event__team")
    return [row.event for row in rows.order_by("event__occurred_from", "event_id")]


def findings_of(review: Review) -> list[Finding]:
    """What must change, in the order in which it was found."""
    return list(Finding.objects.filter(review=review, dropped_at__isnull=True).order_by("number"))


def finding(finding_id: UUID, viewer: Viewer) -> Finding | None:
    """One finding of a review that the viewer may see."""
    rows = Finding.objects.filter(pk=finding_id, dropped_at__isnull=True, review__in=reviews_seen(viewer).values("pk"))
    return rows.select_related("review").first()


def must_change(review: Review) -> list[str]:
    """What must change, in the words of the review: each finding, or the one answer of a reflection."""
    found = [row.text for row in findings_of(review)]
    return found or [said for said in [review.what_must_change.strip()] if said]


def due(viewer: Viewer, now: datetime | None = None) -> list[Due]:
    """Reviews that the viewer leads and that are still open, the soonest first."""
    ours = Review.objects.filter(organisation_id=viewer.organisation_id, closed_at__isnull=True)
    rows = _no_double(ours.filter(lead_id=viewer.account_id)).select_related("theme")
    led = first_seen(rows.order_by("due_on", "opened_at", "id"), partial(visible.reviews_among, viewer=viewer), MOST)
    return _waiting_rows(led, viewer, now)


def waiting(viewer: Viewer, now: datetime | None = None) -> list[Due]:
    """Every open review that the viewer may see, whoever leads it, the soonest first."""
    return _waiting(_open(viewer), viewer, now)


def late(on: date) -> list[tuple[Review, list[Any]]]:
    """Every open review whose day is over, with its events: for reminders, which ask who may know of each."""
    rows = _no_double(Review.objects.filter(closed_at__isnull=True, due_on__lt=on))
    return _with_events(list(rows.select_related("theme").order_by("due_on", "id")))


def done(viewer: Viewer, last: int = 20) -> list[Due]:
    """The reviews closed last."""
    rows = reviews_seen(viewer).filter(closed_at__isnull=False).select_related("theme").order_by("-closed_at", "-id")
    return _waiting_rows(list(rows[:last]), viewer, None)


def titles(reviews: Iterable[Review]) -> dict[UUID, str]:
    """What each review is about, in a few words: its theme, or its first event."""
    found = list(reviews)
    return {row.pk: _title(row, events) for row, events in _with_events(found)}


def individual_share(viewer: Viewer) -> tuple[int, int]:
    """(closed reviews in which only persons were given as the cause, all closed reviews), of those in view."""
    closed = reviews_seen(viewer).filter(closed_at__isnull=False)
    return closed.filter(individual_only=True).count(), closed.count()


def written(review: Review) -> Written:
    """The review as the rules look at it."""
    return Written(
        what_happened=review.what_happened,
        why=review.why,
        what_made_it_likely=review.what_made_it_likely,
        beneath=review.beneath,
        what_must_change=review.what_must_change,
        factors=frozenset(review.factors),
        findings=Finding.objects.filter(review=review, dropped_at__isnull=True).count(),
    )


def known_to(review: Review, on: date) -> Known:
    """Whom an answer of this review could name."""
    return policy.known_to(events_of(review), on)


def _open(viewer: Viewer) -> QuerySet[Review]:
    return _no_double(reviews_seen(viewer).filter(closed_at__isnull=True))


def _no_double(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Of two reports of the same thing, the one that goes on."""
    double = ReviewEvent.objects.filter(review=OuterRef("pk"), event__status="duplicate")
    single = ReviewEvent.objects.filter(review=OuterRef("pk")).exclude(event__status="duplicate")
    return rows.exclude(Exists(double) & ~Exists(single))


def _waiting(rows: QuerySet[Review], viewer: Viewer, now: datetime | None) -> list[Due]:
    ordered = rows.select_related("theme").order_by("due_on", "opened_at", "id")
    return _waiting_rows(list(ordered[:MOST]), viewer, now)


def _waiting_rows(rows: list[Review], viewer: Viewer, now: datetime | None) -> list[Due]:
    return [_due(row, events, viewer, now) for row, events in _with_events(rows)]


def _due(row: Review, events: list[Any], viewer: Viewer, now: datetime | None) -> Due:
    zone = events[0].service.time_zone if events else UTC
    due_at = moment(row.due_on, END_OF_DAY, zone) if row.due_on else None
    late = now is not None and is_overdue(row.due_on, today=local_date(now, zone))
    names = sorted({event.service.name for event in events})
    return Due(row, _title(row, events), due_at, late, row.lead_id == viewer.account_id, ", ".join(names))


def _with_events(rows: list[Review]) -> list[tuple[Review, list[Any]]]:
    found: dict[UUID, list[Any]] = {row.pk: [] for row in rows}
    about = ReviewEvent.objects.filter(review__in=rows).select_related("event", "event__service")
    for one in about.order_by("event__occurred_from", "event_id"):
        found[one.review_id].append(one.event)
    return [(row, found[row.pk]) for row in rows]


def _title(row: Review, events: list[Any]) -> str:
    if row.theme:
        return str(row.theme.name)
    return str(events[0].title) if events else ""
