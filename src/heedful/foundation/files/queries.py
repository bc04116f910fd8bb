"""Which files hang on a subject. The caller has made sure that the viewer may see the subject."""

from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files.models import Attachment
from heedful.foundation.files.subjects import Holder, holder


def attachments_of(subject_type: str, subject_id: UUID) -> list[Attachment]:
    """In the order they were added. Who added one is for nobody's eyes: it could name a confidential reporter."""
    rows = Attachment.objects.filter(subject_type=subject_type, subject_id=subject_id, removed_at__isnull=True)
    return list(rows.order_by("added_at", "id"))


def attachment(attachment_id: UUID, *, viewer: Viewer) -> tuple[Attachment, Holder] | None:
    """One file and what it hangs on; None when it is absent or not the viewer's to see."""
    row = Attachment.objects.filter(pk=attachment_id, removed_at__isnull=True).first()
    found = holder(viewer, row.subject_type, row.subject_id) if row else None
    return (row, found) if row and found else None
