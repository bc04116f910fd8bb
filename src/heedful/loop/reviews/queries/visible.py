"""Which reviews and themes a viewer sees at all: what hides an event hides everything that was made of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access import remembered
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries import Event
from heedful.loop.incidents.queries.kept import kept_among, kept_when
from heedful.loop.incidents.queries.visible import Looking, looking, visible_when
from heedful.loop.reviews.models import Review, ReviewEvent, Theme, ThemeEvent


def reviews_seen(viewer: Viewer) -> QuerySet[Review]:
    """Reviews all of whose events the viewer may see: the answers are about all of them at once."""
    return Review.objects.filter(pk__in=remembered.within(reviews_asked, looking(viewer)))


def themes_seen(viewer: Viewer) -> QuerySet[Theme]:
    """Themes with an event that the viewer may see, or with none yet where the viewer looks after the service.

    Whoever is shut out of one of its events sees nothing of the theme: its very name may be about them.
    """
    return Theme.objects.filter(pk__in=remembered.within(themes_asked, looking(viewer)))


def reviews_asked(looks: Looking) -> QuerySet[Review, Any]:
    """The ids of `reviews_seen`: the events of each review are asked about, never all the events there are."""
    viewer = looks.viewer
    ours = Review.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_REVIEW):
        return ours.none()
    rows = ReviewEvent.objects.filter(review=OuterRef("pk"))
    hidden = rows.exclude(_is_one_of(visible_when(looks)))
    of_a_theme = Q(Exists(themes_asked(looks).filter(pk=OuterRef("theme_id"))))
    return ours.filter(Exists(rows) | of_a_theme).filter(Q(theme__isnull=True) | of_a_theme).exclude(Exists(hidden))


def themes_asked(looks: Looking) -> QuerySet[Theme, Any]:
    """The ids of `themes_seen`, likewise."""
    viewer = looks.viewer
    ours = Theme.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_THEME):
        return ours.none()
    ever = ThemeEvent.objects.filter(theme=OuterRef("pk"))
    inside = ever.filter(left_at__isnull=True)
    shown = Q(Exists(inside.filter(_is_one_of(visible_when(looks)))))
    empty = Q(~Exists(inside)) & _reach(viewer)
    return ours.filter(shown | empty).exclude(Exists(ever.filter(_is_one_of(kept_when(looks)))))


def made_of(events: QuerySet[Event, Any]) -> Q:
    """Of a row with a review and a theme: is the review about one of these events, or was it ever in the theme?"""
    there = _is_one_of(events)
    in_review = ReviewEvent.objects.filter(there, review=OuterRef("review_id"))
    in_theme = ThemeEvent.objects.filter(there, theme=OuterRef("theme_id"))
    return Q(Exists(in_review)) | Q(Exists(in_theme))


def _is_one_of(events: QuerySet[Event, Any]) -> Exists:
    """Of a row with an event. As a subquery of its own it would read every event of the organisation."""
    return Exists(events.filter(pk=OuterRef("event_id")))


def review(review_id: UUID, *, viewer: Viewer) -> Review:
    """One review, or Http404: absent and not theirs look the same."""
    ours = Review.objects.filter(organisation_id=viewer.organisation_id)
    found = ours.select_related("theme").filter(pk=review_id).first()
    if found is None or not sees_review(found, viewer):
        raise Http404
    return found


def theme(theme_id: UUID, *, viewer: Viewer) -> Theme:
    """One theme, or Http404."""
    found = Theme.objects.filter(organisation_id=viewer.organisation_id, pk=theme_id).first()
    if found is None or not sees_theme(found, viewer):
        raise Http404
    return found


def sees_review(row: Review, viewer: Viewer) -> bool:
    """`reviews_seen` for one row: its few events are asked about, instead of every event there is."""
    return bool(reviews_among([row], viewer))


def sees_theme(row: Theme, viewer: Viewer) -> bool:
    """`themes_seen` for one row."""
    return bool(themes_among([row], viewer))


def reviews_among(rows: Iterable[Review], viewer: Viewer) -> list[Review]:
    """Those of these rows, with their themes, that the viewer sees: the same number of queries for any number."""
    found = list(rows)
    if not found or not viewer.holds(Permission.SEE_REVIEW):
        return []
    about = _by(ReviewEvent.objects.filter(review__in=found).values_list("review_id", "event_id"))
    shown = incidents.sees(set().union(*about.values()), viewer=viewer)
    themes = {row.pk for row in themes_among({row.theme for row in found if row.theme}, viewer)}
    return [
        row
        for row in found
        if about[row.pk] <= shown and (row.theme_id in themes if row.theme_id else bool(about[row.pk]))
    ]


def themes_among(rows: Iterable[Theme], viewer: Viewer) -> list[Theme]:
    """Likewise for themes."""
    found = list(rows)
    if not found or not viewer.holds(Permission.SEE_THEME):
        return []
    joined = ThemeEvent.objects.filter(theme__in=found)
    ever = _by(joined.values_list("theme_id", "event_id"))
    inside = _by(joined.filter(left_at__isnull=True).values_list("theme_id", "event_id")) if ever else ever
    away = kept_among(set().union(*ever.values()), viewer=viewer)
    shown = incidents.sees(set().union(*inside.values()), viewer=viewer)
    return [
        row
        for row in found
        if not ever[row.pk] & away
        and (bool(inside[row.pk] & shown) if inside[row.pk] else _looks_after(row.service_ids, viewer))
    ]


def _by(pairs: Iterable[tuple[UUID, UUID]]) -> defaultdict[UUID, set[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for owner, event_id in pairs:
        found[owner].add(event_id)
    return found


def _looks_after(service_ids: list[UUID], viewer: Viewer) -> bool:
    see = Permission.SEE_THEME
    return viewer.everywhere(see) or not set(viewer.services_for(see)).isdisjoint(service_ids)


def _reach(viewer: Viewer) -> Q:
    see = Permission.SEE_THEME
    return Q() if viewer.everywhere(see) else Q(service_ids__overlap=list(viewer.services_for(see)))
