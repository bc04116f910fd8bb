"""Who works and who lives where, as the stages of the loop ask: services, teams, shifts, staff, and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Scope
from heedful.foundation.people.models import (
    Account,
    Employment,
    Membership,
    Organisation,
    Person,
    Post,
    Service,
    Shift,
    StaffMember,
    Stay,
    Team,
)
from heedful.foundation.workplace.doubt import Somebody
from heedful.foundation.workplace.matching import Colleague

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Outside:
    """Whom to call when nobody inside may decide."""

    authority: str
    authority_contact: str
    cqc_contact: str


def service(service_id: UUID) -> Service | None:
    """A service of the organisation in whose name the code runs."""
    return Service.objects.filter(pk=service_id).first()


def services(service_ids: Iterable[UUID]) -> list[Service]:
    """Several at once."""
    return list(Service.objects.filter(pk__in=list(service_ids)))


def open_services(on: date) -> list[Service]:
    """Services that a report can be about now."""
    return list(Service.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on)).order_by("name"))


def teams(service_id: UUID) -> list[Team]:
    return list(Team.objects.filter(service_id=service_id).order_by("name"))


def shifts(service_id: UUID) -> list[Shift]:
    return list(Shift.objects.filter(service_id=service_id).order_by("starts"))


def colleagues(on: date) -> list[Colleague]:
    """Everyone who works here, in any service: staff move, and agency staff work everywhere."""
    here = StaffMember.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=on))
    rows = here.order_by("name").values_list("id", "name", "known_as", "job_title")
    return [Colleague(*row) for row in rows]


def staff_of(service_id: UUID, on: date) -> QuerySet[StaffMember]:
    """Who works in a service on a day."""
    there = _in_force(Employment.objects.filter(service_id=service_id), on).values("staff_id")
    return StaffMember.objects.filter(pk__in=there).order_by("name")


def people_of(service_id: UUID, on: date) -> QuerySet[Person]:
    """Who is supported by a service on a day."""
    there = _in_force(Stay.objects.filter(service_id=service_id), on).values("person_id")
    return Person.objects.filter(pk__in=there, merged_into__isnull=True).order_by("name")


def residents(service_id: UUID, on: date) -> list[Colleague]:
    """The people supported, as far as their names go."""
    return [Colleague(one.pk, one.name, one.known_as) for one in people_of(service_id, on)]


def known(staff_ids: Iterable[UUID | None], person_ids: Iterable[UUID | None]) -> set[UUID]:
    """Those of these ids that are staff or people of this organisation."""
    staff, people = [one for one in staff_ids if one], [one for one in person_ids if one]
    found = set(StaffMember.objects.filter(pk__in=staff).values_list("pk", flat=True)) if staff else set()
    return found | (set(Person.objects.filter(pk__in=people).values_list("pk", flat=True)) if people else set())


def colleagues_in(service_id: UUID, team_id: UUID | None, on: date) -> int:
    """How many work in the team, or in the service: among so many can a confidential reporter be guessed."""
    rows = Employment.objects.filter(service_id=service_id)
    if team_id:
        rows = rows.filter(team_id=team_id)
    return _in_force(rows, on).values("staff_id").distinct().count()


def outside(service_id: UUID) -> Outside:
    """The authority's and the regulator's contact."""
    there = Service.objects.get(pk=service_id)
    regulator = Organisation.objects.values_list("cqc_contact", flat=True).get(pk=there.organisation_id)
    return Outside(there.host_authority, there.authority_contact, regulator)


def appointed(service_id: UUID, duty: str, on: date) -> set[UUID]:
    """The accounts of those who hold a post of a service on a day."""
    held = _in_force(Post.objects.filter(service_id=service_id, duty=duty), on)
    return set(held.filter(staff__account__isnull=False).values_list("staff__account_id", flat=True))


def members(service_id: UUID, roles: Iterable[str], at: datetime) -> list[tuple[UUID, str]]:
    """(account, role) of those whose role reaches a service at a moment."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    reach = Q(scope=Scope.ORGANISATION) | Q(scope=Scope.SERVICE, service_ids__contains=[service_id])
    found = Membership.objects.filter(in_force, reach, valid_from__lte=at, role__in=list(roles))
    return list(found.filter(account__is_active=True).values_list("account_id", "role").distinct())


def readers(at: datetime) -> list[tuple[UUID, str]]:
    """(account, role) of everybody who reads cases anywhere in the organisation at a moment."""
    roles = [role for role, can in PERMISSIONS.items() if Permission.SEE_EVENT in can]
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    found = Membership.objects.filter(in_force, valid_from__lte=at, role__in=roles, account__is_active=True)
    return list(found.values_list("account_id", "role").distinct())


def names(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """What the holders of accounts are called."""
    wanted = [one for one in set(account_ids) if one]
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def somebodies(account_ids: Iterable[UUID], at: datetime) -> dict[UUID, Somebody]:
    """Each account by every name we know for it, with its job and the roles it holds at a moment."""
    wanted = list(set(account_ids))
    staff = {
        account: (name, known_as, job)
        for account, name, known_as, job in StaffMember.objects.filter(account_id__in=wanted).values_list(
            "account_id", "name", "known_as", "job_title"
        )
    }
    held: dict[UUID, set[str]] = {}
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    memberships = Membership.objects.filter(in_force, valid_from__lte=at, account_id__in=wanted)
    for account, role in memberships.values_list("account_id", "role"):
        held.setdefault(account, set()).add(role)
    found = {}
    for account, name in names(wanted).items():
        own, known_as, job = staff.get(account, ("", "", ""))
        called = tuple(filter(None, (name, own, known_as)))
        found[account] = Somebody(called, job, frozenset(held.get(account, ())))
    return found


def accounts_of(staff_ids: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """The account of each of these members of staff; None for one who has none."""
    return dict(StaffMember.objects.filter(pk__in=list(staff_ids)).values_list("pk", "account_id"))


def staff_names(staff_ids: Iterable[UUID]) -> list[str]:
    """What these members of staff are called."""
    return list(StaffMember.objects.filter(pk__in=list(staff_ids)).order_by("name").values_list("name", flat=True))


def _in_force(rows: QuerySet[M], on: date) -> QuerySet[M]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
