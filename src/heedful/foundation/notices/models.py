"""What somebody was told to look at, and whether it reached them. No case content: a kind, a link, a state."""

from django.db import models

from heedful.foundation.access.models import TenantModel
from heedful.foundation.ledger.history import tracked


class Notice(TenantModel):
    """One thing one account should look at. Made once for each cause."""

    account_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    cause_id = models.UUIDField()
    # A path on this site, never a whole address.
    link = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account_id", "kind", "cause_id"], name="notice_once"),
            models.CheckConstraint(
                condition=models.Q(link__startswith="/") & ~models.Q(link__startswith="//"),
                name="notice_link_stays_here",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "account_id", "-made_at", "-id"], name="notice_account"),
            models.Index(
                fields=["organisation", "account_id"], name="notice_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]


class Delivery(TenantModel):
    """A notice on its way by mail: the state is what administrators see when alerts do not arrive."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, default="mail")
    # The same for every try, so that a mail that was handed over twice is seen as one.
    message_id = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    last_tried_at = models.DateTimeField(null=True)
    # A code of `mail.TROUBLES`: a mail server's own words may quote addresses.
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "notices_delivery"
        constraints = [models.UniqueConstraint(fields=["organisation", "notice", "channel"], name="delivery_once")]
        indexes = [
            models.Index(fields=["organisation", "state"], name="delivery_not_sent", condition=~models.Q(state="sent"))
        ]


@tracked
class Duty(TenantModel):
    """Who is on duty for a service from when to when, and who stands in."""

    service = models.ForeignKey("people.Service", on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField()
    deputy_id = models.UUIDField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "notices_duty"
        indexes = [models.Index(fields=["organisation", "service", "starts_at"], name="duty_service")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="duty_forwards"),
            models.CheckConstraint(
                condition=models.Q(deputy_id__isnull=True) | ~models.Q(deputy_id=models.F("account_id")),
                name="duty_deputy_is_another",
            ),
            models.UniqueConstraint(
                fields=["organisation", "service", "account_id", "starts_at", "ends_at"], name="duty_once"
            ),
        ]


@tracked
class Absence(TenantModel):
    """Somebody who cannot be reached, from when to when."""

    account_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "notices_absence"
        indexes = [models.Index(fields=["organisation", "account_id", "starts_at"], name="absence_account")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_forwards"),
            models.UniqueConstraint(fields=["organisation", "account_id", "starts_at", "ends_at"], name="absence_once"),
        ]


class Unreached(TenantModel):
    """An urgent matter for which nobody on the roster could be found: the reporter was shown whom to call."""

    cause_id = models.UUIDField()
    service_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "notices_unreached"
        constraints = [models.UniqueConstraint(fields=["organisation", "cause_id"], name="unreached_once")]
        indexes = [models.Index(fields=["organisation", "-at"], name="unreached_newest")]
