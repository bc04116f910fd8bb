"""Forgetting a person in what was told about their events. That somebody was told, when and by whom stays."""

import re
from collections.abc import Iterable
from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.loop.feedback.models import Bulletin, FamilyDecision, PoliceWord, Telling

ERASED = "[erased]"


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type != "person":
        return
    about = {"event__involved__person_id": decision.subject_id}
    at = decision.agreed_at or decision.asked_at
    touched: dict[str, list[UUID]] = {}
    with history.entry():
        for model, fields in (
            (Telling, ("words", "channel")),
            (FamilyDecision, ("decided_by", "why")),
            (PoliceWord, ("who", "words")),
        ):
            ids = list(model.objects.filter(**about).values_list("pk", flat=True))
            model.objects.filter(pk__in=ids).update(**dict.fromkeys(fields, ERASED))
            touched[model._meta.db_table] = ids
        touched["feedback_bulletin"] = _names_in_bulletins(decision.names)
        write(
            kind="feedback.erased", by=System(organisation_id), at=at, subject_type="person",
            subject_id=decision.subject_id, payload={"erasure": str(decision.pk)},
        )  # fmt: skip
    for table, ids in touched.items():
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)


def _names_in_bulletins(names: Iterable[str]) -> list[UUID]:
    """A name may stand in one where somebody said why. The pages stay, without it."""
    parts = sorted({part for name in names for part in (name, *name.split()) if len(part) > 2}, key=len, reverse=True)
    if not parts:
        return []
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(part) for part in parts) + r")\b", re.IGNORECASE)
    touched = []
    for row in Bulletin.objects.all():
        said = {name: pattern.sub(ERASED, text) for name, text in row.parts.items()}
        options = [pattern.sub(ERASED, text)[:120] for text in row.options]
        if (said, options) != (row.parts, row.options):
            row.parts, row.options = said, options
            row.save(update_fields=["parts", "options"])
            touched.append(row.pk)
    return touched
