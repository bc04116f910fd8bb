"""What is still open about a case, and so why it cannot be answered yet."""

from uuid import UUID

from heedful.loop.duties import rules
from heedful.loop.duties.models import Classification, Reflection
from heedful.loop.duties.queries.decisions import to_find_out, triage_of, waits


def left_of(event_id: UUID) -> rules.Left:
    """What is still open. The event came from `incidents.event`."""
    decision = triage_of(event_id)
    undone = Classification.objects.filter(event_id=event_id, superseded_at__isnull=True, done_at__isnull=True)
    reviews = Reflection.objects.filter(event_id=event_id)
    return rules.Left(
        decided=decision is not None,
        waits_for_second_person=decision is not None and waits(decision),
        duties=undone.exclude(answer="no").count(),
        find_outs=len(to_find_out(event_id)),
        reviews_open=reviews.filter(closed_at__isnull=True).count(),
        reviews_closed=reviews.filter(closed_at__isnull=False).count(),
    )


def why_not_answered(event_id: UUID) -> str:
    """The reason in words; empty when the case can be answered."""
    return rules.why_not_answered(left_of(event_id))
