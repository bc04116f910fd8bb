"""Who works on a check: not those to whom the case behind it was only shown. They read, and decide nothing."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from heedful.foundation.access.narrowing import first_seen
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries
from heedful.loop.audits.models import Audit
from heedful.loop.incidents import queries as incidents


def may_check(row: Audit, viewer: Viewer) -> bool:
    """Does the viewer, who sees it, draw, answer and finish this check? Where they check practice, in its services."""
    check = Permission.CHECK_PRACTICE
    if not viewer.holds(check):
        return False
    here = viewer.everywhere(check) or not set(viewer.services_for(check)).isdisjoint(row.service_ids)
    return here and not only_reads(row, viewer)


def may_cancel(row: Audit, viewer: Viewer) -> bool:
    """Moving and cancelling is for those who agree actions there."""
    return may_check(row, viewer) and actions.may_agree(viewer, row.service_ids)


def due(viewer: Viewer, now: datetime) -> list[queries.Due]:
    """Open checks that the viewer can do, the soonest due first."""
    return queries.with_clocks(_worked_on(viewer, _candidates(viewer).order_by("due_on", "id")), now)


def to_cancel(viewer: Viewer) -> list[Audit]:
    """Where somebody else asked to cancel, and this viewer may agree."""
    asked = _candidates(viewer).filter(cancel_asked_at__isnull=False).exclude(cancel_asked_by=viewer.account_id)
    rows = _worked_on(viewer, asked.order_by("cancel_asked_at", "id"))
    return [row for row in rows if actions.may_agree(viewer, row.service_ids)]


def only_reads(row: Audit, viewer: Viewer) -> bool:
    """Is all that the viewer sees behind it a case that was shared with them?"""
    if row.action is not None and actions.may_work_on(row.action, viewer):
        return False
    return incidents.only_shared(_events_behind(row), viewer=viewer)


def _candidates(viewer: Viewer) -> QuerySet[Audit]:
    """Open ones where the viewer checks practice; whether they see them is asked about those alone."""
    check = Permission.CHECK_PRACTICE
    if not viewer.holds(check):
        return Audit.objects.none()
    rows = queries.whole(Audit.objects.filter(organisation_id=viewer.organisation_id, state__in=queries.OPEN))
    return rows if viewer.everywhere(check) else rows.filter(service_ids__overlap=list(viewer.services_for(check)))


def _worked_on(viewer: Viewer, rows: QuerySet[Audit]) -> list[Audit]:
    found = first_seen(rows, partial(queries.audits_among, viewer=viewer), queries.MOST)
    return [row for row in found if not only_reads(row, viewer)] if incidents.has_shares(viewer) else found


def _events_behind(row: Audit) -> set[UUID]:
    """Of the review that it comes from, else of the theme as it stands."""
    review = row.action.review if row.action else None
    if review is not None:
        return set(review.about.values_list("event_id", flat=True))
    return set(row.theme.joined.filter(left_at__isnull=True).values_list("event_id", flat=True)) if row.theme else set()
