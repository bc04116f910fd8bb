"""A review ends, and begins again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.loop.duties import operations as decisions
from heedful.loop.reviews import queries, rules
from heedful.loop.reviews.models import Review
from heedful.loop.reviews.operations import standing
from heedful.loop.reviews.operations.answering import check_current
from heedful.loop.reviews.refusals import Refused


def close_review(*, review_id: UUID, version: int, by: Viewer, at: datetime) -> Review:
    """Finish it. Refused while an answer is missing, or while a person is the only cause that was asked about."""
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        check_current(row, version)
        known = queries.known_to(row, at.date())
        stands = queries.written(row)
        missing = rules.missing(rules.Kind(row.kind), stands, known)
        if missing:
            raise Refused(missing[0].text, step=missing[0].step)
        row.closed_at, row.closed_by = at, by.account_id
        row.individual_only = rules.only_individual(stands, known)
        row.version += 1
        row.save()
        _tell_cases(row)
        standing.keep_review(row)
        payload = {
            "kind": row.kind,
            "events": list(row.about.values_list("event_id", flat=True)),
            "factors": row.factors,
            "weaknesses": row.weaknesses,
            "findings": stands.findings,
            "individual_only": row.individual_only,
            "theme": row.theme_id,
        }
        write(kind="review.closed", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return row


def reopen_review(*, review_id: UUID, why: str, by: Viewer, at: datetime) -> Review:
    """Write on: something more is known, or somebody's words came too late."""
    said = standing.said(why, "Say why you open it again.", "why")
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        standing.check(row, rules.Move.REOPEN, "why")
        reopen(row, why=said, by=by, at=at)
    return row


def reopen(row: Review, *, why: str, by: Actor, at: datetime) -> None:
    """The change itself, under the caller's lock."""
    row.closed_at = row.closed_by = row.individual_only = None
    row.reopened_at, row.reopened_why = at, why
    row.version += 1
    row.save()
    _tell_cases(row)
    standing.keep_review(row)
    events = list(row.about.values_list("event_id", flat=True))
    payload = {"events": events}
    write(kind="review.reopened", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)


def _tell_cases(row: Review) -> None:
    decisions.told_of_review(
        event_ids=list(row.about.values_list("event_id", flat=True)),
        review_id=row.pk,
        organisation_id=row.organisation_id,
        closed_at=row.closed_at,
    )
