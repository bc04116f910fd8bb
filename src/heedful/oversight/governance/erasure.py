"""Forgetting a person in minutes: every text of a meeting that decided about one of their cases."""

from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.oversight.governance.models import Correction, Decision, Meeting

ERASED = "[erased]"
TEXTS = ((Meeting, "pk", ("said",)), (Decision, "meeting", ("text",)), (Correction, "meeting", ("text",)))


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the cases forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type != "person":
        return
    theirs = _meetings_about(decision.subject_id)
    touched: dict[str, list[UUID]] = {}
    with history.entry():
        for model, key, fields in TEXTS:
            rows = model.objects.filter(**{f"{key}__in": theirs})
            ids = touched[model._meta.db_table] = list(rows.values_list("pk", flat=True))
            for field in fields:
                model.objects.filter(pk__in=ids).exclude(**{field: ""}).update(**{field: ERASED})
        write(
            kind="governance.erased",
            by=System(organisation_id),
            at=decision.agreed_at or decision.asked_at,
            subject_type="person",
            subject_id=decision.subject_id,
            payload={"erasure": str(decision.pk)},
        )
    for table, ids in touched.items():
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)


def _meetings_about(person_id: UUID) -> set[UUID]:
    """Meetings with a decision about a case of theirs, about its theme, or about a change made of it."""
    theirs = "event__involved__person_id"
    paths = (theirs, f"theme__joined__{theirs}", f"action__review__about__{theirs}", f"action__theme__joined__{theirs}")
    rows = [Decision.objects.filter(**{path: person_id}).values_list("meeting_id", flat=True) for path in paths]
    return {meeting_id for found in rows for meeting_id in found}
