"""Which reviews and themes a viewer sees at all: what hides an event hides everything that was made of it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries.kept import kept_from
from heedful.loop.reviews.models import Review, ReviewEvent, Theme, ThemeEvent


def reviews_seen(viewer: Viewer) -> QuerySet[Review]:
    """Reviews all of whose events the viewer may see: the answers are about all of them at once."""
    ours = Review.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.holds(Permission.SEE_REVIEW):
        return ours.none()
    rows = ReviewEvent.objects.filter(review=OuterRef("pk"))
    hidden = rows.exclude(event__in=incidents.visible_to(viewer).values("pk"))
    of_a_theme = Q(theme__in=themes_seen(viewer).values("pk"))
    return ours.filter(Exists(rows) | of_a_theme).filter(Q(theme__isnull=True) | of_a_theme).exclude(Exists(hidden))


def themes_seen(viewer: Viewer) -> QuerySet[Theme]:
    """Themes with an event that the viewer may see, or with none yet where the viewer looks after the service.

    Whoever is shut out of one of its events sees nothing of the theme: its very name may be about them.
    """
    ours = Theme.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.holds(Permission.SEE_THEME):
        return ours.none()
    inside = ThemeEvent.objects.filter(theme=OuterRef("pk"), left_at__isnull=True)
    shown = inside.filter(event__in=incidents.visible_to(viewer).values("pk"))
    empty = ours.exclude(Exists(inside)).filter(_reach(viewer)).values("pk")
    ever = ThemeEvent.objects.filter(theme=OuterRef("pk"))
    return ours.filter(Exists(shown) | Q(pk__in=empty)).exclude(
        Exists(ever.filter(event__in=kept_from(viewer).values("pk")))
    )


def review(review_id: UUID, *, viewer: Viewer) -> Review:
    """One review, or Http404: absent and not theirs look the same."""
    found = reviews_seen(viewer).select_related("theme").filter(pk=review_id).first()
    if found is None:
        raise Http404
    return found


def theme(theme_id: UUID, *, viewer: Viewer) -> Theme:
    """One theme, or Http404."""
    found = themes_seen(viewer).filter(pk=theme_id).first()
    if found is None:
        raise Http404
    return found


def _reach(viewer: Viewer) -> Q:
    see = Permission.SEE_THEME
    return Q() if viewer.everywhere(see) else Q(service_ids__overlap=list(viewer.services_for(see)))
