"""The job that hands one mail over. Its arguments are ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heedful.foundation.access import tenant
from heedful.foundation.notices import letters, mail
from heedful.foundation.notices.models import Delivery

QUEUE = "mail"
_URGENT = 10
# How often is decided by `letters.MOST_ATTEMPTS`, which administrators see; this only spaces the tries.
_SPACED = RetryStrategy(exponential_wait=3)


@app.task(name="heedful.deliver", queue=QUEUE, retry=_SPACED)
def deliver(organisation_id: str, delivery_id: str) -> None:
    """Hand over, then record. Killed in between, the mail goes out once more, with the same Message-ID."""
    organisation, delivery = UUID(organisation_id), UUID(delivery_id)
    with tenant.use(organisation):
        letter = letters.prepare(delivery)
    if letter is None:
        return
    trouble: mail.NotHandedOver | None = None
    try:
        letters.hand_over(letter)
    except mail.NotHandedOver as error:
        trouble = error
    with tenant.use(organisation):
        state = letters.record(delivery, timezone.now(), trouble)
    if trouble and state == Delivery.State.WAITING:
        raise trouble


def defer(delivery: Delivery) -> None:
    """Inside the caller's transaction: a rollback takes the job with it. Two jobs never hold one delivery at once."""
    deliver.configure(lock=f"mail-{delivery.pk}", priority=_URGENT if delivery.notice.urgent else 0).defer(
        organisation_id=str(delivery.organisation_id), delivery_id=str(delivery.pk)
    )
