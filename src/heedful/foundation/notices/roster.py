"""The verbs of the duty roster. Each writes one ledger entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.notices.models import Absence, Duty
from heedful.foundation.people.models import Service


def add_duty(
    *,
    service: Service,
    account_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    deputy_id: UUID | None = None,
) -> Duty:
    """Put somebody on duty for a service, with a deputy if there is one. The same duty twice is one."""
    with history.entry():
        duty, is_new = Duty.objects.get_or_create(
            organisation_id=by.organisation_id,
            service=service,
            account_id=account_id,
            starts_at=starts_at,
            ends_at=ends_at,
            defaults={"deputy_id": deputy_id},
        )
        if is_new:
            _write("roster.added", duty, by, at, {"service": service.pk, "account": account_id, "deputy": deputy_id})
    return duty


def end_duty(*, duty: Duty, by: Actor, at: datetime) -> None:
    """A duty that runs ends now; one that is still to come is taken off. History keeps both."""
    with history.entry():
        _end(duty, at)
        _write("roster.ended", duty, by, at, {"service": duty.service_id, "account": duty.account_id})


def note_absence(*, account_id: UUID, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Absence:
    """Somebody cannot be reached: alerts pass to the next one on the roster. The same absence twice is one."""
    with history.entry():
        absence, is_new = Absence.objects.get_or_create(
            organisation_id=by.organisation_id, account_id=account_id, starts_at=starts_at, ends_at=ends_at
        )
        if is_new:
            _write("absence.noted", absence, by, at, {"account": account_id})
    return absence


def end_absence(*, absence: Absence, by: Actor, at: datetime) -> None:
    """Back again."""
    with history.entry():
        _end(absence, at)
        _write("absence.ended", absence, by, at, {"account": absence.account_id})


def _end(row: Duty | Absence, at: datetime) -> None:
    if row.ends_at <= at:
        return
    if row.starts_at >= at:
        type(row).objects.filter(pk=row.pk).delete()
    else:
        type(row).objects.filter(pk=row.pk).update(ends_at=at)


def _write(kind: str, subject: Duty | Absence, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    write(kind=kind, by=by, at=at, subject_type=kind.partition(".")[0], subject_id=subject.pk, payload=payload)
