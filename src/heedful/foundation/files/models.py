"""Attachments: what was checked and stored, and where. The bytes lie in the storage, never in the database."""

from django.db import models

from heedful.foundation.access.models import PersonalRecord
from heedful.foundation.ledger.history import tracked


@tracked
class Attachment(PersonalRecord):
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    # Random, under the organisation's own prefix; never the name somebody gave.
    storage_key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.IntegerField()
    sha256 = models.BinaryField(max_length=32)
    added_by = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "files_attachment"
        indexes = [models.Index(fields=["organisation", "subject_id"], name="attachment_subject")]
