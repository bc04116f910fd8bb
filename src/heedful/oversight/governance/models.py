"""Meetings: the page as it stood, who was there, what was said and decided. Agreed minutes are never written over."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from heedful.foundation.access.models import PersonalRecord
from heedful.foundation.ledger.history import tracked


@tracked
class Meeting(PersonalRecord):
    """A meeting of those who answer for some services, with the board page frozen when it was prepared."""

    client_key = models.UUIDField()
    held_on = models.DateField()
    chair_id = models.UUIDField()
    service_ids = ArrayField(models.UUIDField(), default=list)
    # Whole months: year x 12 + month - 1.
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    figures = models.JSONField()
    prepared_at = models.DateTimeField()
    prepared_by = models.UUIDField()
    # Accounts; whoever has none is named in `guests`.
    present = ArrayField(models.UUIDField(), default=list)
    guests = models.CharField(max_length=300, blank=True)
    said = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    written_at = models.DateTimeField(null=True)
    written_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "governance_meeting"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="meeting_client_key_once"),
            models.CheckConstraint(condition=~Q(agreed_by=F("written_by")), name="meeting_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(written_by__isnull=False), name="meeting_written_before_agreed"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-held_on"], name="meeting_newest")]


@tracked
class Decision(PersonalRecord):
    """What the meeting decided, who sees to it by when, and the case, theme or change that it is about."""

    client_key = models.UUIDField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.IntegerField()
    text = models.TextField()
    lead = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey("reviews.Theme", on_delete=models.PROTECT, null=True, related_name="+")
    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    # Taken out again before the minutes were agreed.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "governance_decision"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="decision_client_key_once"),
            models.UniqueConstraint(fields=["organisation", "meeting", "number"], name="decision_number_once"),
        ]


@tracked
class Correction(PersonalRecord):
    """Something in agreed minutes that was wrong: added under them, with a name and a day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    number = models.IntegerField()
    text = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.UUIDField()

    class Meta:
        db_table = "governance_correction"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "number"], name="meeting_correction_once"),
        ]
