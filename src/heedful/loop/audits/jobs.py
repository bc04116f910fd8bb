"""What happens by itself: the checks that were set with an action are planned, and remembered on their day."""

from uuid import UUID

from django.utils import timezone

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import System
from heedful.loop.audits import operations


def schedule(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `action.agreed`."""
    entry = Entry.objects.get(pk=entry_id)
    operations.schedule(action_id=UUID(str(entry.subject_id)), by=System(organisation_id), at=entry.at)


def remind_of_due(organisation_id: UUID) -> None:
    """Every day: whoever should know by now that a check waits is told."""
    operations.remind_of_due(organisation_id=organisation_id, at=timezone.now())
