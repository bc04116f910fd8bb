"""Forgetting a person in the minutes of meetings that decided about their cases. What was decided stays."""

from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting
from heedful.oversight.governance.hanging import HANGING


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    forgetting.forget_room(HANGING, ledger.agreed_erasure(entry_id), kind="governance.erased")
