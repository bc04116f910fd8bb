"""Forgetting a person in the reasons of decisions about them. What was decided, by whom and when stays."""

from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.loop.duties.models import Classification, FindOut, Triage

ERASED = "[erased]"
TEXTS = ((Triage, "why"), (Classification, "why"), (FindOut, "answer"))


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type != "person":
        return
    touched: dict[str, list[UUID]] = {}
    with history.entry():
        for model, field in TEXTS:
            rows = model.objects.filter(event__involved__person_id=decision.subject_id)
            touched[model._meta.db_table] = list(rows.values_list("pk", flat=True).distinct())
            model.objects.filter(pk__in=touched[model._meta.db_table]).exclude(**{field: ""}).update(**{field: ERASED})
        write(
            kind="decisions.erased",
            by=System(organisation_id),
            at=decision.agreed_at or decision.asked_at,
            subject_type="person",
            subject_id=decision.subject_id,
            payload={"erasure": str(decision.pk)},
        )
    for table, ids in touched.items():
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)
