"""What was told to whom about a case, on whose decision; and what is known of whether a change worked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class Telling(PersonalRecord):
    """Words that a person chose to tell. Who the reporter is does not stand here: it is found when they look."""

    client_key = models.UUIDField()
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=10)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    relation = models.ForeignKey("people.Relation", on_delete=models.PROTECT, null=True, related_name="+")
    # Heard comes by itself: it is the receipt.
    step = models.CharField(max_length=10)
    words = models.TextField()
    # How the person or the family was told, outside Heedful.
    channel = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    told_by = models.UUIDField()

    class Meta:
        db_table = "feedback_telling"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="telling_client_key_once"),
            models.CheckConstraint(
                condition=Q(recipient="reporter", person__isnull=True, relation__isnull=True)
                | Q(recipient="person", person__isnull=False, relation__isnull=True)
                | Q(recipient="family", relation__isnull=False),
                name="telling_recipient_known",
            ),
            models.CheckConstraint(condition=Q(step__in=["decided", "changed", "result"]), name="telling_step_known"),
            models.CheckConstraint(condition=~Q(words=""), name="telling_says_something"),
        ]
        indexes = [models.Index(fields=["organisation", "event", "told_at"], name="telling_event")]


@tracked
class FamilyDecision(PersonalRecord):
    """May this relation be told about this case? Who decided, on what basis, when. A later one supersedes it."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey("people.Relation", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    allowed = models.BooleanField()
    basis = models.CharField(max_length=20)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    why = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "feedback_family_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "event", "relation", "number"], name="family_decision_number_once"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["consent", "authority", "best_interests"]), name="family_basis_known"
            ),
        ]


@tracked
class PoliceWord(TenantModel):
    """The police said that people may be told now: who there, on which day, and what they said."""

    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    who = models.CharField(max_length=200)
    said_on = models.DateField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "feedback_police_word"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "event", "number"], name="police_word_number_once")
        ]


@tracked
class KnownResult(TenantModel):
    """Whether an action worked, as the stage after this one tells it."""

    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20)
    known_at = models.DateTimeField()

    class Meta:
        db_table = "feedback_known_result"
        constraints = [models.UniqueConstraint(fields=["organisation", "action"], name="known_result_once")]


@tracked
class Bulletin(PersonalRecord):
    """One page of learning without names, from a case or a theme. It goes out through the release door."""

    client_key = models.UUIDField()
    number = models.IntegerField()
    event = models.ForeignKey("incidents.Event", on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey("reviews.Theme", on_delete=models.PROTECT, null=True, related_name="+")
    parts = models.JSONField(default=dict)
    options = ArrayField(models.CharField(max_length=120), default=list)
    right = models.SmallIntegerField()
    state = models.CharField(max_length=10, default="drafted")
    author_id = models.UUIDField()
    drafted_at = models.DateTimeField()
    # The text that is reviewed, at the release door; another text is another review.
    release_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    team_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "feedback_bulletin"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="bulletin_client_key_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="bulletin_number_once"),
            models.CheckConstraint(
                condition=Q(event__isnull=True, theme__isnull=False) | Q(event__isnull=False, theme__isnull=True),
                name="bulletin_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "proposed", "released"]), name="bulletin_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_by__isnull=False, released_at__isnull=False),
                name="bulletin_released_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(released_by=models.F("author_id")), name="bulletin_two_people"),
        ]


@tracked
class Reading(TenantModel):
    """One member of staff read a bulletin and answered, or was told at handover by a named person."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="readings")
    staff = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, related_name="+")
    answer = models.SmallIntegerField(null=True)
    read_at = models.DateTimeField()
    # Told at handover: by whom.
    told_by = models.UUIDField(null=True)

    class Meta:
        db_table = "feedback_reading"
        constraints = [models.UniqueConstraint(fields=["organisation", "bulletin", "staff"], name="reading_once")]
