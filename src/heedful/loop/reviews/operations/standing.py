"""A review or a theme under its row lock, for somebody who may do this to it."""

from typing import Any
from uuid import UUID

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import keeping as exits
from heedful.foundation.ledger.keeping import keep
from heedful.foundation.ui.text import tidy
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import queries
from heedful.loop.reviews.hanging import HANGING
from heedful.loop.reviews.models import Review, Theme
from heedful.loop.reviews.refusals import Refused
from heedful.loop.reviews.rules import Move, why_not

LONGEST = 4_000
LONGEST_NAME = 120


def locked_review(review_id: UUID, *, by: Viewer) -> Review:
    """Lock it, or refuse. What the viewer may not see is as absent as what does not exist (Http404)."""
    queries.review(review_id, viewer=by)
    row = Review.objects.select_for_update(of=("self",), no_key=True).select_related("theme").get(pk=review_id)
    for event in queries.events_of(row):
        allow(by, Permission.LEAD_REVIEW, event)
    return row


def check(row: Review, move: Move, field: str) -> None:
    """It can be done with the review as it stands, or a refusal where it was typed."""
    reason = why_not(move, closed=row.closed_at is not None)
    if reason:
        raise Refused(reason, field)


def locked_theme(theme_id: UUID, *, by: Viewer) -> Theme:
    """Lock it, or refuse."""
    queries.theme(theme_id, viewer=by)
    row = Theme.objects.select_for_update(no_key=True).get(pk=theme_id)
    if not queries.may_work_on(row, by):
        raise Refused("This theme belongs to services that you do not look after.")
    return row


def keep_review(row: Review) -> None:
    """What was found in it is kept as long as the review."""
    keep(HANGING, row, *row.findings.all())


def keep_theme(row: Theme) -> None:
    """What went out from it is kept as long as the theme."""
    keep(HANGING, row)
    exits.keep("theme", row.pk, legal_hold=row.legal_hold, retain_from=row.retain_from)


def allow(by: Viewer, permission: Permission, event: Any) -> None:
    """The viewer may do this to the event, or a refusal with its reason."""
    answer = may(by, permission, incidents.subject_of(event))
    if not answer:
        raise Refused(answer.reason)


def said(text: str, missing: str, field: str, *, longest: int = LONGEST) -> str:
    """Typed text, cleaned and short enough; nothing at all is refused with `missing`."""
    clean = brief(text, field, longest=longest)
    if not clean:
        raise Refused(missing, field)
    return clean


def brief(text: str, field: str, *, longest: int = LONGEST) -> str:
    """Typed text, cleaned; it may be empty."""
    clean = tidy(text).text.strip()
    if len(clean) > longest:
        raise Refused(f"This is {len(clean)} characters long and we can keep {longest}. Make it shorter.", field)
    return clean
