"""Shutting somebody out of a case, inside the operation that names them. Writes no ledger entry of its own."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from heedful.loop.incidents import workplace
from heedful.loop.incidents.models import Event, Involved, ShutOut
from heedful.loop.incidents.reports import ALLEGED_SOURCE


def shut_out_named(event: Event, involved: Iterable[Involved], at: datetime) -> set[UUID]:
    """Keep every member of staff named as alleged source of harm away from the case; returns who is new."""
    staff = {one.staff_id for one in involved if one.part == ALLEGED_SOURCE and one.staff_id}
    there = set(shut_outs_in_force(event).values_list("staff_id", flat=True))
    accounts = workplace.accounts_of(staff - there)
    for staff_id, account_id in accounts.items():
        ShutOut.objects.update_or_create(
            organisation_id=event.organisation_id,
            event=event,
            staff_id=staff_id,
            defaults={"account_id": account_id, "named_at": at, "lifted_at": None, "lifted_by": None, "lifted_why": ""},
        )
    return set(accounts)


def shut_outs_in_force(event: Event):  # type: ignore[no-untyped-def]
    return ShutOut.objects.filter(event=event, lifted_at__isnull=True)


def shut_out_accounts(event: Event) -> frozenset[UUID]:
    """Accounts kept away from the case: as it was when they were named, and as it is now."""
    rows = shut_outs_in_force(event).values_list("account_id", "staff__account_id")
    return frozenset(account for row in rows for account in row if account)


def names_to_match(event: Event) -> bool:
    """Is an alleged source of harm named who may work here, and is not matched yet?"""
    return Involved.objects.filter(
        event=event, part=ALLEGED_SOURCE, matched=False, staff__isnull=True, person__isnull=True
    ).exists()
