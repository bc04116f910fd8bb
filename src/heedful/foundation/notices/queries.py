"""Who can be reached now, what waits to be read, and what did not arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role, Scope
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices.models import Absence, Delivery, Duty, Notice, Unreached
from heedful.foundation.people.models import Account, Membership, Service, Team

# A mail that still waits after this long is not merely slow: perhaps no worker runs.
TOO_SLOW = timedelta(minutes=15)
# How far ahead "the next one on the roster" may start and still be worth telling.
NEXT_WITHIN = timedelta(days=7)
ON_ROSTER = frozenset(
    {Role.TEAM_LEADER} | {role for role, can in PERMISSIONS.items() if Permission.TRIAGE_EVENT in can}
)


def on_duty(service_id: UUID, at: datetime, *, shut_out: Iterable[UUID] = ()) -> list[UUID]:
    """Accounts to tell, best first: on duty now, their deputies, then who is on duty next.

    Somebody absent, shut out, signed off for good or without a role at this service is left out.
    """
    rows = Duty.objects.filter(service_id=service_id, ends_at__gt=at, starts_at__lte=at + NEXT_WITHIN)
    duties = list(rows.order_by("starts_at", "id"))
    # Of two that overlap, the one that began last was put there on purpose.
    now = sorted((duty for duty in duties if duty.starts_at <= at), key=lambda duty: duty.starts_at, reverse=True)
    later = [duty for duty in duties if duty.starts_at > at]
    order = [duty.account_id for duty in now] + [duty.deputy_id for duty in now]
    order += [account for duty in later for account in (duty.account_id, duty.deputy_id)]
    left_out = set(shut_out) | absent(at)
    reachable = candidates(service_id, at)
    return [one for one in dict.fromkeys(order) if one and one in reachable and one not in left_out]


def absent(at: datetime) -> set[UUID]:
    """Accounts that cannot be reached at a moment."""
    return set(Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("account_id", flat=True))


def candidates(service_id: UUID, at: datetime) -> dict[UUID, str]:
    """Who may stand on a service's roster, with names: roles that decide or lead there, in force at that moment."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    teams = list(Team.objects.filter(service_id=service_id).values_list("pk", flat=True))
    reach = Q(scope=Scope.ORGANISATION) | Q(scope=Scope.SERVICE, service_ids__contains=[service_id])
    if teams:
        reach |= Q(scope=Scope.TEAM, team_ids__overlap=teams)
    rows = (
        Membership.objects.filter(in_force, reach, valid_from__lte=at, role__in=ON_ROSTER, account__is_active=True)
        .order_by("account__name")
        .values_list("account_id", "account__name")
    )
    return dict(rows)


def told(kind: str, cause_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(cause, account) of the notices of a kind that were made for these causes."""
    found = Notice.objects.filter(kind=kind, cause_id__in=list(cause_ids))
    return set(found.values_list("cause_id", "account_id"))


def alerted(account_id: UUID, kind: str, since: datetime) -> dict[UUID, datetime]:
    """What an account was told of this kind since then, by cause: when."""
    found = Notice.objects.filter(account_id=account_id, kind=kind, made_at__gte=since)
    return dict(found.values_list("cause_id", "made_at"))


def names(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of accounts, for pages that say who."""
    wanted = {one for one in account_ids if one}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def services(viewer: Viewer, permission: Permission) -> list[Service]:
    """The services whose roster this viewer may see, or change."""
    found = Service.objects.filter(closed_on__isnull=True).order_by("name")
    if not viewer.everywhere(permission):
        found = found.filter(pk__in=viewer.services_for(permission))
    return list(found)


def service(service_id: UUID, *, viewer: Viewer, permission: Permission) -> Service | None:
    """One service, if this viewer may see or change its roster."""
    return next((one for one in services(viewer, permission) if one.pk == service_id), None)


def service_names() -> dict[UUID, str]:
    return dict(Service.objects.values_list("pk", "name"))


def duty(duty_id: UUID, *, service_id: UUID) -> Duty | None:
    return Duty.objects.filter(pk=duty_id, service_id=service_id).first()


def absence(absence_id: UUID, *, account_ids: Iterable[UUID]) -> Absence | None:
    return Absence.objects.filter(pk=absence_id, account_id__in=list(account_ids)).first()


def duties(service_id: UUID, start: datetime, end: datetime) -> list[Duty]:
    """All duties of a service that touch a time, in order."""
    found = Duty.objects.filter(service_id=service_id, ends_at__gt=start, starts_at__lt=end)
    return list(found.order_by("starts_at", "ends_at", "id"))


def absences(account_ids: Iterable[UUID], start: datetime, end: datetime) -> list[Absence]:
    """Absences of these accounts that touch a time, in order."""
    found = Absence.objects.filter(account_id__in=list(account_ids), ends_at__gt=start, starts_at__lt=end)
    return list(found.order_by("starts_at", "id"))


def unreached(since: datetime) -> list[Unreached]:
    """When nobody on a roster could be found for something urgent, newest first."""
    return list(Unreached.objects.filter(at__gte=since).order_by("-at")[:50])


def unread(viewer: Viewer) -> int:
    """How many of the viewer's notices wait: the number in the header."""
    return Notice.objects.filter(account_id=viewer.account_id, read_at__isnull=True).count()


def mine(viewer: Viewer) -> QuerySet[Notice]:
    """The viewer's own notices, newest first."""
    return Notice.objects.filter(account_id=viewer.account_id).order_by("-made_at", "-id")


@dataclass(frozen=True)
class Undelivered:
    """One alert that did not arrive: to whom, since when, why. Not about what."""

    account_id: UUID
    made_at: datetime
    urgent: bool
    attempts: int
    trouble: str
    given_up: bool


def undelivered(now: datetime) -> list[Undelivered]:
    """Mails that were given up, that had trouble, or that wait longer than they should; newest first."""
    late = Q(attempts__gt=0) | Q(notice__made_at__lt=now - TOO_SLOW)
    troubled = Q(state=Delivery.State.FAILED) | (Q(state=Delivery.State.WAITING) & late)
    rows = Delivery.objects.filter(troubled).select_related("notice").order_by("-notice__made_at", "-id")
    return [
        Undelivered(
            account_id=row.notice.account_id,
            made_at=row.notice.made_at,
            urgent=row.notice.urgent,
            attempts=row.attempts,
            trouble=row.trouble,
            given_up=row.state == Delivery.State.FAILED,
        )
        for row in rows[:500]
    ]
