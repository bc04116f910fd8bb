"""Forgetting a person in what files said about their events. That a row was imported, and when, stays."""

from uuid import UUID

from django.utils import timezone

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting
from heedful.foundation.ledger.operations import System
from heedful.intake import uploads
from heedful.intake.hanging import HANGING
from heedful.intake.models import SourceRow


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`. The digest stays: the same file given again brings nothing back."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type == "person":
        rows = SourceRow.objects.filter(organisation_id=organisation_id)
        # Columns that we do not know: all of them go, whoever else the row is about.
        rows.filter(event__involved__person_id=decision.subject_id).update(kept={}, before=None)
    # Files on their way in may speak of anybody.
    uploads.forget_all(by=System(organisation_id), at=timezone.now())
    forgetting.forget_room(HANGING, decision, kind="imports.erased")
