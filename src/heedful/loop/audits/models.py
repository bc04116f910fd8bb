"""Audits: a check of practice on a random sample that anybody can draw again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Audit(PersonalRecord):
    """One question asked of a sample. Planned for a day; it can be moved or cancelled, never just dropped."""

    client_key = models.UUIDField()
    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey("reviews.Theme", on_delete=models.PROTECT, null=True, related_name="+")
    service_ids = ArrayField(models.UUIDField(), default=list)
    question = models.CharField(max_length=200)
    # Of a hundred, how many should be answered with yes.
    wanted = models.SmallIntegerField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    state = models.CharField(max_length=10, default="planned")
    planned_at = models.DateTimeField()
    planned_by = models.UUIDField(null=True)
    # What the sample was drawn from, fixed before there was a seed.
    population_words = models.CharField(max_length=200, blank=True)
    population_size = models.IntegerField(null=True)
    # References where a list was given; empty where they are only numbered.
    listed = ArrayField(models.CharField(max_length=60), default=list)
    sample_size = models.IntegerField(null=True)
    seed = models.CharField(max_length=32, blank=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    cancel_why = models.TextField(blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    cancel_asked_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.UUIDField(null=True)

    class Meta:
        db_table = "audits_audit"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="audit_client_key_once"),
            models.CheckConstraint(
                condition=Q(action__isnull=False) | Q(theme__isnull=False), name="audit_belongs_to_something"
            ),
            models.CheckConstraint(
                condition=Q(sample_size__isnull=True) | Q(sample_size__lte=F("population_size"), sample_size__gte=1),
                name="audit_sample_within_population",
            ),
            models.CheckConstraint(condition=Q(drawn_at__isnull=True) | ~Q(seed=""), name="audit_drawn_with_a_seed"),
            models.CheckConstraint(condition=~Q(cancelled_by=F("cancel_asked_by")), name="audit_cancelled_by_two"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "drawn", "done", "cancelled"]), name="audit_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"], name="audit_open", condition=Q(state__in=["planned", "drawn"])
            ),
            models.Index(fields=["organisation", "action"], name="audit_action"),
            models.Index(fields=["organisation", "theme"], name="audit_theme"),
        ]


@tracked
class AuditItem(TenantModel):
    """One of the sample. `number` is its place in the population, `position` its place in the sample."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="items")
    position = models.IntegerField()
    number = models.IntegerField()
    label = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=15, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        db_table = "audits_item"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "audit", "position"], name="audit_position_once"),
            models.UniqueConstraint(fields=["organisation", "audit", "number"], name="audit_number_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "yes", "no", "not_applicable"]), name="audit_answer_known"
            ),
        ]


@tracked
class AuditMove(TenantModel):
    """Another day, with the reason."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="moves")
    number = models.IntegerField()
    reason = models.TextField()
    due_before = models.DateField()
    due_after = models.DateField()
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField()

    class Meta:
        db_table = "audits_move"
        constraints = [models.UniqueConstraint(fields=["organisation", "audit", "number"], name="audit_move_once")]
