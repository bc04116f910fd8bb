"""Reading people and places, always from the viewer: a service's manager sees that service's people."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people.models import (
    Account,
    Employment,
    Exposure,
    Membership,
    Person,
    Post,
    Service,
    StaffMember,
    Stay,
)

PAGE = 100


def on(day: date) -> Q:
    """Rows with `valid_from` and `valid_to` that are in force on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def services(viewer: Viewer, permission: Permission) -> QuerySet[Service]:
    """The services where the viewer holds this permission."""
    found = Service.objects.order_by("name")
    return found if viewer.everywhere(permission) else found.filter(pk__in=viewer.services_for(permission))


def service_names() -> dict[UUID, str]:
    return dict(Service.objects.values_list("id", "name"))


def staff(viewer: Viewer, day: date, permission: Permission = Permission.SEE_PEOPLE) -> QuerySet[StaffMember]:
    """Everybody who works here, or worked here; for a service's manager, those of the service."""
    here = Employment.objects.filter(on(day)).select_related("service", "team").order_by("service__name")
    found = StaffMember.objects.select_related("account").prefetch_related(Prefetch("employments", here, to_attr="now"))
    if not viewer.everywhere(permission):
        mine = Employment.objects.filter(service_id__in=viewer.services_for(permission))
        found = found.filter(pk__in=mine.values("staff_id"))
    return found.order_by("name", "pk")


@dataclass(frozen=True)
class Sought:
    """What a list is narrowed to."""

    words: str = ""
    service_id: UUID | None = None


def listed_staff(viewer: Viewer, sought: Sought, day: date) -> list[StaffMember]:
    """One page of the staff list; one more than the page when there are more."""
    found = staff(viewer, day).filter(Q(left_on__isnull=True) | Q(left_on__gte=day))
    if sought.words:
        found = found.filter(Q(name__icontains=sought.words) | Q(known_as__icontains=sought.words))
    if sought.service_id:
        there = Employment.objects.filter(on(day), service_id=sought.service_id)
        found = found.filter(pk__in=there.values("staff_id"))
    return list(found[: PAGE + 1])


def supported(viewer: Viewer, sought: Sought, day: date) -> list[Person]:
    """One page of the people supported now, with where they stay."""
    stays = Stay.objects.filter(on(day)).select_related("service")
    if not viewer.everywhere(Permission.SEE_PEOPLE):
        stays = stays.filter(service_id__in=viewer.services_for(Permission.SEE_PEOPLE))
    if sought.service_id:
        stays = stays.filter(service_id=sought.service_id)
    found = Person.objects.filter(merged_into__isnull=True, pk__in=stays.values("person_id"))
    if sought.words:
        found = found.filter(Q(name__icontains=sought.words) | Q(known_as__icontains=sought.words))
    return list(found.prefetch_related(Prefetch("stays", stays, to_attr="now")).order_by("name", "pk")[: PAGE + 1])


def roles_of(accounts: list[UUID], now: datetime) -> dict[UUID, list[Membership]]:
    """The roles in force, by account."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    found: dict[UUID, list[Membership]] = {account: [] for account in accounts}
    for membership in Membership.objects.filter(in_force, account_id__in=accounts).order_by("valid_from", "pk"):
        found[membership.account_id].append(membership)
    return found


def visitors(now: datetime) -> list[Membership]:
    """Roles of people who do not work here: inspectors, commissioners, an outside contact."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    workers = StaffMember.objects.filter(account__isnull=False).values("account_id")
    found = Membership.objects.filter(in_force).exclude(account_id__in=workers).select_related("account")
    return list(found.order_by("account__name", "pk"))


def posts(service: Service, day: date) -> QuerySet[Post]:
    return Post.objects.filter(on(day), service=service).select_related("staff").order_by("duty")


def nations() -> list[str]:
    """The nations in which the organisation has services."""
    return list(Service.objects.order_by("nation").values_list("nation", flat=True).distinct())


def names(accounts: set[UUID]) -> dict[UUID, str]:
    return dict(Account.objects.filter(pk__in=accounts).values_list("id", "name"))


def exposures(service_ids: list[UUID], since: date) -> dict[tuple[UUID, date, str], Exposure]:
    """How much care was entered, by service, month and measure."""
    found = Exposure.objects.filter(service_id__in=service_ids, month__gte=since)
    return {(one.service_id, one.month, one.measure): one for one in found}
