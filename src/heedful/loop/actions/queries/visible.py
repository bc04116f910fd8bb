"""Which actions a viewer sees at all: what hides a review or a theme hides what was made of it."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions.models import Action, PlanUpdate
from heedful.loop.incidents.queries import Event
from heedful.loop.incidents.queries.kept import kept_from
from heedful.loop.reviews import queries as reviews


def actions_seen(viewer: Viewer) -> QuerySet[Action]:
    """Actions of reviews and themes in view, and those that the viewer leads.

    Whoever leads an action sees the action, not the case. Nobody who is kept from one of its events sees it, not even
    its lead.
    """
    ours = Action.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.holds(Permission.SEE_ACTIONS):
        return ours.none()
    kept = kept_from(viewer).values("pk")
    gone = Event.objects.filter(organisation_id=viewer.organisation_id, removed_at__isnull=False).values("pk")
    away = Q(review__about__event__in=kept) | Q(theme__joined__event__in=kept)
    away |= Q(review__about__event__in=gone) | Q(theme__joined__event__in=gone)
    hidden = Action.objects.filter(away).values("pk")
    return ours.filter(_of_what_they_see(viewer) | leads(viewer)).exclude(pk__in=hidden)


def leads(viewer: Viewer) -> Q:
    """Actions that the viewer leads, or stands in for."""
    return Q(lead__account_id=viewer.account_id) | Q(deputy__account_id=viewer.account_id)


def decides_on(viewer: Viewer) -> QuerySet[Action]:
    """Actions that the viewer agrees, checks and ends: in view with the case, in a service they look after."""
    agree = Permission.AGREE_ACTION
    rows = actions_seen(viewer).filter(_of_what_they_see(viewer))
    if viewer.everywhere(agree):
        return rows
    return rows.filter(service_ids__overlap=list(viewer.services_for(agree)))


def action(action_id: UUID, *, viewer: Viewer) -> Action:
    """One action, or Http404: absent and not theirs look the same."""
    found = actions_seen(viewer).select_related("lead", "deputy", "review", "theme", "finding").filter(pk=action_id)
    row = found.first()
    if row is None:
        raise Http404
    return row


def plan_update(plan_id: UUID, *, viewer: Viewer) -> PlanUpdate:
    """One person's plan that an action must reach, or Http404."""
    seen = actions_seen(viewer).values("pk")
    row = PlanUpdate.objects.filter(pk=plan_id, action__in=seen).select_related("person", "action").first()
    if row is None:
        raise Http404
    return row


def may_decide(row: Action, viewer: Viewer) -> bool:
    return decides_on(viewer).filter(pk=row.pk).exists()


def may_work_on(row: Action, viewer: Viewer) -> bool:
    """Its lead, the deputy, and whoever decides on it."""
    return actions_seen(viewer).filter(leads(viewer), pk=row.pk).exists() or may_decide(row, viewer)


def sees_the_case(row: Action, viewer: Viewer) -> bool:
    """May the viewer be led from this action to what it answers?"""
    return Action.objects.filter(_of_what_they_see(viewer), pk=row.pk).exists()


def _of_what_they_see(viewer: Viewer) -> Q:
    in_reviews = Q(review__in=reviews.reviews_seen(viewer).values("pk"))
    in_themes = Q(review__isnull=True, theme__in=reviews.themes_seen(viewer).values("pk"))
    return in_reviews | in_themes
