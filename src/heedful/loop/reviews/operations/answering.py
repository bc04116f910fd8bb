"""Writing in a review: answers, what played a part, what must change. Two people at once lose nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.policies import taxonomy
from heedful.loop.reviews.models import Finding, Review
from heedful.loop.reviews.operations import standing
from heedful.loop.reviews.refusals import ClosedMeanwhile, Refused, WrittenMeanwhile
from heedful.loop.reviews.rules import Move, why_not

LONGEST_FINDING = 500
MOST_FINDINGS = 20


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What one page says. None: that page did not ask it."""

    what_happened: str | None = None
    why: str | None = None
    what_made_it_likely: str | None = None
    beneath: str | None = None
    what_must_change: str | None = None
    factors: Sequence[str] | None = None
    weaknesses: Sequence[str] | None = None


def answer(*, review_id: UUID, version: int, answers: Answers, by: Viewer, at: datetime) -> Review:
    """Keep what was written. Sent twice it is kept once; where somebody else wrote meanwhile, theirs is shown."""
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        given = _given(answers)
        if all(getattr(row, field) == value for field, value in given.items()):
            return row
        check_current(row, version, field=next(iter(given)))
        for field, value in given.items():
            setattr(row, field, value)
        touched(row, by=by, at=at)
        payload = {"fields": sorted(given), "version": row.version}
        write(kind="review.answered", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return row


def add_finding(*, review_id: UUID, version: int, text: str, factor: str, by: Viewer, at: datetime) -> Finding:
    """One thing that must change, and the condition that it answers."""
    said = standing.said(text, "Write what must change.", "text", longest=LONGEST_FINDING)
    if factor not in leaves("factors"):
        raise Refused("Choose what it answers.", "factor")
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        there = Finding.objects.filter(review=row, dropped_at__isnull=True)
        same = there.filter(text=said, factor=factor).first()
        if same is not None:
            return same
        check_current(row, version, field="text")
        if there.count() >= MOST_FINDINGS:
            raise Refused(f"There can be {MOST_FINDINGS} at most. Fewer, and stronger, is better.", "text")
        last = Finding.objects.filter(review=row).aggregate(last=Max("number"))["last"] or 0
        found = Finding.objects.create(
            organisation_id=row.organisation_id, review=row, number=last + 1, text=said, factor=factor,
            found_by=by.account_id, found_at=at,
        )  # fmt: skip
        if factor not in row.factors:
            row.factors = [*row.factors, factor]
        touched(row, by=by, at=at)
        standing.keep_review(row)
        payload = {"finding": found.pk, "factor": factor}
        write(kind="review.found", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return found


def drop_finding(*, finding_id: UUID, by: Viewer, at: datetime) -> Finding:
    """Take it back. What hangs on it stays written down."""
    with transaction.atomic(), history.entry():
        found = Finding.objects.filter(pk=finding_id).first()
        row = standing.locked_review(found.review_id if found else finding_id, by=by)
        if reason := why_not(Move.WRITE, closed=row.closed_at is not None):
            raise ClosedMeanwhile(reason, row)
        if found is None or found.dropped_at:
            raise Refused("It is taken back already.")
        found.dropped_at = at
        found.save(update_fields=["dropped_at"])
        touched(row, by=by, at=at)
        standing.keep_review(row)
        payload = {"finding": found.pk}
        write(kind="review.finding_dropped", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return found


def check_current(row: Review, version: int, *, field: str = "") -> None:
    """Nobody writes over what they have not seen."""
    if why_not(Move.WRITE, closed=row.closed_at is not None):
        raise ClosedMeanwhile("Somebody has finished this review in the meantime. Your words are not stored yet.", row)
    if row.version != version:
        words = "Somebody else wrote here in the meantime. Your words are still here and not stored yet."
        raise WrittenMeanwhile(words, row, field)


def touched(row: Review, *, by: Viewer, at: datetime) -> None:
    row.version += 1
    row.written_by, row.written_at = by.account_id, at
    row.save()


def leaves(name: str) -> frozenset[str]:
    """The codes that can be chosen: those under a head, or all where there are no heads."""
    known = taxonomy(name)
    heads = {term.parent for term in known if term.parent}
    return frozenset(slug for slug in known.slugs() if slug not in heads)


def _given(answers: Answers) -> Mapping[str, Any]:
    """What this page asked, checked."""
    said = {one.name: getattr(answers, one.name) for one in fields(answers)}
    given: dict[str, Any] = {}
    for field, value in said.items():
        if isinstance(value, str):
            given[field] = standing.brief(value, field)
        elif value is not None:
            given[field] = _codes(field, value)
    if not given:
        raise Refused("Write something first.")
    return given


def _codes(field: str, chosen: Sequence[str]) -> list[str]:
    known = leaves(field)
    if any(slug not in known for slug in chosen):
        raise Refused("Choose from the list.", field)
    order = taxonomy(field).slugs()
    return sorted(set(chosen), key=order.index)
