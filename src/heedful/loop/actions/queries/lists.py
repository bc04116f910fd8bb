"""Actions in due order: one's own, what waits to be checked, what is late, and those of one event, review or theme."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from heedful.foundation.access.narrowing import first_seen
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import moment
from heedful.loop.actions import policy
from heedful.loop.actions.models import Action, Escalation, Evidence, Extension, PlanUpdate
from heedful.loop.actions.queries.visible import actions_among, actions_seen, deciding_among, leads
from heedful.loop.actions.rules import State, is_overdue
from heedful.loop.reviews import queries as reviews

MOST = 200
END_OF_DAY = time(17, 0)
Keep = Callable[[Sequence[Any]], list[Any]]


@dataclass(frozen=True)
class Due:
    """An action with its clock on the wall of its service."""

    action: Action
    due_at: datetime
    zone: str
    overdue: bool
    outstanding: int


@dataclass(frozen=True)
class Aim:
    """What an action should move, fixed before its first day: what a verdict starts from."""

    action_id: UUID
    organisation_id: UUID
    service_ids: tuple[UUID, ...]
    series_key: str
    direction: str
    target: Decimal
    starts_on: date
    trigger_from: date | None
    trigger_to: date | None
    theme_id: UUID | None
    title: str


def mine(viewer: Viewer, now: datetime) -> list[Due]:
    """Open actions that the viewer leads or stands in for, the soonest due first."""
    return due_list(_ours(viewer).filter(leads(viewer), state=State.AGREED), now, _seen_by(viewer))


def to_check(viewer: Viewer, now: datetime) -> list[Due]:
    """Said to be done, waiting for a second person who may be this viewer; the longest waiting first."""
    rows = _to_decide(viewer).filter(state=State.DONE).exclude(done_by=viewer.account_id).exclude(leads(viewer))
    return due_list(rows.order_by("done_at", "id"), now, _decided_by(viewer))


def overdue(viewer: Viewer, now: datetime) -> list[Due]:
    """Late ones that the viewer decides on, the latest first."""
    rows = _to_decide(viewer).filter(state=State.AGREED, due_on__lte=now.date())
    return [one for one in due_list(rows, now, _decided_by(viewer)) if one.overdue]


def told_it_is_late(viewer: Viewer, now: datetime) -> list[Due]:
    """Late ones about which the viewer was told, and that others lead."""
    told = Escalation.objects.filter(told__contains=[viewer.account_id]).values("action_id")
    rows = _ours(viewer).filter(pk__in=told, state=State.AGREED).exclude(leads(viewer))
    return [one for one in due_list(rows, now, _seen_by(viewer)) if one.overdue]


def open_elsewhere(viewer: Viewer, now: datetime) -> list[Due]:
    """Open ones that others lead, where the viewer decides."""
    rows = _to_decide(viewer).filter(state=State.AGREED).exclude(leads(viewer))
    return due_list(rows, now, _decided_by(viewer))


def ended(viewer: Viewer) -> list[Action]:
    """The last ones in view that were checked or dropped, newest first."""
    rows = actions_seen(viewer).filter(state__in=[State.VERIFIED, State.DROPPED]).select_related("lead")
    return list(rows.order_by("-agreed_at", "-id")[:20])


def actions_of(
    *, viewer: Viewer, event_id: UUID | None = None, review_id: UUID | None = None, theme_id: UUID | None = None
) -> list[Action]:
    """What is changed because of an event, a review or a theme: the oldest first."""
    rows = _ours(viewer)
    if event_id is not None:
        rows = rows.filter(pk__in=_because_of(event_id))
    if review_id is not None:
        rows = rows.filter(review_id=review_id)
    if theme_id is not None:
        rows = rows.filter(theme_id=theme_id)
    return first_seen(_whole(rows).order_by("agreed_at", "id"), _seen_by(viewer), MOST)


def plan_strengths(*, review_id: UUID | None, theme_id: UUID | None, without: UUID | None = None) -> list[str]:
    """How strong the actions of one plan are: all that answer the same review, or the same theme without a review."""
    rows = Action.objects.exclude(state=State.DROPPED)
    rows = rows.filter(review=review_id) if review_id else rows.filter(review__isnull=True, theme=theme_id)
    return [strength for pk, strength in rows.values_list("pk", "strength") if pk != without]


def outcomes(viewer: Viewer) -> list[str]:
    """What is known of each change in view that was aimed at something; "" while nothing was looked at yet."""
    rows = _whole(_ours(viewer).exclude(series_key="").exclude(state=State.DROPPED))
    return [row.known_outcome for row in actions_among(rows, viewer)]


def in_services(service_ids: Iterable[UUID], *, viewer: Viewer) -> list[Action]:
    """Every change in view in any of these services, the newest first."""
    rows = _whole(_ours(viewer).filter(service_ids__overlap=list(service_ids)))
    return actions_among(rows.order_by("-starts_on", "-id"), viewer)


def aims(action_id: UUID | None = None) -> list[Aim]:
    """Every aim that can be counted, or that of one action; for jobs: no viewer, the caller has set the tenant."""
    rows = Action.objects.exclude(series_key="").exclude(state=State.DROPPED).select_related("review__theme", "theme")
    if action_id is not None:
        rows = rows.filter(pk=action_id)
    return [_aim(row) for row in rows.order_by("starts_on", "id")]


def plans_of(action: Action) -> list[PlanUpdate]:
    """Whose care plans it must reach, those outstanding first."""
    rows = PlanUpdate.objects.filter(action=action).select_related("person")
    return sorted(rows, key=lambda row: (row.done_at is not None, row.person.name))


def outstanding(action: Action) -> list[PlanUpdate]:
    return [row for row in plans_of(action) if row.done_at is None]


def extensions_of(action: Action) -> list[Extension]:
    return list(Extension.objects.filter(action=action).order_by("number"))


def evidence_of(action: Action) -> list[Evidence]:
    """All that was shown, the latest first; what was sent back stays."""
    return list(Evidence.objects.filter(action=action).order_by("-number"))


def escalations_of(action: Action) -> list[Escalation]:
    return list(Escalation.objects.filter(action=action).order_by("escalated_at", "id"))


def due_list(rows: QuerySet[Action], now: datetime, keep: Keep = list) -> list[Due]:
    """With clocks and what is outstanding; in due order unless the caller has chosen another."""
    ordered = rows if rows.query.order_by else rows.order_by("due_on", "id")
    waiting = Count("plans", filter=Q(plans__done_at__isnull=True))
    found = first_seen(_whole(ordered).annotate(waiting=waiting), keep, MOST)
    places = _places(found)
    return [_due(row, places.get(row.service_ids[0]) if row.service_ids else None, now) for row in found]


def _ours(viewer: Viewer) -> QuerySet[Action]:
    """Not yet what the viewer sees: for few rows, which are judged when they are found."""
    return Action.objects.filter(organisation_id=viewer.organisation_id)


def _because_of(event_id: UUID) -> set[UUID]:
    """Two look-ups by the event: both in one would go through every action."""
    in_review = Action.objects.filter(review__about__event=event_id)
    in_theme = Action.objects.filter(theme__joined__event=event_id, theme__joined__left_at__isnull=True)
    return {*in_review.values_list("pk", flat=True), *in_theme.values_list("pk", flat=True)}


def _to_decide(viewer: Viewer) -> QuerySet[Action]:
    """Likewise, in the services where the viewer agrees actions."""
    agree = Permission.AGREE_ACTION
    rows = _ours(viewer)
    return rows if viewer.everywhere(agree) else rows.filter(service_ids__overlap=list(viewer.services_for(agree)))


def _whole(rows: QuerySet[Action]) -> QuerySet[Action]:
    """With all that is looked at to judge who sees a row."""
    return rows.select_related("lead", "deputy", "review__theme", "theme")


def _seen_by(viewer: Viewer) -> Keep:
    return partial(actions_among, viewer=viewer)


def _decided_by(viewer: Viewer) -> Keep:
    return partial(deciding_among, viewer=viewer)


def _places(rows: Iterable[Action]) -> dict[UUID, Any]:
    wanted = {row.service_ids[0] for row in rows if row.service_ids}
    return {one: service for one in wanted if (service := policy.first_service([one]))}


def _due(row: Any, service: Any, now: datetime) -> Due:
    zone = service.time_zone if service else "Europe/London"
    late = is_overdue(State(row.state), row.due_on, policy.today(service, now))
    return Due(row, moment(row.due_on, END_OF_DAY, zone), zone, late, row.waiting)


def _aim(row: Action) -> Aim:
    assert row.target is not None  # a series has a target: the table's own rule
    subject = subject_of(row)
    return Aim(
        action_id=row.pk,
        organisation_id=row.organisation_id,
        service_ids=tuple(row.service_ids),
        series_key=row.series_key,
        direction=row.direction,
        target=row.target,
        starts_on=row.starts_on,
        trigger_from=subject.trigger_from,
        trigger_to=subject.trigger_to,
        theme_id=row.theme_id,
        title=row.what_will_differ,
    )


def subject_of(row: Action) -> reviews.Subject:
    """What an action answers, for jobs: a review, or a theme."""
    if row.review is not None:
        return reviews.subject_of_review(row.review)
    assert row.theme is not None  # one of the two: the table's own rule
    return reviews.subject_of_theme(row.theme)


def may_agree(viewer: Viewer, service_ids: Iterable[UUID]) -> bool:
    """Does the viewer look after any of these services, with the permission to agree an action?"""
    agree = Permission.AGREE_ACTION
    return viewer.everywhere(agree) or bool(viewer.services_for(agree) & set(service_ids))
