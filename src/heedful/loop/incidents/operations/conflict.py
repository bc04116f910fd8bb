"""Shutting somebody out of a case, inside the operation that names them. Writes no ledger entry of its own."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import HANDS_ON, PERMISSIONS, Role
from heedful.foundation.workplace import doubt
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries
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


def kept_away(event: Event, accounts: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Those of these accounts that may neither read nor decide: shut out, or in doubt until a name is matched."""
    return (shut_out_accounts(event) & frozenset(accounts)) | in_doubt(event, accounts, at)


def in_doubt(event: Event, accounts: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Those whom a name that is not matched yet may mean. Whoever works in the services may always be meant."""
    typed = queries.unmatched_names(event)
    if not typed:
        return frozenset()
    found = workplace.somebodies(accounts, at)
    return frozenset(
        account for account, one in found.items() if not _stands_apart(one) or doubt.may_be_any(typed, one)
    )


def may_be_meant(event: Event, accounts: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Those who are shut out, or whom a name that is not matched yet may mean: not even told that somebody needs help.

    Fewer than are kept away: whoever works there and is surely another may know so much, and can go and see.
    """
    typed, known = queries.unmatched_names(event), shut_out_accounts(event) & frozenset(accounts)
    if not typed:
        return known
    return known | {
        account
        for account, one in workplace.somebodies(accounts, at).items()
        if (doubt.may_be_any(typed, one) if _stands_apart(one) else not doubt.surely_another(typed, one))
    }


def reporter_in_doubt(event: Event, account: UUID, at: datetime) -> bool:
    """Whoever told us goes on with it, unless a name that is not matched yet is near their own."""
    typed = queries.unmatched_names(event)
    one = workplace.somebodies([account], at).get(account) if typed else None
    return bool(one and doubt.may_be_any(typed, one, by_post=False))


def few_enough(event: Event) -> bool:
    """Should the case be kept to a few people: told in confidence, or a colleague is or may be named in it?"""
    sources = Involved.objects.filter(event=event, part=ALLEGED_SOURCE)
    return event.confidential or queries.unmatched(sources).exists() or sources.filter(staff__isnull=False).exists()


def _stands_apart(one: doubt.Somebody) -> bool:
    roles = {Role(role) for role in one.roles}
    return not roles & HANDS_ON and any(Permission.SEE_UNMATCHED in PERMISSIONS[role] for role in roles)
