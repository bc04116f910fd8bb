"""Which reviews and themes a viewer sees at all: what hides an event hides everything that was made of it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from heedful.foundation.access import remembered
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries.kept import is_kept_from_any, kept_when
from heedful.loop.incidents.queries.visible import Looking, looking, visible_when
from heedful.loop.reviews.models import Review, ReviewEvent, Theme, ThemeEvent


def reviews_seen(viewer: Viewer) -> QuerySet[Review]:
    """Reviews all of whose events the viewer may see: the answers are about all of them at once."""
    return Review.objects.filter(pk__in=reviews_when(looking(viewer)))


def themes_seen(viewer: Viewer) -> QuerySet[Theme]:
    """Themes with an event that the viewer may see, or with none yet where the viewer looks after the service.

    Whoever is shut out of one of its events sees nothing of the theme: its very name may be about them.
    """
    return Theme.objects.filter(pk__in=themes_when(looking(viewer)))


def reviews_when(looks: Looking) -> RawSQL:
    """The ids of `reviews_seen`, where the names in doubt have been looked at already."""
    return remembered.within(_reviews, looks)


def themes_when(looks: Looking) -> RawSQL:
    """The ids of `themes_seen`, likewise."""
    return remembered.within(_themes, looks)


def _reviews(looks: Looking) -> QuerySet[Review, Any]:
    viewer = looks.viewer
    ours = Review.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_REVIEW):
        return ours.none()
    rows = ReviewEvent.objects.filter(review=OuterRef("pk"))
    hidden = rows.exclude(event__in=visible_when(looks).values("pk"))
    of_a_theme = Q(theme__in=themes_when(looks))
    return ours.filter(Exists(rows) | of_a_theme).filter(Q(theme__isnull=True) | of_a_theme).exclude(Exists(hidden))


def _themes(looks: Looking) -> QuerySet[Theme, Any]:
    viewer = looks.viewer
    ours = Theme.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_THEME):
        return ours.none()
    inside = ThemeEvent.objects.filter(theme=OuterRef("pk"), left_at__isnull=True)
    shown = inside.filter(event__in=visible_when(looks).values("pk"))
    empty = ours.exclude(Exists(inside)).filter(_reach(viewer))
    ever = ThemeEvent.objects.filter(theme=OuterRef("pk"))
    return ours.filter(Exists(shown) | Q(pk__in=empty)).exclude(
        Exists(ever.filter(event__in=kept_when(looks).values("pk")))
    )


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
    if not viewer.holds(Permission.SEE_REVIEW):
        return False
    about = set(ReviewEvent.objects.filter(review=row).values_list("event_id", flat=True))
    if about and incidents.sees(about, viewer=viewer) != about:
        return False
    return bool(about) if row.theme is None else sees_theme(row.theme, viewer)


def sees_theme(row: Theme, viewer: Viewer) -> bool:
    """`themes_seen` for one row."""
    if not viewer.holds(Permission.SEE_THEME):
        return False
    ever = dict(ThemeEvent.objects.filter(theme=row).order_by("left_at").values_list("event_id", "left_at"))
    inside = [event_id for event_id, left_at in ever.items() if left_at is None]
    if inside:
        shown = bool(incidents.sees(inside, viewer=viewer))
    else:
        shown = viewer.everywhere(Permission.SEE_THEME) or _looks_after(row.service_ids, viewer)
    return shown and not is_kept_from_any(ever, viewer=viewer)


def _looks_after(service_ids: list[UUID], viewer: Viewer) -> bool:
    return not set(viewer.services_for(Permission.SEE_THEME)).isdisjoint(service_ids)


def _reach(viewer: Viewer) -> Q:
    see = Permission.SEE_THEME
    return Q() if viewer.everywhere(see) else Q(service_ids__overlap=list(viewer.services_for(see)))
