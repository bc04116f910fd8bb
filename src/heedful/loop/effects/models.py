"""What was said about whether a change worked, month by month. None is ever changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Verdict(TenantModel):
    """One answer, as of the end of one month, with all that it was worked out from."""

    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    # The last month that was over: year x 12 + month - 1.
    month = models.IntegerField()
    answer = models.CharField(max_length=12)
    # The answer kept before this one, empty for the first.
    before = models.CharField(max_length=12, blank=True)
    result = models.JSONField()
    # The months that were judged: whoever may not see all of these events is told nothing of this answer.
    counts = ArrayField(models.IntegerField(null=True), default=list)
    at = models.DateTimeField()
    policy_version = models.CharField(max_length=40)

    class Meta:
        db_table = "effects_verdict"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "action", "number"], name="verdict_number_once"),
        ]
        indexes = [models.Index(fields=["organisation", "action", "-number"], name="verdict_newest")]
