"""What is due is said: to whoever leads the change or owns the theme, then to those above."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from heedful.foundation.notices.late import Late, Round
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries
from heedful.loop.audits.models import Audit


def remind_of_due(*, organisation_id: UUID, at: datetime) -> dict[UUID, dict[str, list[UUID]]]:
    """Of every open check whose day has come: who was told now, by check and step. May run twice a day."""
    look = Round(organisation_id, at)
    found = {row.pk: look.remind(_late(row, at)) for row in queries.open_until(at.date())}
    return {audit_id: told for audit_id, told in found.items() if told}


def _late(row: Audit, at: datetime) -> Late:
    return Late(
        what="check",
        subject_id=row.pk,
        due_on=row.due_on,
        owners=_owners(row, at),
        services=tuple(service for one in row.service_ids if (service := workplace.service(one))),
        link=reverse("audits:show", args=[row.pk]),
        may_see=partial(queries.sees_audit, row),
    )


def _owners(row: Audit, at: datetime) -> tuple[UUID, ...]:
    if row.action is not None:
        return tuple(actions.reached(row.action, at))
    return (row.theme.owner_id,) if row.theme else ()
