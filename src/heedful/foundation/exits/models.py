"""Everything that left, through which of the three doors."""

from django.db import models

from heedful.foundation.access.models import TenantModel


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
