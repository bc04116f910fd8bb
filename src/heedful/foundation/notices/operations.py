"""Telling people that something needs them, exactly once for each cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.access.models import new_id
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, System, write
from heedful.foundation.notices import jobs, letters, mail, queries
from heedful.foundation.notices.models import Delivery, Notice, Unreached
from heedful.foundation.people.models import Account


def notify(
    *,
    account_ids: Iterable[UUID],
    kind: str,
    cause_id: UUID,
    link: str,
    at: datetime,
    organisation_id: UUID,
    urgent: bool = False,
) -> list[Notice]:
    """Tell each account once; a repeat with the same kind and cause adds nothing. Returns the notices made now.

    The mails' jobs are deferred in the caller's transaction. `link` is a path on this site.
    """
    wanted = [
        Notice(
            id=new_id(),
            organisation_id=organisation_id,
            account_id=account_id,
            kind=kind,
            cause_id=cause_id,
            link=link,
            urgent=urgent,
            made_at=at,
        )
        for account_id in sorted(set(account_ids))
    ]
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)
    there = set(Notice.objects.filter(pk__in=[notice.pk for notice in wanted]).values_list("pk", flat=True))
    made = [notice for notice in wanted if notice.pk in there]
    _send(made)
    return made


@dataclass(frozen=True)
class Less:
    """What some are told instead: that help is needed, by a link that opens nothing which they may not read."""

    accounts: frozenset[UUID]
    kind: str
    link: str


def alert_duty(
    *,
    service_id: UUID,
    kind: str,
    cause_id: UUID,
    link: str,
    at: datetime,
    organisation_id: UUID,
    shut_out: Iterable[UUID] = (),
    how_many: int = 2,
    less: Less | None = None,
) -> list[UUID]:
    """Tell at once whoever can be reached for a service, in the roster's order; an empty list means nobody.

    Then it is recorded that nobody was reached, and the caller shows the number to call.
    """
    reached = queries.on_duty(service_id, at, shut_out=shut_out)[:how_many]
    fewer = [one for one in reached if less and one in less.accounts]
    common: dict[str, Any] = {"cause_id": cause_id, "at": at, "organisation_id": organisation_id, "urgent": True}
    if less and fewer:
        notify(account_ids=fewer, kind=less.kind, link=less.link, **common)
    if reached:
        notify(account_ids=[one for one in reached if one not in fewer], kind=kind, link=link, **common)
    else:
        note_unreached(service_id=service_id, cause_id=cause_id, at=at, organisation_id=organisation_id)
    return reached


def note_unreached(*, service_id: UUID, cause_id: UUID, at: datetime, organisation_id: UUID) -> bool:
    """Record that nobody on the roster could be found for this; once. True when it was not recorded before."""
    row = Unreached(id=new_id(), organisation_id=organisation_id, cause_id=cause_id, service_id=service_id, at=at)
    Unreached.objects.bulk_create([row], ignore_conflicts=True)
    if not Unreached.objects.filter(pk=row.pk).exists():
        return False
    with history.entry():
        write(
            kind="alert.unreached",
            by=System(organisation_id),
            at=at,
            subject_type="unreached",
            subject_id=row.pk,
            payload={"cause": cause_id, "service": service_id},
        )
    return True


def mark_read(*, by: Viewer, at: datetime, notice_id: UUID | None = None) -> int:
    """Mark one of somebody's own notices, or all of them, as read."""
    notices = Notice.objects.filter(account_id=by.account_id, read_at__isnull=True)
    if notice_id is not None:
        notices = notices.filter(pk=notice_id)
    return notices.update(read_at=at)


def try_again(*, by: Actor, at: datetime) -> int:
    """Send what was given up once more, after the cause was mended."""
    given_up = list(Delivery.objects.select_for_update(no_key=True).filter(state=Delivery.State.FAILED))
    if not given_up:
        return 0
    Delivery.objects.filter(pk__in=[one.pk for one in given_up]).update(state=Delivery.State.WAITING, attempts=0)
    for delivery in given_up:
        jobs.defer(delivery)
    with history.entry():
        write(kind="alerts.sent_again", by=by, at=at, payload={"count": len(given_up)})
    return len(given_up)


def _send(notices: list[Notice]) -> None:
    """A mail for each account that has an address; without a mail server a notice lives in the app only."""
    if not notices or not mail.set_up():
        return
    with_mail = set(
        Account.objects.filter(pk__in=[notice.account_id for notice in notices], is_active=True)
        .exclude(email="")
        .values_list("pk", flat=True)
    )
    for notice in notices:
        if notice.account_id in with_mail:
            delivery = Delivery(id=new_id(), organisation_id=notice.organisation_id, notice=notice)
            delivery.message_id = letters.message_id(delivery.pk)
            delivery.save(force_insert=True)
            jobs.defer(delivery)
