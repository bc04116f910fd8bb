"""Forgetting the files of a subject: bytes, names and row history, under a decision of two people."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from heedful.foundation.files.hanging import HANGING
from heedful.foundation.files.models import Attachment
from heedful.foundation.files.storage import store
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting, history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import System, write

NO_NAME = "erased"


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`: the files that hang on the erased record itself."""
    decision = ledger.agreed_erasure(entry_id)
    forget_files(subject_ids=[decision.subject_id], decision=decision)
    forgetting.forget_room(HANGING, decision, kind="attachments.names_erased")


def forget_files(*, subject_ids: list[UUID], decision: Erasure) -> None:
    """The rows stay, empty, so that the count of what there was stays true."""
    rows = list(
        Attachment.objects.select_for_update(no_key=True).filter(subject_id__in=subject_ids, removed_at__isnull=True)
    )
    if not rows:
        return
    if any(row.legal_hold for row in rows):
        raise ledger.ErasureRefused("There is a legal hold on a file of this record.")
    ids, at = [row.pk for row in rows], timezone.now()
    with history.entry():
        Attachment.objects.filter(pk__in=ids).update(
            name=NO_NAME, removed_at=at, size=0, sha256=b"", received_sha256=b""
        )
        write(
            kind="attachments.erased",
            by=System(decision.organisation_id),
            at=at,
            subject_type=decision.subject_type,
            subject_id=decision.subject_id,
            payload={"erasure": decision.pk, "files": len(ids)},
        )
    ledger.forget_history(table="files_attachment_history", object_ids=ids, erasure=decision)
    # Only once it is certain that the rows say so; a file that is gone already is fine.
    transaction.on_commit(lambda: _delete_all([row.storage_key for row in rows]))


def _delete_all(keys: list[str]) -> None:
    for key in keys:
        store().delete(key)
