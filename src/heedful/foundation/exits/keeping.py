"""How long it is kept what was given out and to whom: it follows what it was about."""

from datetime import date
from uuid import UUID

from heedful.foundation.exits.models import Disclosure, Release


def keep(subject_type: str, subject_id: UUID, **marks: date | bool | None) -> None:
    """Set `retain_from` or `legal_hold`, within the caller's transaction and ledger entry."""
    for model in (Disclosure, Release):
        model.objects.filter(subject_type=subject_type, subject_id=subject_id).update(**marks)
