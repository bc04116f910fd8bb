"""Triage: who decides, the level of seriousness and why, and each independent classification with its clock."""

from django.db import models

from heedful.foundation.access.models import TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Triage(TenantModel):
    """A decision on how serious an event is. A later one supersedes it; none is changed."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    level = models.CharField(max_length=2)
    suggested = models.CharField(max_length=2)
    # Lowered below the suggestion: the higher level stands until a second person agrees.
    stands_at = models.CharField(max_length=2)
    response = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    why = models.TextField()
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    policy_version = models.CharField(max_length=80)

    class Meta:
        db_table = "duties_triage"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "event", "number"], name="triage_number_once"),
            models.CheckConstraint(condition=~models.Q(agreed_by=models.F("decided_by")), name="triage_two_people"),
        ]
        indexes = [
            models.Index(fields=["organisation", "decided_by", "-decided_at"], name="triage_decider"),
            models.Index(fields=["organisation", "decided_at"], name="triage_when"),
            models.Index(
                fields=["organisation", "event", "number"],
                name="triage_lowered",
                condition=models.Q(agreed_by__isnull=True, level__lt=models.F("stands_at")),
            ),
        ]


@tracked
class Classification(TenantModel):
    """One independent question about an event (a complaint? tell the regulator?), its answer, reason and clock."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    answer = models.CharField(max_length=8)
    suggested = models.CharField(max_length=8, blank=True)
    why = models.TextField(blank=True)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    policy_version = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    reference_number = models.CharField(max_length=80, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_classification"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "event", "kind"],
                name="classification_one_in_force",
                condition=models.Q(superseded_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at"],
                name="classification_due",
                condition=models.Q(done_at__isnull=True, superseded_at__isnull=True),
            )
        ]


@tracked
class FindOut(TenantModel):
    """Something not known at triage that could raise the level: find out, within a day."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    found_at = models.DateTimeField(null=True)
    found_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)
    # A later decision asks its own questions.
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_find_out"
        indexes = [models.Index(fields=["organisation", "event"], name="find_out_event")]


@tracked
class Reflection(TenantModel):
    """A review of an event, as the stage after this one tells it. An event is answered once one of them is closed."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    review_id = models.UUIDField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_reflection"
        constraints = [models.UniqueConstraint(fields=["organisation", "event", "review_id"], name="reflection_once")]
