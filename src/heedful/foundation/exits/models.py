"""Everything that left, through which of the three doors."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import PersonalRecord, TenantModel


class Exit(TenantModel):
    """One passage: download (identified), disclosure (to a named body) or release (de-identified, reviewed)."""

    door = models.CharField(max_length=12)
    what = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField()
    at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    rows = models.IntegerField(null=True)

    class Meta:
        db_table = "exits_exit"
        indexes = [models.Index(fields=["organisation", "-at"], name="exit_newest")]


class Disclosure(PersonalRecord):
    """What was given to a body outside: to whom, why it was lawful, and exactly which parts. The words are not kept."""

    exit = models.OneToOneField(Exit, on_delete=models.PROTECT, related_name="disclosure")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    body = models.SlugField(max_length=40)
    body_name = models.CharField(max_length=120)
    basis = models.SlugField(max_length=40)
    fields = ArrayField(models.SlugField(max_length=40))
    purpose = models.TextField()
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "exits_disclosure"
        indexes = [models.Index(fields=["organisation", "subject_id"], name="disclosure_subject")]


class Release(PersonalRecord):
    """A de-identified text on its way out. It never changes: another text is another row, with a review of its own."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    what = models.CharField(max_length=60)
    text = models.TextField()
    author_id = models.UUIDField()
    proposed_at = models.DateTimeField()
    exit = models.OneToOneField(Exit, on_delete=models.PROTECT, null=True, related_name="release")

    class Meta:
        db_table = "exits_release"
        indexes = [models.Index(fields=["organisation", "subject_id", "-proposed_at"], name="release_subject")]


class Clearing(TenantModel):
    """A finding in a text that a named person, not its author, says may stay, and why."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="clearings")
    finding = models.CharField(max_length=80)
    why = models.TextField()
    cleared_by = models.UUIDField()
    cleared_at = models.DateTimeField()

    class Meta:
        db_table = "exits_clearing"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "release", "finding"], name="clearing_once"),
        ]
