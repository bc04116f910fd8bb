"""Actions: what will be different on a shift, who leads it, what it should move, and the proof that it was done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Action(PersonalRecord):
    """An improvement that somebody owns. What it should move is fixed before its first day."""

    client_key = models.UUIDField()
    review = models.ForeignKey("reviews.Review", on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey("reviews.Theme", on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.ForeignKey("reviews.Finding", on_delete=models.PROTECT, null=True, related_name="+")
    service_ids = ArrayField(models.UUIDField(), default=list)
    what_will_differ = models.TextField()
    kind = models.CharField(max_length=40)
    strength = models.CharField(max_length=12)
    # The plan relied on memory alone when this was agreed: why that is enough.
    weak_reason = models.TextField(blank=True)
    policy_version = models.CharField(max_length=80)
    lead = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, related_name="+")
    # Whom notices reach where the lead has no account or is away.
    deputy = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    first_due_on = models.DateField()
    # The cut-point: measured from this day.
    starts_on = models.DateField()
    # A measure of `measures`, counted over `service_ids`; empty when the aim cannot be counted.
    series_key = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=5, blank=True)
    target = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    not_measured_why = models.TextField(blank=True)
    reaudit_question = models.CharField(max_length=200)
    reaudit_wanted = models.SmallIntegerField()
    reaudit_on = ArrayField(models.DateField(), default=list)
    state = models.CharField(max_length=10, default="agreed")
    agreed_at = models.DateTimeField()
    agreed_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.UUIDField(null=True)
    dropped_why = models.TextField(blank=True)
    # Told by the verdict, which is a later stage.
    known_outcome = models.CharField(max_length=20, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_action"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="action_client_key_once"),
            models.CheckConstraint(
                condition=Q(review__isnull=False) | Q(theme__isnull=False), name="action_belongs_to_something"
            ),
            models.CheckConstraint(
                condition=Q(series_key="", direction="", target__isnull=True)
                | Q(direction="fewer", target__gt=0, target__lt=1)
                | Q(direction="more", target__gt=1),
                name="action_target_on_the_right_side",
            ),
            models.CheckConstraint(condition=~Q(series_key="") | ~Q(not_measured_why=""), name="action_aim_or_why_not"),
            models.CheckConstraint(condition=~Q(verified_by=F("done_by")), name="action_two_people"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("lead")), name="action_deputy_is_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreed", "done", "verified", "dropped"]), name="action_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "lead", "due_on"], name="action_lead"),
            models.Index(fields=["organisation", "due_on"], name="action_open", condition=Q(state="agreed")),
            models.Index(fields=["organisation", "review"], name="action_review"),
            models.Index(fields=["organisation", "theme"], name="action_theme"),
        ]


@tracked
class PlanUpdate(TenantModel):
    """A person supported whose care plan the change must reach; outstanding until somebody shows where it stands."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="plans")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    proof = models.TextField(blank=True)

    class Meta:
        db_table = "actions_plan_update"
        constraints = [models.UniqueConstraint(fields=["organisation", "action", "person"], name="plan_person_once")]


@tracked
class Extension(TenantModel):
    """More time, with the reason. They are counted."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="extensions")
    number = models.IntegerField()
    reason = models.TextField()
    due_before = models.DateField()
    due_after = models.DateField()
    extended_at = models.DateTimeField()
    extended_by = models.UUIDField()

    class Meta:
        db_table = "actions_extension"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "action", "number"], name="extension_number_once"),
            models.CheckConstraint(condition=Q(due_after__gt=F("due_before")), name="extension_forwards"),
        ]


@tracked
class Evidence(TenantModel):
    """What was shown when somebody said "done". Files hang on the action. One that was sent back stays."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    number = models.IntegerField()
    words = models.TextField(blank=True)
    files = models.IntegerField(default=0)
    said_at = models.DateTimeField()
    said_by = models.UUIDField()
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.UUIDField(null=True)
    sent_back_why = models.TextField(blank=True)

    class Meta:
        db_table = "actions_evidence"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "action", "number"], name="evidence_number_once"),
            models.CheckConstraint(condition=~Q(words="") | Q(files__gt=0), name="evidence_shows_something"),
        ]


@tracked
class Escalation(TenantModel):
    """Somebody was told that an action is late: each step once for one date."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="escalations")
    due_on = models.DateField()
    who = models.CharField(max_length=30)
    told = ArrayField(models.UUIDField(), default=list)
    escalated_at = models.DateTimeField()

    class Meta:
        db_table = "actions_escalation"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "action", "due_on", "who"], name="escalation_step_once")
        ]
