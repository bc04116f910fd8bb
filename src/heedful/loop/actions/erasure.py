"""Forgetting a person in what was written about changes that came of their events. What was agreed and when stays."""

from uuid import UUID

from heedful.foundation.files.erasure import forget_files
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting
from heedful.loop.actions.hanging import ACTION, HANGING


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type == "person":
        forgetting.forget_room(HANGING, decision, kind="actions.erased")
        forget_files(subject_ids=forgetting.theirs_alone(ACTION, decision.subject_id), decision=decision)
