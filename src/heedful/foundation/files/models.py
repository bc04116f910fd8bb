"""Attachments: what was checked and stored, and where. The bytes lie in the storage, never in the database."""

from django.db import models

from heedful.foundation.access.models import PersonalRecord
from heedful.foundation.ledger.history import tracked


@tracked
class Attachment(PersonalRecord):
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    # Made by the browser, so that sending twice adds once; with the hash of what was sent, before it was cleaned.
    client_key = models.UUIDField()
    received_sha256 = models.BinaryField(max_length=32)
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
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="attachment_client_key_once"),
            models.UniqueConstraint(fields=["organisation", "storage_key"], name="attachment_storage_key_once"),
        ]
