"""From a signed-in account to a frozen Viewer: the one place that reads memberships."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from heedful.foundation.access import tenant
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.access.viewer import Grant, Viewer
from heedful.foundation.people.models import Account, Membership, Organisation, StaffMember

CHOSEN = "organisation_id"


def organisations_of(account_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of the organisations an account may act in: one reviewed database function, no tenant needed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id, name FROM heedful_organisations_of(%s) ORDER BY name", [account_id])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def viewer_for(request: HttpRequest, now: datetime) -> Viewer | None:
    """The viewer of this request, or None when an organisation has to be chosen first."""
    account = request.user
    if not isinstance(account, Account):
        return None
    choices = organisations_of(account.pk)
    chosen = request.session.get(CHOSEN)
    for organisation_id, name in choices:
        if str(organisation_id) == chosen or len(choices) == 1:
            return build(account, organisation_id, name, now=now, organisations=len(choices))
    return None


def build(
    account: Account, organisation_id: UUID, organisation_name: str, *, now: datetime, organisations: int = 1
) -> Viewer | None:
    """A viewer with every grant in force now; None when there is none left."""
    with tenant.use(organisation_id):
        in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
        memberships = Membership.objects.filter(in_force, account_id=account.pk, valid_from__lte=now)
        grants = tuple(_grant(membership) for membership in memberships)
        work = _work(account.pk, now)
    if not grants or not account.is_active:
        return None
    return Viewer(
        account_id=account.pk,
        name=account.name,
        organisation_id=organisation_id,
        organisation_name=organisation_name,
        staff_id=work.staff_id,
        grants=grants,
        organisations=organisations,
        home_service_ids=work.services,
        called=work.called,
        job_title=work.job_title,
    )


def viewer_of(account_id: UUID, organisation_id: UUID, *, now: datetime | None = None) -> Viewer | None:
    """The viewer an account would be: for jobs and commands that act in a person's name."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return None
    with tenant.use(organisation_id):
        name = Organisation.objects.values_list("name", flat=True).get()
    return build(account, organisation_id, name, now=now or timezone.now())


def _grant(membership: Membership) -> Grant:
    return Grant(
        role=Role(membership.role),
        scope=Scope(membership.scope),
        service_ids=frozenset(membership.service_ids),
        team_ids=frozenset(membership.team_ids),
        until=membership.valid_until,
    )


@dataclass(frozen=True)
class _Work:
    """An account's staff record and where it works now."""

    staff_id: UUID | None = None
    called: tuple[str, ...] = ()
    job_title: str = ""
    services: frozenset[UUID] = frozenset()


def _work(account_id: UUID, now: datetime) -> _Work:
    """In one query."""
    rows = StaffMember.objects.filter(account_id=account_id).values_list(
        "id", "name", "known_as", "job_title", "employments__service_id", "employments__valid_to"
    )
    found = list(rows)
    if not found:
        return _Work()
    today = now.date()
    staff_id, name, known_as, job_title = found[0][:4]
    current = frozenset(row[4] for row in found if row[4] and (row[5] is None or row[5] >= today))
    return _Work(staff_id, tuple(filter(None, (name, known_as))), job_title, current)


def second_factor_done(request: HttpRequest) -> bool:
    """Has this session passed a second factor of this very account? There is no path without one."""
    records = get_authentication_records(request, request.user if request.user.is_authenticated else None)
    return any(record.get("method") == "mfa" for record in records)


def organisations_open_to(account: Account, now: datetime) -> list[Viewer]:
    """Whom the account may act as now: one viewer per organisation where it still has a role."""
    found = organisations_of(account.pk)
    built = (build(account, id_, name, now=now, organisations=len(found)) for id_, name in found)
    return [viewer for viewer in built if viewer]
