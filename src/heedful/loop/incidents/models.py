"""What happened, in the reporter's own words, with who, when, and what was done to make it safe."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import PersonalRecord, TenantModel
from heedful.foundation.ledger.history import tracked, tracked_in_bulk


@tracked_in_bulk
class Event(PersonalRecord):
    """Anything that went wrong, nearly did, or worries someone."""

    number = models.IntegerField()
    # Made by the phone or client: the same report sent twice is stored once.
    client_key = models.UUIDField()
    body_hash = models.BinaryField(max_length=32)
    service = models.ForeignKey("people.Service", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120)
    words = models.TextField()
    kinds = ArrayField(models.SlugField(max_length=40), default=list)
    type = models.CharField(max_length=60, blank=True)
    subtype = models.CharField(max_length=60, blank=True)
    # When it happened, as an interval: "about 9" is not 21:00 exactly.
    occurred_from = models.DateTimeField()
    occurred_to = models.DateTimeField()
    occurred_as = models.CharField(max_length=12, default="exact")
    shift_name = models.CharField(max_length=60, blank=True)
    shift_from = models.DateTimeField(null=True)
    shift_to = models.DateTimeField(null=True)
    aware_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    # Local to the service, computed when written, so that every engine counts the same.
    local_date = models.DateField()
    local_hour = models.SmallIntegerField(null=True)
    local_weekday = models.SmallIntegerField()
    financial_year = models.SmallIntegerField()
    harm_body = models.CharField(max_length=12, default="unknown")
    harm_mind = models.CharField(max_length=12, default="unknown")
    safe_now = models.CharField(max_length=12, default="unknown")
    made_safe = models.TextField(blank=True)
    met_safeguarding = models.CharField(max_length=8, blank=True)
    met_safeguarding_why = models.TextField(blank=True)
    met_clinical = models.CharField(max_length=8, blank=True)
    met_clinical_why = models.TextField(blank=True)
    met_family = models.CharField(max_length=8, blank=True)
    met_family_why = models.TextField(blank=True)
    discharge = models.CharField(max_length=8, default="unknown")
    discharge_days = models.SmallIntegerField(null=True)
    confidential = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    status = models.CharField(max_length=20, default="recorded")
    # "live" or "history": an imported event counts, but starts nothing.
    source = models.CharField(max_length=10, default="live")
    source_system = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    row_digest = models.BinaryField(max_length=32, null=True)
    batch_id = models.UUIDField(null=True)
    flags = ArrayField(models.SlugField(max_length=40), default=list)
    form_version = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "incidents_event"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "client_key"], name="event_client_key_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="event_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "source_system", "external_id"],
                name="event_external_once",
                condition=~models.Q(external_id=""),
            ),
            models.CheckConstraint(
                condition=models.Q(occurred_to__gte=models.F("occurred_from")), name="event_interval_forwards"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-occurred_from", "-id"], name="event_newest"),
            models.Index(fields=["organisation", "service", "-occurred_from", "-id"], name="event_service_newest"),
            models.Index(fields=["organisation", "type", "-occurred_from", "-id"], name="event_type_newest"),
            models.Index(
                fields=["organisation", "retain_from", "id"],
                name="event_kept",
                condition=models.Q(retain_from__isnull=False),
            ),
            models.Index(
                fields=["organisation", "status", "aware_at"],
                name="event_live_status",
                condition=models.Q(source="live"),
            ),
        ]


class Counter(TenantModel):
    """The last number given to an event. Its row lock keeps numbers without gaps."""

    last = models.IntegerField(default=0)

    class Meta:
        db_table = "incidents_counter"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="counter_once")]


@tracked
class Reporter(TenantModel):
    """Who told us. A table of its own, with its own permission; reading it is written in the ledger."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="reporter")
    account_id = models.UUIDField(null=True)
    staff = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "incidents_reporter"
        indexes = [models.Index(fields=["organisation", "account_id", "-event"], name="reporter_account")]


@tracked
class Involved(PersonalRecord):
    """Somebody who has a part in an event: a person supported, a member of staff, or only a name so far."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="involved")
    part = models.CharField(max_length=30)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    matched = models.BooleanField(default=False)

    class Meta:
        db_table = "incidents_involved"
        indexes = [
            models.Index(fields=["organisation", "event"], name="involved_event"),
            models.Index(fields=["organisation", "person"], name="involved_person"),
            models.Index(fields=["organisation", "staff"], name="involved_staff"),
            models.Index(
                fields=["organisation", "event"],
                name="involved_to_match",
                condition=models.Q(part="alleged_source", matched=False, staff__isnull=True, person__isnull=True),
            ),
        ]


@tracked
class Informed(TenantModel):
    """Who was told, and when."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="informed")
    who = models.CharField(max_length=30)
    name = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "incidents_informed"
        indexes = [models.Index(fields=["organisation", "event"], name="informed_event")]


@tracked
class ShutOut(TenantModel):
    """A person named as alleged source of harm is kept away from that case, from the moment they are named."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="shut_outs")
    staff = models.ForeignKey("people.StaffMember", on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField(null=True)
    named_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        db_table = "incidents_shut_out"
        constraints = [models.UniqueConstraint(fields=["organisation", "event", "staff"], name="shut_out_once")]
        indexes = [models.Index(fields=["organisation", "account_id", "event"], name="shut_out_account")]


@tracked
class Share(TenantModel):
    """One case shown to one named member for a time, with a reason. A shut-out always wins over it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="shares")
    account_id = models.UUIDField()
    why = models.TextField()
    shared_by = models.UUIDField()
    shared_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        db_table = "incidents_share"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "event", "account_id"],
                name="share_one_open",
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("shared_at")), name="share_for_a_time"),
        ]
        indexes = [models.Index(fields=["organisation", "account_id", "event"], name="share_account")]


@tracked
class Assignment(TenantModel):
    """Who decides next about an event, and by when. Every live event has one open until it is answered.

    `decider_id` is empty only when nobody inside is free of conflict: then the outside contacts were given.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="assignments")
    decider_id = models.UUIDField(null=True)
    role = models.CharField(max_length=30)
    why = models.CharField(max_length=60, blank=True)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "incidents_assignment"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "event"], name="assignment_one_open", condition=models.Q(ended_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at"], name="assignment_due", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(
                fields=["organisation", "decider_id", "due_at"],
                name="assignment_decider",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]


class Version(PersonalRecord):
    """An event as it stood after a change. The first version is the original and is always kept in view."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    body = models.JSONField()
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        db_table = "incidents_version"
        constraints = [models.UniqueConstraint(fields=["organisation", "event", "number"], name="version_once")]


@tracked
class Question(TenantModel):
    """An event sent back to its reporter: what is asked, and the answer."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "incidents_question"
        indexes = [models.Index(fields=["organisation", "event"], name="question_event")]


@tracked
class Link(TenantModel):
    """Two events that belong together: the same thing told twice, or related."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=20)
    linked_by = models.UUIDField()
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "incidents_link"
        constraints = [models.UniqueConstraint(fields=["organisation", "event", "other"], name="link_once")]
