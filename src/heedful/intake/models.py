"""What was imported from where: files that were sent in, each run of an import, and what a file said of each record."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.intake.states import State


class Batch(TenantModel):
    """One import of one file by one map. Unfinished when `finished_at` is empty: running it again completes it."""

    map_name = models.CharField(max_length=40)
    map_digest = models.CharField(max_length=64)
    source_system = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    credit = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    read = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    services = models.IntegerField(default=0)
    months = models.IntegerField(default=0)
    # Nobody: Heedful itself, from the command line.
    imported_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    # Of an undone batch: events that are gone, that say what they said before, and how many are kept for which reason.
    gone = models.IntegerField(default=0)
    back = models.IntegerField(default=0)
    stayed = models.JSONField(default=dict)

    class Meta:
        db_table = "intake_batch"
        indexes = [models.Index(fields=["organisation", "-started_at"], name="batch_newest")]


class SourceRow(PersonalRecord):
    """What one map's file says about one record: its digest tells a repeated row from a changed one.

    `kept` holds the columns that have no field of their own in an event.
    """

    # Of the batch's organisation, which is checked there: a second check of each row is an import's time.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows", db_index=False)
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+", db_index=False)
    source_system = models.CharField(max_length=40)
    map_name = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80)
    row_number = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    flags = ArrayField(models.SlugField(max_length=40), default=list)
    kept = models.JSONField(default=dict)
    # What an earlier file of the same map said, and before that: it comes back when the later import is undone.
    before = models.JSONField(null=True)

    class Meta:
        db_table = "intake_source_row"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source_system", "external_id", "map_name"], name="source_row_once"
            )
        ]
        indexes = [
            # The event first: whether a row still names an event that goes is asked without an organisation.
            models.Index(fields=["event", "organisation"], name="source_row_event"),
            models.Index(fields=["organisation", "batch", "row_number"], name="source_row_batch"),
        ]


class Upload(PersonalRecord):
    """A file that somebody sent in by the page, on its way to being imported. Its bytes lie in the storage of files.

    `found` holds what the page shows of it; both go when the file is imported, thrown away, or too old.
    """

    client_key = models.UUIDField()
    sent_by = models.UUIDField()
    # Who had it brought in, or taken back.
    moved_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, default=State.READING)
    # The headings of its tables: a file with the same ones next month is answered like this one.
    shape = models.CharField(max_length=64, blank=True)
    # What was said about the whole file, by the key of the question.
    answers = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "intake_upload"
        constraints = [models.UniqueConstraint(fields=["organisation", "client_key"], name="upload_once")]
        indexes = [models.Index(fields=["organisation", "-sent_at"], name="upload_newest")]
