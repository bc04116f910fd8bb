"""Forgetting a person in what was understood about their events. That it was, by whom and when stays."""

from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.loop.reviews.models import Finding, Review, Theme
from heedful.loop.reviews.rules import QUESTIONS

ERASED = "[erased]"
THEIRS = "event__involved__person_id"
TEXTS = (
    (Review, f"about__{THEIRS}", (*QUESTIONS, "reopened_why")),
    (Finding, f"review__about__{THEIRS}", ("text",)),
    (Theme, f"joined__{THEIRS}", ("why", "closed_why", "reopened_why")),
)


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type != "person":
        return
    touched: dict[str, list[UUID]] = {}
    with history.entry():
        for model, theirs, fields in TEXTS:
            rows = model.objects.filter(**{theirs: decision.subject_id})
            ids = touched[model._meta.db_table] = list(rows.values_list("pk", flat=True).distinct())
            for field in fields:
                model.objects.filter(pk__in=ids).exclude(**{field: ""}).update(**{field: ERASED})
        write(
            kind="reviews.erased",
            by=System(organisation_id),
            at=decision.agreed_at or decision.asked_at,
            subject_type="person",
            subject_id=decision.subject_id,
            payload={"erasure": str(decision.pk)},
        )
    for table, ids in touched.items():
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)
