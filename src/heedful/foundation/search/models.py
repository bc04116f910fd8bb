"""The index of words. It is written under row-level security and read through one database function."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from heedful.foundation.access.models import TenantModel


class Document(TenantModel):
    """The words of one subject, in no readable order."""

    # What it is about has its organisation checked: a second check of each row is an import's time.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    at = models.DateTimeField()
    body = SearchVectorField()

    class Meta:
        db_table = "search_document"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "subject_type", "subject_id"], name="search_document_once")
        ]
        indexes = [
            # A short pending list: an import pays an eighth for its words, and a search reads through 512 kB at most.
            GinIndex(fields=["body"], name="search_document_words", fastupdate=True, gin_pending_list_limit=512),
            models.Index(fields=["organisation", "subject_type", "-at", "-subject_id"], name="search_document_newest"),
        ]
