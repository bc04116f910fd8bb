"""A case is answered: all is done, and somebody has looked into it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy
from heedful.loop.duties import queries
from heedful.loop.duties.models import Reflection
from heedful.loop.incidents import operations as incidents

LONGEST = 2_000


def told_of_review(
    *, event_ids: Sequence[UUID], review_id: UUID, organisation_id: UUID, closed_at: datetime | None
) -> None:
    """Keep what the reviews say of themselves. Part of their operation, which writes the ledger entry."""
    Reflection.objects.bulk_create(
        (
            Reflection(organisation_id=organisation_id, event_id=event_id, review_id=review_id, closed_at=closed_at)
            for event_id in event_ids
        ),
        update_conflicts=True,
        unique_fields=["organisation", "event", "review_id"],
        update_fields=["closed_at"],
    )


def answer(*, event_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Say what came of it. Refused while anything is left to do, or while nobody has looked into it."""
    said = tidy(words).text.strip()
    if not said:
        raise incidents.Refused("Say what came of it. One or two plain sentences are enough.")
    if len(said) > LONGEST:
        raise incidents.Refused(f"This is {len(said)} characters long and we can keep {LONGEST}. Make it shorter.")
    with transaction.atomic(), history.entry():
        event = incidents.answered(event_id=event_id, by=by, at=at)
        refusal = queries.why_not_answered(event.pk)
        if refusal:
            raise incidents.Refused(refusal)
        payload = {"words": said}
        write(kind="event.answered", by=by, at=at, subject_type="event", subject_id=event.pk, payload=payload)
