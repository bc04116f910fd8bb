"""A review begins: by itself after a decision, or because somebody opens one. Its events, and who leads it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.policies import local_date
from heedful.foundation.policies.schema import ReviewRule
from heedful.loop.duties import operations as decisions
from heedful.loop.duties import queries as duties
from heedful.loop.reviews import policy, queries, workforce
from heedful.loop.reviews.models import Review, ReviewEvent
from heedful.loop.reviews.operations import standing
from heedful.loop.reviews.refusals import Refused
from heedful.loop.reviews.rules import QUESTIONS, Kind, Move, Next, Standing, next_step

LIVE, DUPLICATE = "live", "duplicate"
MOST_EVENTS = 50


def open_if_required(*, event_id: UUID, by: Actor, at: datetime) -> Review | None:
    """What the decision in force asks for. Deciding again can raise a review; run twice, it changes nothing.

    History starts nothing, and of two reports of the same thing only the one that goes on is reviewed.
    """
    with transaction.atomic(), history.entry():
        triage = duties.triage_of(event_id)
        if triage is None or triage.event.source != LIVE or triage.event.status == DUPLICATE:
            return None
        event = triage.event
        kind, rule, version = policy.wanted(triage, event)
        row = Review.objects.select_for_update(no_key=True).filter(required_for=event).first()
        step = next_step(_standing(row), kind)
        if step is Next.NOTHING:
            return row
        due = _due(rule, triage, event)
        if row is None:
            row = _first(event, kind=kind, due=due, version=version, lead=_lead(triage, event, at), by=by, at=at)
        else:
            _changed(row, step, kind=kind, due=due, version=version, at=at)
        _told(row, at)
        standing.keep_review(row)
        _wrote(row, "review.reopened" if step is Next.REOPEN else "review.opened", by=by, at=at, asked_by="decision")
    return row


def open_review(
    *,
    event_ids: Sequence[UUID], kind: str, by: Viewer, at: datetime, theme_id: UUID | None = None,
    lead_id: UUID | None = None, due_on: date | None = None, client_key: UUID | None = None,
) -> Review:  # fmt: skip
    """Somebody looks into one event or several, or into a theme. The same key twice is one review."""
    with transaction.atomic(), history.entry():
        before = Review.objects.filter(client_key=client_key).first() if client_key else None
        if before is not None:
            return before
        theme = standing.locked_theme(theme_id, by=by) if theme_id else None
        events = _events(event_ids, by)
        if not events and theme is None:
            raise Refused("Choose at least one thing that was told.", "events")
        row = Review.objects.create(
            organisation_id=by.organisation_id,
            client_key=client_key,
            kind=_kind(kind),
            theme=theme,
            lead_id=_may_lead(lead_id or by.account_id, events, by, at),
            due_on=_not_past(due_on, events, at),
            opened_at=at,
            opened_by=by.account_id,
        )
        _add(row, events, by=by, at=at)
        _told(row, at)
        standing.keep_review(row)
        _wrote(row, "review.opened", by=by, at=at, asked_by="person")
    return row


def add_events(*, review_id: UUID, event_ids: Sequence[UUID], by: Viewer, at: datetime) -> Review:
    """Look at more than one event together."""
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        standing.check(row, Move.ADD_EVENTS, "events")
        events = _events(event_ids, by)
        if not events:
            raise Refused("Choose at least one.", "events")
        if row.about.count() + len(events) > MOST_EVENTS:
            raise Refused(f"A review can be about {MOST_EVENTS} things at most. Open a theme for more.", "events")
        _add(row, events, by=by, at=at)
        _told(row, at)
        standing.keep_review(row)
        payload = {"events": [event.pk for event in events]}
        write(kind="review.joined", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return row


def hand_over_review(*, review_id: UUID, lead_id: UUID, by: Viewer, at: datetime) -> Review:
    """Somebody else leads it from now on."""
    with transaction.atomic(), history.entry():
        row = standing.locked_review(review_id, by=by)
        standing.check(row, Move.HAND_OVER, "lead")
        before, row.lead_id = row.lead_id, _may_lead(lead_id, queries.events_of(row), by, at)
        row.save(update_fields=["lead_id"])
        payload = {"from": before, "to": row.lead_id}
        write(kind="review.handed_over", by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload)
    return row


def _standing(row: Review | None) -> Standing | None:
    if row is None:
        return None
    begun = any(getattr(row, field) for field in QUESTIONS) or bool(row.factors)
    return Standing(Kind(row.kind), begun=begun, closed=row.closed_at is not None)


def _due(rule: ReviewRule, triage: Any, event: Any) -> date:
    """The clock starts when somebody became aware; deciding again gives it its own time."""
    return policy.due_on(rule, event, event.aware_at if triage.number == 1 else triage.decided_at)


def _first(event: Any, *, kind: Kind, due: date, version: str, lead: UUID | None, by: Actor, at: datetime) -> Review:
    row = Review.objects.create(
        organisation_id=event.organisation_id,
        kind=kind,
        required_for=event,
        lead_id=lead,
        due_on=due,
        opened_at=at,
        opened_by=by.account_id,
        policy_version=version,
    )
    ReviewEvent.objects.create(organisation_id=event.organisation_id, review=row, event=event, added_at=at)
    return row


def _changed(row: Review, step: Next, *, kind: Kind, due: date, version: str, at: datetime) -> None:
    row.kind, row.due_on, row.policy_version = kind, due, version
    if step is Next.REOPEN:
        row.closed_at = row.closed_by = row.individual_only = None
        row.reopened_at, row.reopened_why = at, ""
    row.version += 1
    row.save()


def _lead(triage: Any, event: Any, at: datetime) -> UUID | None:
    """Whoever decided, when they may; else the manager of the service, and so on."""
    can = workforce.may_lead([event], at)
    return triage.decided_by if triage.decided_by in can else next(iter(can), None)


def _events(event_ids: Sequence[UUID], by: Viewer) -> list[Any]:
    """Events that the viewer sees and may look into. One of them is not theirs: nothing is done."""
    wanted = list(dict.fromkeys(event_ids))
    found = queries.candidates(by, wanted)
    if len(found) != len(wanted) or len(wanted) > MOST_EVENTS:
        raise Refused("We do not know all of these. Choose again.", "events")
    for event in found:
        standing.allow(by, Permission.LEAD_REVIEW, event)
    return found


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise Refused("Choose how you look into it.", "kind") from None


def _may_lead(account_id: UUID, events: list[Any], by: Viewer, at: datetime) -> UUID:
    """Whoever writes may lead: that was looked at for every event."""
    if account_id != by.account_id and account_id not in workforce.may_lead(events, at):
        raise Refused("This person cannot lead it. Choose somebody else.", "lead")
    return account_id


def _not_past(due_on: date | None, events: list[Any], at: datetime) -> date | None:
    zone = events[0].service.time_zone if events else "UTC"
    if due_on and due_on < local_date(at, zone):
        raise Refused("This day is over. Choose one that is still to come.", "due_on")
    return due_on


def _add(row: Review, events: list[Any], *, by: Viewer, at: datetime) -> None:
    there = set(row.about.values_list("event_id", flat=True))
    ReviewEvent.objects.bulk_create(
        ReviewEvent(organisation_id=row.organisation_id, review=row, event=event, added_at=at, added_by=by.account_id)
        for event in events
        if event.pk not in there
    )


def _told(row: Review, at: datetime) -> None:
    """The stage before keeps what it has to know: a case is not answered while a review of it is open."""
    decisions.told_of_review(
        event_ids=list(row.about.values_list("event_id", flat=True)),
        review_id=row.pk,
        organisation_id=row.organisation_id,
        closed_at=row.closed_at,
    )


def _wrote(row: Review, kind: str, *, by: Actor, at: datetime, asked_by: str) -> None:
    payload = {
        "kind": row.kind,
        "events": list(row.about.values_list("event_id", flat=True)),
        "lead": row.lead_id,
        "due_on": row.due_on,
        "asked_by": asked_by,
        "theme": row.theme_id,
    }
    write(
        kind=kind, by=by, at=at, subject_type="review", subject_id=row.pk, payload=payload,
        policy_version=row.policy_version,
    )  # fmt: skip
