"""Forgetting a person in what was begun and not sent."""

from uuid import UUID

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting
from heedful.loop.reporting.hanging import HANGING


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`: their names go; drafts are nobody's case, so nothing hangs on them."""
    forgetting.forget_room(HANGING, ledger.agreed_erasure(entry_id), kind="drafts.names_erased")
