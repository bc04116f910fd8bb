"""The ledger's tables. Entries are only ever added; payloads lie apart so that they can be erased."""

from django.db import models

from heedful.foundation.access.models import TenantModel


class Entry(TenantModel):
    """One operation: who did what to what, when, under which policy."""

    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    policy_version = models.CharField(max_length=80, blank=True)
    payload_hash = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_entry"
        constraints = [models.UniqueConstraint(fields=["organisation", "sequence"], name="ledger_sequence_once")]
        indexes = [
            models.Index(fields=["organisation", "subject_id", "sequence"], name="ledger_subject"),
            models.Index(fields=["organisation", "kind", "sequence"], name="ledger_kind"),
        ]


class Payload(TenantModel):
    """The stored bytes of an entry's payload. Erased under a recorded decision; the chain still verifies."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payload")
    body = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_under = models.UUIDField(null=True)

    class Meta:
        db_table = "ledger_payload"


class Head(TenantModel):
    """Where an organisation's chain stands. Its row lock is what keeps sequences without gaps."""

    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_head"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="ledger_head_once")]


class Erasure(TenantModel):
    """A decision by two people to forget someone. The chain keeps saying that, when and under which decision."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    why = models.CharField(max_length=60)
    # What to look for in free text. Emptied when every room has done its part.
    names = models.JSONField(default=list)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_erasure"
        constraints = [
            models.CheckConstraint(condition=~models.Q(agreed_by=models.F("asked_by")), name="erasure_two_people"),
            models.UniqueConstraint(
                fields=["organisation", "subject_id"],
                name="erasure_one_open",
                condition=models.Q(agreed_by__isnull=True),
            ),
        ]
