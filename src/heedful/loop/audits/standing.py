"""Who works on a check: not those to whom the case behind it was only shown. They read, and decide nothing."""

from datetime import datetime
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries
from heedful.loop.audits.models import Audit
from heedful.loop.incidents import queries as incidents


def may_check(row: Audit, viewer: Viewer) -> bool:
    """Does the viewer draw, answer and finish this check?"""
    return queries.may_check(row, viewer) and not only_reads(row, viewer)


def due(viewer: Viewer, now: datetime) -> list[queries.Due]:
    """Open checks that the viewer can do, the soonest due first."""
    found = queries.due(viewer, now)
    return [one for one in found if not only_reads(one.audit, viewer)] if incidents.has_shares(viewer) else found


def only_reads(row: Audit, viewer: Viewer) -> bool:
    """Is all that the viewer sees behind it a case that was shared with them?"""
    if row.action is not None and actions.may_work_on(row.action, viewer):
        return False
    return incidents.only_shared(_events_behind(row), viewer=viewer)


def _events_behind(row: Audit) -> set[UUID]:
    """Of the review that it comes from, else of the theme as it stands."""
    review = row.action.review if row.action else None
    if review is not None:
        return set(review.about.values_list("event_id", flat=True))
    return set(row.theme.joined.filter(left_at__isnull=True).values_list("event_id", flat=True)) if row.theme else set()
