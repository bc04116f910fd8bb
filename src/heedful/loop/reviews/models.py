"""Understanding: reviews of one or more events, what they found, and themes with their owners."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Theme(PersonalRecord):
    """Events of every kind that belong together under learning, and who owns them."""

    client_key = models.UUIDField()
    name = models.CharField(max_length=120)
    why = models.TextField()
    # An account: whoever owns it must be able to see it and act.
    owner_id = models.UUIDField()
    service_ids = ArrayField(models.UUIDField(), default=list)
    # Opened from a chart: the measure, and the days that made somebody look. They are no part of any baseline.
    series_key = models.CharField(max_length=60, blank=True)
    trigger_from = models.DateField(null=True)
    trigger_to = models.DateField(null=True)
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_why = models.TextField(blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.TextField(blank=True)

    class Meta:
        db_table = "reviews_theme"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="theme_client_key_once"),
            models.CheckConstraint(
                condition=models.Q(trigger_to__gte=models.F("trigger_from")) | models.Q(trigger_from__isnull=True),
                name="theme_trigger_forwards",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-opened_at"], name="theme_newest")]


@tracked
class ThemeEvent(TenantModel):
    """An event in a theme. One that left stays written down."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="joined")
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    joined_by = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.UUIDField(null=True)

    class Meta:
        db_table = "reviews_theme_event"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "theme", "event"], name="theme_event_once"),
        ]
        indexes = [models.Index(fields=["organisation", "event"], name="theme_event_event")]


@tracked
class Review(PersonalRecord):
    """How one event, or several, were understood: the four questions, the conditions, what must change."""

    client_key = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="reviews")
    # The event whose decision asked for it; none when somebody opened it.
    required_for = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, null=True, related_name="+")
    lead_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    what_happened = models.TextField(blank=True)
    why = models.TextField(blank=True)
    what_made_it_likely = models.TextField(blank=True)
    # Asked when the answer before stopped at a person: what made that likely?
    beneath = models.TextField(blank=True)
    what_must_change = models.TextField(blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list)
    weaknesses = ArrayField(models.CharField(max_length=60), default=list)
    version = models.IntegerField(default=1)
    written_by = models.UUIDField(null=True)
    written_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    # Only persons were given as the cause: found when it was closed, shown and counted.
    individual_only = models.BooleanField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.TextField(blank=True)
    policy_version = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "reviews_review"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="review_client_key_once"),
            models.UniqueConstraint(fields=["organisation", "required_for"], name="review_required_once"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "lead_id", "due_on"],
                name="review_due",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(fields=["organisation", "-closed_at"], name="review_closed"),
        ]


@tracked
class ReviewEvent(TenantModel):
    """An event that a review is about."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="about")
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        db_table = "reviews_review_event"
        constraints = [models.UniqueConstraint(fields=["organisation", "review", "event"], name="review_event_once")]
        indexes = [models.Index(fields=["organisation", "event"], name="review_event_event")]


@tracked
class Finding(PersonalRecord):
    """One thing that must change, and the condition that it answers. Actions answer findings."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    number = models.IntegerField()
    text = models.TextField()
    factor = models.CharField(max_length=60)
    found_by = models.UUIDField()
    found_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_finding"
        constraints = [models.UniqueConstraint(fields=["organisation", "review", "number"], name="finding_number_once")]
