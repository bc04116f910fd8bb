"""Who may lead a review or own a theme: by role and reach, and never somebody kept away from one of its events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries as incidents

LEADERS = [role for role, can in PERMISSIONS.items() if Permission.LEAD_REVIEW in can]
OWNERS = [role for role, can in PERMISSIONS.items() if Permission.OWN_THEME in can]
_FIRST = (Role.REGISTERED_MANAGER, Role.SAFEGUARDING_LEAD, Role.NOMINATED_INDIVIDUAL)


def may_lead(events: Iterable[Any], at: datetime) -> list[UUID]:
    """Accounts that may lead a review of these events, the managers first."""
    return _whole(list(events), LEADERS, at)


def may_own(service_ids: Iterable[UUID], events: Iterable[Any], at: datetime) -> list[UUID]:
    """Accounts that may own a theme across these services."""
    return _reaching(set(service_ids), list(events), OWNERS, at)


def named(accounts: Iterable[UUID]) -> list[tuple[str, str]]:
    """(account, name) pairs to choose from, in the order given."""
    order = list(accounts)
    names = workplace.names(order)
    return [(str(one), names[one]) for one in order if one in names]


def _whole(events: list[Any], roles: list[Role], at: datetime) -> list[UUID]:
    return _reaching({event.service_id for event in events}, events, roles, at)


def _reaching(services: set[UUID], events: list[Any], roles: list[Role], at: datetime) -> list[UUID]:
    """Those whose role reaches every one of the services, without anybody who is shut out of an event."""
    restricted = any(event.restricted for event in events)
    can = [role for role in roles if not restricted or Permission.SEE_RESTRICTED in PERMISSIONS[role]]
    found: dict[UUID, set[UUID]] = {}
    ranks: dict[UUID, int] = {}
    for service_id in services:
        for account_id, role in workplace.members(service_id, can, at):
            found.setdefault(account_id, set()).add(service_id)
            rank = _FIRST.index(Role(role)) if Role(role) in _FIRST else len(_FIRST)
            ranks[account_id] = min(rank, ranks.get(account_id, rank))
    away = frozenset().union(*(incidents.subject_of(event).shut_out_accounts for event in events)) if events else ()
    whole = [one for one, reached in found.items() if reached == services and one not in away]
    return sorted(whole, key=lambda one: (ranks[one], one))
