"""Which actions a viewer sees at all: what hides a review or a theme hides what was made of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access import remembered
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions.models import Action, PlanUpdate
from heedful.loop.incidents.queries import Event
from heedful.loop.incidents.queries.kept import kept_among, kept_when
from heedful.loop.incidents.queries.visible import Looking, looking
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.queries.visible import made_of, reviews_asked, themes_asked


def actions_seen(viewer: Viewer) -> QuerySet[Action]:
    """Actions of reviews and themes in view, and those that the viewer leads.

    Whoever leads an action sees the action, not the case. Nobody who is kept from one of its events sees it, not even
    its lead.
    """
    return Action.objects.filter(pk__in=remembered.within(actions_asked, looking(viewer)))


def actions_asked(looks: Looking) -> QuerySet[Action, Any]:
    """The ids of `actions_seen`: the events behind each action are asked about, never all the events there are."""
    viewer = looks.viewer
    ours = Action.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_ACTIONS):
        return ours.none()
    gone = Event.objects.filter(organisation_id=viewer.organisation_id, removed_at__isnull=False)
    return ours.filter(_in_view(looks) | leads(viewer)).exclude(made_of(kept_when(looks)) | made_of(gone))


def _in_view(looks: Looking) -> Q:
    in_review = Exists(reviews_asked(looks).filter(pk=OuterRef("review_id")))
    in_theme = Exists(themes_asked(looks).filter(pk=OuterRef("theme_id")))
    return Q(in_review) | Q(in_theme, review__isnull=True)


def _of_what_they_see(looks: Looking) -> QuerySet[Action, Any]:
    return Action.objects.filter(_in_view(looks)).values_list("pk")


def leads(viewer: Viewer) -> Q:
    """Actions that the viewer leads, or stands in for."""
    return Q(lead__account_id=viewer.account_id) | Q(deputy__account_id=viewer.account_id)


def decides_on(viewer: Viewer) -> QuerySet[Action]:
    """Actions that the viewer agrees, checks and ends: in view with the case, in a service they look after."""
    agree = Permission.AGREE_ACTION
    rows = actions_seen(viewer).filter(pk__in=remembered.within(_of_what_they_see, looking(viewer)))
    if viewer.everywhere(agree):
        return rows
    return rows.filter(service_ids__overlap=list(viewer.services_for(agree)))


def action(action_id: UUID, *, viewer: Viewer) -> Action:
    """One action, or Http404: absent and not theirs look the same."""
    ours = Action.objects.filter(organisation_id=viewer.organisation_id)
    row = ours.select_related("lead", "deputy", "review__theme", "theme", "finding").filter(pk=action_id).first()
    if row is None or not sees_action(row, viewer):
        raise Http404
    return row


def plan_update(plan_id: UUID, *, viewer: Viewer) -> PlanUpdate:
    """One person's plan that an action must reach, or Http404."""
    ours = PlanUpdate.objects.filter(organisation_id=viewer.organisation_id)
    row = ours.select_related("person", "action").filter(pk=plan_id).first()
    if row is None or not sees_action(row.action, viewer):
        raise Http404
    return row


def sees_action(row: Action, viewer: Viewer) -> bool:
    """`actions_seen` for one row: its few events are asked about, instead of every event there is."""
    return bool(actions_among([row], viewer))


def actions_among(rows: Iterable[Action], viewer: Viewer) -> list[Action]:
    """Those of these rows, with all that hangs on them, that the viewer sees: a few queries for any number."""
    found = list(rows)
    if not found or not viewer.holds(Permission.SEE_ACTIONS):
        return []
    behind = _events_behind(row.pk for row in found)
    every = set().union(*behind.values())
    gone = Event.objects.filter(pk__in=every, removed_at__isnull=False).values_list("pk", flat=True)
    away = kept_among(every, viewer=viewer) | set(gone)
    there = [row for row in found if behind[row.pk].isdisjoint(away)]
    led = {row.pk for row in there if is_led_by(row, viewer)}
    with_case = {row.pk for row in cases_among((row for row in there if row.pk not in led), viewer)}
    return [row for row in there if row.pk in led | with_case]


def cases_among(rows: Iterable[Action], viewer: Viewer) -> list[Action]:
    """`sees_the_case` for many rows."""
    found = list(rows)
    in_review = {one.pk for one in reviews.reviews_among((row.review for row in found if row.review), viewer)}
    alone = (row.theme for row in found if row.theme and not row.review_id)
    in_theme = {one.pk for one in reviews.themes_among(alone, viewer)}
    return [row for row in found if (row.review_id in in_review if row.review_id else row.theme_id in in_theme)]


def deciding_among(rows: Iterable[Action], viewer: Viewer) -> list[Action]:
    """`decides_on` for many rows."""
    agree = Permission.AGREE_ACTION
    here = viewer.services_for(agree)
    looked_after = [row for row in rows if viewer.everywhere(agree) or not here.isdisjoint(row.service_ids)]
    return cases_among(actions_among(looked_after, viewer), viewer)


def is_led_by(row: Action, viewer: Viewer) -> bool:
    """Does the viewer lead it, or stand in?"""
    accounts = {row.lead.account_id, row.deputy.account_id if row.deputy else None}
    return viewer.account_id in accounts


def may_decide(row: Action, viewer: Viewer) -> bool:
    """`decides_on` for one row."""
    return bool(deciding_among([row], viewer))


def may_work_on(row: Action, viewer: Viewer) -> bool:
    """Its lead, the deputy, and whoever decides on it."""
    return (is_led_by(row, viewer) and sees_action(row, viewer)) or may_decide(row, viewer)


def sees_the_case(row: Action, viewer: Viewer) -> bool:
    """May the viewer be led from this action to what it answers?"""
    return bool(cases_among([row], viewer))


def event_ids_behind(action_id: UUID) -> list[UUID]:
    """Every case that an action was made of, whoever looks: for names that a text about it must not hold."""
    return sorted(_events_behind([action_id])[action_id])


def _events_behind(action_ids: Iterable[UUID]) -> defaultdict[UUID, set[UUID]]:
    """The events of each action's review, and all that ever were in its theme."""
    rows = Action.objects.filter(pk__in=list(action_ids))
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for column in ("review__about__event_id", "theme__joined__event_id"):
        for action_id, event_id in rows.filter(**{f"{column}__isnull": False}).values_list("pk", column):
            found[action_id].add(event_id)
    return found
