"""Who can lead an action, whom its delay reaches, and who is kept away from what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from heedful.foundation.notices import queries as notices
from heedful.foundation.people.models import StaffMember
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions.rules import Person
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.operations import conflict

DECIDERS = [role for role, can in PERMISSIONS.items() if Permission.AGREE_ACTION in can]


@dataclass(frozen=True)
class Colleague:
    """Somebody who could lead: their name, and whether notices reach them."""

    id: UUID
    name: str
    job_title: str
    account_id: UUID | None


def could_lead(service_ids: Iterable[UUID], event_ids: Iterable[UUID], on: date, at: datetime) -> list[Colleague]:
    """Everybody who works in these services, and those who decide there; nobody who is named in the case."""
    services = list(service_ids)
    accounts = {account for one in services for account, _ in workplace.members(one, DECIDERS, at)}
    rows = StaffMember.objects.filter(account_id__in=accounts)
    for one in services:
        rows = rows | StaffMember.objects.filter(pk__in=workplace.staff_of(one, on).values("pk"))
    found = rows.filter(left_on__isnull=True).distinct().order_by("name", "id")
    away = kept_away(event_ids)
    listed = found.values_list("id", "name", "job_title", "account_id")
    return [Colleague(*row) for row in listed if row[0] not in away and row[3] not in away]


def person(staff_id: UUID | None, event_ids: Iterable[UUID]) -> Person | None:
    """One member of staff as the rules look at them; None for somebody unknown or who has left."""
    found = StaffMember.objects.filter(pk=staff_id, left_on__isnull=True).first() if staff_id else None
    if found is None:
        return None
    away = kept_away(event_ids)
    return Person(found.pk, found.account_id is not None, found.pk in away or found.account_id in away)


def kept_away(event_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Accounts and members of staff who are shut out of any of these events."""
    away: set[UUID] = set()
    for event in incidents.Event.objects.filter(pk__in=list(event_ids)):
        away |= conflict.shut_out_accounts(event)
        away |= {one for one in conflict.shut_outs_in_force(event).values_list("staff_id", flat=True) if one}
    return frozenset(away)


def free_to_hear(action: Any, event_ids: Iterable[UUID], accounts: Iterable[UUID], at: datetime) -> list[UUID]:
    """Those of these accounts whom a notice may reach: not who is shut out, nor whom a name in doubt may mean.

    Whoever leads it knows of the change already, and hears unless the name is near theirs. Others hear if they may
    open the case: while a name is in doubt, nobody who works there may.
    """
    asked, own = list(accounts), owners(action)
    away: set[UUID] = set()
    for event in incidents.Event.objects.filter(pk__in=list(event_ids)):
        away |= conflict.may_be_meant(event, asked, at) | (conflict.kept_away(event, asked, at) - own)
    return [account for account in asked if account not in away]


def owners(action: Any) -> frozenset[UUID]:
    """The accounts of the lead and of whoever stands in."""
    people = (action.lead, action.deputy)
    return frozenset(one.account_id for one in people if one and one.account_id)


def reached(action: Any, at: datetime) -> list[UUID]:
    """Whom a notice to the lead goes to: the lead, or the deputy where the lead has no account or is away."""
    absent = notices.absent(at)
    in_order = [one.account_id for one in (action.lead, action.deputy) if one and one.account_id]
    return [one for one in in_order if one not in absent][:1] or in_order[:1]


def holding(role: str, service_ids: Iterable[UUID], at: datetime) -> list[UUID]:
    """Accounts in a role that reaches any of these services."""
    found = {account for one in service_ids for account, _ in workplace.members(one, [Role(role)], at)}
    return sorted(found)
