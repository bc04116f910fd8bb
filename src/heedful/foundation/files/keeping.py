"""How long the files of something are kept: they follow what they hang on."""

from datetime import date
from uuid import UUID

from heedful.foundation.files.models import Attachment


def keep(subject_type: str, subject_id: UUID, **marks: date | bool | None) -> None:
    """Set `retain_from` or `legal_hold` on every file, within the caller's transaction and ledger entry."""
    Attachment.objects.filter(subject_type=subject_type, subject_id=subject_id).update(**marks)
