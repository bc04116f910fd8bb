"""Reads of audits. What hides an action or a theme hides its audits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access import remembered
from heedful.foundation.access.narrowing import first_seen
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import local_date, moment
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import queries as actions
from heedful.loop.actions.queries.visible import actions_asked
from heedful.loop.audits import analysis
from heedful.loop.audits.models import Audit, AuditItem, AuditMove
from heedful.loop.audits.rules import State, is_overdue
from heedful.loop.incidents.queries.visible import Looking, looking
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.queries.visible import themes_asked

MOST = 200
END_OF_DAY = time(17, 0)
OPEN = (State.PLANNED, State.DRAWN)


@dataclass(frozen=True)
class Due:
    """An audit with its clock on the wall of its service; `answered` of its sample so far."""

    audit: Audit
    due_at: datetime
    zone: str
    overdue: bool
    answered: int


def audits_seen(viewer: Viewer) -> QuerySet[Audit]:
    """Audits of the actions and themes in view."""
    return Audit.objects.filter(pk__in=remembered.within(_audits, looking(viewer)))


def _audits(looks: Looking) -> QuerySet[Audit, Any]:
    viewer = looks.viewer
    ours = Audit.objects.filter(organisation_id=viewer.organisation_id).values_list("pk")
    if not viewer.holds(Permission.SEE_ACTIONS):
        return ours.none()
    of_an_action = Exists(actions_asked(looks).filter(pk=OuterRef("action_id")))
    of_a_theme = Exists(themes_asked(looks).filter(pk=OuterRef("theme_id")))
    return ours.filter(Q(of_an_action) | Q(of_a_theme, action__isnull=True))


def audits_about(action_ids: Collection[UUID], theme_ids: Collection[UUID]) -> QuerySet[Audit]:
    """The same for actions and themes of which the caller knows already that the viewer sees them."""
    of_a_theme = Q(action__isnull=True, theme_id__in=list(theme_ids))
    return Audit.objects.filter(Q(action_id__in=list(action_ids)) | of_a_theme)


def audit(audit_id: UUID, *, viewer: Viewer) -> Audit:
    """One audit, or Http404: absent and not theirs look the same."""
    row = whole(Audit.objects.filter(organisation_id=viewer.organisation_id, pk=audit_id)).first()
    if row is None or not sees_audit(row, viewer):
        raise Http404
    return row


def sees_audit(row: Audit, viewer: Viewer) -> bool:
    """`audits_seen` for one row."""
    return bool(audits_among([row], viewer))


def audits_among(rows: Iterable[Audit], viewer: Viewer) -> list[Audit]:
    """Those of these rows, with what they are about, that the viewer sees: a few queries for any number."""
    found = list(rows)
    if not found or not viewer.holds(Permission.SEE_ACTIONS):
        return []
    of_actions = {one.pk for one in actions.actions_among({row.action for row in found if row.action}, viewer)}
    alone = {row.theme for row in found if row.theme and not row.action_id}
    of_themes = {one.pk for one in reviews.themes_among(alone, viewer)}
    return [row for row in found if (row.action_id in of_actions if row.action_id else row.theme_id in of_themes)]


def whole(rows: QuerySet[Audit]) -> QuerySet[Audit]:
    """With all that is looked at to judge who sees a row."""
    behind = ("action__lead", "action__deputy", "action__review__theme", "action__theme", "theme")
    return rows.select_related(*behind)


def seen(viewer: Viewer, now: datetime) -> list[Due]:
    """Every open audit in view, the soonest due first."""
    rows = whole(Audit.objects.filter(organisation_id=viewer.organisation_id, state__in=OPEN))
    return with_clocks(first_seen(rows.order_by("due_on", "id"), partial(audits_among, viewer=viewer), MOST), now)


def with_clocks(rows: Iterable[Audit], now: datetime) -> list[Due]:
    """Audits with their clocks on the walls of their services."""
    return [_due(row, now) for row in rows]


def open_until(on: date) -> list[Audit]:
    """Every open audit that is due by then: for reminders, which ask who may know of each."""
    rows = Audit.objects.filter(state__in=OPEN, due_on__lte=on)
    return list(rows.select_related("action__lead", "action__deputy", "theme").order_by("due_on", "id"))


def finished(viewer: Viewer) -> list[Audit]:
    """The last results in view, newest first."""
    return list(audits_seen(viewer).filter(state=State.DONE).order_by("-done_at", "-id")[:30])


def cancelled(viewer: Viewer) -> list[Audit]:
    """Those that two people let go, newest first: they stay to be read."""
    return list(audits_seen(viewer).filter(state=State.CANCELLED).order_by("-cancelled_at", "-id")[:30])


def audits_of(*, viewer: Viewer, action_id: UUID | None = None, theme_id: UUID | None = None) -> list[Audit]:
    """The checks of one action, or of a theme with all its actions, in the order of their days."""
    rows = whole(Audit.objects.filter(organisation_id=viewer.organisation_id))
    if action_id is not None:
        rows = rows.filter(action_id=action_id)
    if theme_id is not None:
        rows = rows.filter(theme_id=theme_id)
    return first_seen(rows.order_by("due_on", "id"), partial(audits_among, viewer=viewer), MOST)


def items_of(row: Audit) -> list[AuditItem]:
    return list(AuditItem.objects.filter(audit=row).order_by("position"))


def item(row: Audit, position: int) -> AuditItem:
    found = AuditItem.objects.filter(audit=row, position=position).first()
    if found is None:
        raise Http404
    return found


def next_open(row: Audit, after: int = 0) -> int | None:
    """The next one without an answer, from this place on and then from the start."""
    places = list(
        AuditItem.objects.filter(audit=row, answer="").order_by("position").values_list("position", flat=True)
    )
    return next((place for place in places if place > after), places[0] if places else None)


def moves_of(row: Audit) -> list[AuditMove]:
    return list(AuditMove.objects.filter(audit=row).order_by("number"))


def result_of(row: Audit) -> analysis.Result:
    """What the answers say, so far or at the end."""
    return analysis.result(AuditItem.objects.filter(audit=row).values_list("answer", flat=True), row.wanted)


def zone_of(row: Audit) -> str:
    service: Any = workplace.service(row.service_ids[0]) if row.service_ids else None
    return str(service.time_zone) if service else "Europe/London"


def _due(row: Audit, now: datetime) -> Due:
    zone = zone_of(row)
    late = is_overdue(State(row.state), row.due_on, local_date(now, zone))
    answered = AuditItem.objects.filter(audit=row).exclude(answer="").count() if row.state == State.DRAWN else 0
    return Due(row, moment(row.due_on, END_OF_DAY, zone), zone, late, answered)
