"""Themes: what belongs together, for a viewer. What they may not see is not counted and not hinted at."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.foundation.search import queries as search
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import rules
from heedful.loop.reviews.models import Review, ReviewEvent, Theme, ThemeEvent
from heedful.loop.reviews.queries import visible
from heedful.loop.reviews.queries.visible import themes_seen

MOST = 500
MOST_HITS = 1_000
NEAR = timedelta(days=90)


@dataclass(frozen=True)
class Subject:
    """What an action, an audit or a verdict is about. The trigger days are the ones that made somebody look."""

    event_ids: tuple[UUID, ...]
    service_ids: tuple[UUID, ...]
    theme_id: UUID | None
    trigger_from: date | None
    trigger_to: date | None
    title: str
    series_key: str = ""
    review_id: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One theme in a list, counted as far as the viewer sees."""

    theme: Theme
    events: int
    owner: str
    services: str


def themes(viewer: Viewer, state: str = "open") -> list[Line]:
    """Themes in view, the newest first."""
    rows = list(themes_seen(viewer).filter(state=state).order_by("-opened_at", "-id")[:MOST])
    counted = Counter(_shown(viewer).filter(theme__in=rows).values_list("theme_id", flat=True))
    owners, places = workplace.names(row.owner_id for row in rows), people.service_names()
    return [Line(row, counted[row.pk], owners.get(row.owner_id, ""), service_words(row, places)) for row in rows]


def themes_in(service_ids: Collection[UUID], *, viewer: Viewer) -> list[Theme]:
    """Every theme in view in any of these services, the newest first."""
    rows = Theme.objects.filter(organisation_id=viewer.organisation_id, service_ids__overlap=list(service_ids))
    return visible.themes_among(rows.order_by("-opened_at", "-id"), viewer)


def service_words(theme: Theme, names: dict[UUID, str] | None = None) -> str:
    """The names of the theme's services."""
    known = names or people.service_names()
    return ", ".join(sorted(known[one] for one in theme.service_ids if one in known))


def owner_of(theme: Theme) -> str:
    return workplace.names([theme.owner_id]).get(theme.owner_id, "")


def mine(viewer: Viewer) -> list[Theme]:
    """Open themes that the viewer owns, those opened again first."""
    rows = Theme.objects.filter(organisation_id=viewer.organisation_id, state="open", owner_id=viewer.account_id)
    return sorted(visible.themes_among(rows, viewer), key=lambda row: (row.reopened_at is None, row.opened_at))


def came_back(viewer: Viewer) -> list[Theme]:
    """Those of the viewer's themes that were opened again and that nobody has looked into since."""
    later = Review.objects.filter(theme=OuterRef("pk"), opened_at__gte=OuterRef("reopened_at"))
    owned = Theme.objects.filter(organisation_id=viewer.organisation_id, state="open", owner_id=viewer.account_id)
    rows = owned.filter(reopened_at__isnull=False).exclude(Exists(later)).order_by("reopened_at")
    return visible.themes_among(rows, viewer)


def themes_of(event_id: UUID, viewer: Viewer) -> list[Theme]:
    """The themes that an event is in."""
    there = ThemeEvent.objects.filter(event_id=event_id, left_at__isnull=True).values("theme")
    rows = Theme.objects.filter(organisation_id=viewer.organisation_id, pk__in=there)
    return visible.themes_among(rows.order_by("opened_at", "id"), viewer)


def theme_events(theme_id: UUID, viewer: Viewer) -> list[Any]:
    """Its events that the viewer may see, oldest first."""
    inside = ThemeEvent.objects.filter(event=OuterRef("pk"), theme_id=theme_id, left_at__isnull=True)
    rows = incidents.visible_to(viewer).filter(Exists(inside)).select_related("service")
    return list(rows.order_by("occurred_from", "id")[:MOST])


def types_in(theme_ids: Collection[UUID], viewer: Viewer) -> dict[UUID, list[str]]:
    """The type of each event in each of these themes, as far as the viewer sees them."""
    found: dict[UUID, list[str]] = {theme_id: [] for theme_id in theme_ids}
    rows = _shown(viewer).filter(theme__in=list(theme_ids)).values_list("theme_id", "event__type")
    for theme_id, type_ in rows.order_by("event__occurred_from", "event_id"):
        found[theme_id].append(type_)
    return found


def near(theme: Theme, viewer: Viewer, words: str = "") -> list[Any]:
    """Events that could join: found by words anywhere in view, else like those in it, from near in time and place."""
    inside = ThemeEvent.objects.filter(event=OuterRef("pk"), theme=theme, left_at__isnull=True)
    rows = incidents.visible_to(viewer).exclude(status="duplicate").exclude(Exists(inside))
    if words.strip():
        rows = rows.filter(pk__in=search.find(words, "event", limit=MOST_HITS))
    else:
        there = theme_events(theme.pk, viewer)
        days = [event.local_date for event in there] or [theme.opened_at.date()]
        rows = _around(rows, there, theme.service_ids, days)
    return list(rows.select_related("service").order_by("-occurred_from", "-id")[:30])


def like(inside: list[Any], viewer: Viewer, words: str = "") -> list[Any]:
    """Events that could be looked at together with these: found by words, else alike and near in time and place."""
    rows = incidents.visible_to(viewer).exclude(status="duplicate").exclude(pk__in=[event.pk for event in inside])
    if words.strip():
        rows = rows.filter(pk__in=search.find(words, "event", limit=MOST_HITS))
    else:
        rows = _around(rows, inside, [event.service_id for event in inside], [event.local_date for event in inside])
    return list(rows.select_related("service").order_by("-occurred_from", "-id")[:30])


def candidates(viewer: Viewer, event_ids: list[UUID]) -> list[Any]:
    """Those of these events that the viewer may see, oldest first."""
    rows = incidents.visible_to(viewer).filter(pk__in=event_ids).select_related("service", "team")
    return list(rows.order_by("occurred_from", "id"))


def subject(*, viewer: Viewer, review_id: UUID | None = None, theme_id: UUID | None = None) -> Subject:
    """What a review or a theme is about, for whoever may see it (Http404 else)."""
    if theme_id is not None:
        return subject_of_theme(visible.theme(theme_id, viewer=viewer))
    if review_id is None:
        raise TypeError("Name a review or a theme.")
    return subject_of_review(visible.review(review_id, viewer=viewer))


def subject_of_theme(theme: Theme) -> Subject:
    """All of a theme, for jobs; pages go through `subject`."""
    rows = ThemeEvent.objects.filter(theme=theme, left_at__isnull=True).order_by("event__occurred_from", "event_id")
    return Subject(
        event_ids=tuple(rows.values_list("event_id", flat=True)),
        service_ids=tuple(theme.service_ids),
        theme_id=theme.pk,
        trigger_from=theme.trigger_from,
        trigger_to=theme.trigger_to,
        title=theme.name,
        series_key=theme.series_key,
    )


def subject_of_review(review: Review) -> Subject:
    """All of a review. One that belongs to a theme looks back on what made somebody open the theme."""
    events = [row.event for row in ReviewEvent.objects.filter(review=review).select_related("event").order_by("id")]
    first, last = rules.window_of([event.local_date for event in events])
    theme = review.theme
    return Subject(
        event_ids=tuple(event.pk for event in events),
        service_ids=tuple(sorted({event.service_id for event in events})),
        theme_id=theme.pk if theme else None,
        trigger_from=theme.trigger_from if theme and theme.trigger_from else first,
        trigger_to=theme.trigger_to if theme and theme.trigger_to else last,
        title=theme.name if theme else events[0].title if events else "",
        series_key=theme.series_key if theme else "",
        review_id=review.pk,
    )


def event_ids_ever_in(theme_id: UUID) -> list[UUID]:
    """Cases that are or were in a theme, whoever looks: for names that a text about it must not hold."""
    return list(ThemeEvent.objects.filter(theme=theme_id).values_list("event_id", flat=True))


def owner_and_services(theme_id: UUID) -> tuple[UUID, list[UUID]] | None:
    """Who owns a theme and where it is, for jobs that tell somebody."""
    return Theme.objects.filter(pk=theme_id).values_list("owner_id", "service_ids").first()


def joinable(viewer: Viewer) -> list[Theme]:
    """Open themes that the viewer may add events to."""
    return [row for row in themes_seen(viewer).filter(state="open").order_by("name") if may_work_on(row, viewer)]


def theme_to_work_on(theme_id: UUID, *, viewer: Viewer) -> Theme:
    """One theme in a service that the viewer looks after, or Http404."""
    row = visible.theme(theme_id, viewer=viewer)
    if not may_work_on(row, viewer):
        raise Http404
    return row


def may_work_on(theme: Theme, viewer: Viewer) -> bool:
    """Does the viewer look after a service of this theme, with the permission to own one?"""
    own = Permission.OWN_THEME
    return viewer.everywhere(own) or bool(viewer.services_for(own) & set(theme.service_ids))


def _around(rows: QuerySet[Any], inside: list[Any], services: list[UUID], days: list[date]) -> QuerySet[Any]:
    """Of the same type or at the same place, not long before or after; of any type while nothing is in it."""
    types = {event.type for event in inside if event.type}
    likely = Q(type__in=types) | Q(place__in={event.place for event in inside if event.place}) if types else Q()
    near_in_time = Q(local_date__gte=min(days) - NEAR, local_date__lte=max(days) + NEAR)
    return rows.filter(near_in_time, likely, service_id__in=services)


def _shown(viewer: Viewer) -> QuerySet[ThemeEvent]:
    seen = incidents.visible_to(viewer).values("pk")
    return ThemeEvent.objects.filter(left_at__isnull=True, event__in=seen)
