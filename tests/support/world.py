"""A small invented care provider for one test: made by running operations, in an organisation of its own."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from uuid import uuid4

from django.contrib.auth.hashers import make_password

from heedful.foundation.access import tenant
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.operations import System
from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Account, Organisation, Person, Service, StaffMember, Team
from heedful.foundation.people.viewers import viewer_of

PASSWORD = "calm harbour seven"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """Two services, a team, one account per role. `viewer(role)` is who a page would see."""

    organisation: Organisation
    home: Service
    other_home: Service
    team: Team
    made_at: datetime = START
    accounts: dict[str, Account] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def system(self) -> System:
        return System(self.organisation.id)

    def use(self):  # type: ignore[no-untyped-def]
        return tenant.use(self.organisation.id)

    def viewer(self, role: str) -> Viewer:
        viewer = viewer_of(self.accounts[role].pk, self.organisation.id, now=self.made_at + timedelta(days=1))
        assert viewer is not None
        return viewer


SERVICE_ROLES = (Role.TEAM_LEADER, Role.REGISTERED_MANAGER)
WIDE_ROLES = (
    Role.SAFEGUARDING_LEAD,
    Role.NOMINATED_INDIVIDUAL,
    Role.INDEPENDENT_CONTACT,
    Role.ADMINISTRATOR,
    Role.INSPECTOR,
    Role.COMMISSIONER,
)


def make_world(at: datetime = START) -> World:
    """Accounts by key: every role's value, plus `manager_elsewhere` (a manager of the other home) and `colleague`."""
    code = f"t{uuid4().hex[:10]}"
    organisation = people.found_organisation(
        code=code, name=f"Care {code}", at=at, cqc_contact="CQC: 03000 616161 (invented use)"
    )
    system = System(organisation.id)
    with tenant.use(organisation.id):
        unit = people.open_unit(name="North", by=system, at=at)
        details = {"host_authority": "Ashmere", "authority_contact": "01632 960001", "on_call_number": "01632 960002"}
        home = people.open_service(
            name="Rowan House", unit=unit, by=system, at=at, capacity=38, exposure_measure="bed_days", **details
        )
        other = people.open_service(
            name="Elm Court", unit=unit, by=system, at=at, capacity=44, exposure_measure="bed_days", **details
        )
        team = people.add_team(service=home, name="Garden wing", by=system, at=at)
        people.add_shift(service=home, name="Night", starts=time(20, 0), ends=time(8, 0), by=system, at=at)
        people.add_shift(service=home, name="Day", starts=time(8, 0), ends=time(20, 0), by=system, at=at)
        world = World(organisation, home, other, team, at)
        _fill(world, system, at)
    return world


def _fill(world: World, system: System, at: datetime) -> None:
    own = people.Reach(Scope.OWN)
    home = people.Reach(Scope.SERVICE, services=(world.home.id,))
    wide = people.Reach(Scope.ORGANISATION)
    _add(world, Role.CARE_WORKER, "care_worker", "Joss Pellow", own, at)
    _add(world, Role.CARE_WORKER, "colleague", "Dawit Bekele", own, at)
    for role in SERVICE_ROLES:
        _add(world, role, role.value, f"{role.value.replace('_', ' ').title()} Rowan", home, at)
    elsewhere = people.Reach(Scope.SERVICE, services=(world.other_home.id,))
    _add(world, Role.REGISTERED_MANAGER, "manager_elsewhere", "Morwen Tarrant", elsewhere, at, home=world.other_home)
    for role in WIDE_ROLES:
        _add(world, role, role.value, f"{role.value.replace('_', ' ').title()} Person", wide, at)
    for name, room in (("Arthur Kettleby", "12"), ("Ingrid Lindqvist", "14")):
        world.people.append(people.admit(name=name, service=world.home, room=room, by=system, at=at))
    world.people.append(people.admit(name="Percy Adair", service=world.other_home, room="3", by=system, at=at))


def _add(
    world: World, role: Role, key: str, name: str, reach: people.Reach, at: datetime, home: Service | None = None
) -> None:
    account = people.open_account(username=f"{world.organisation.code}/{key}", name=name, at=at)
    Account.objects.filter(pk=account.pk).update(password=_hashed())
    until = at + timedelta(days=30) if role is Role.INSPECTOR else None
    people.grant(account=account, role=role, reach=reach, by=world.system, at=at, until=until)
    world.accounts[key] = account
    if role not in (Role.INSPECTOR, Role.COMMISSIONER):
        world.staff[key] = people.engage(name=name, service=home or world.home, account=account, by=world.system, at=at)


@cache
def _hashed() -> str:
    """One hash for all: making it takes half a second on purpose."""
    return make_password(PASSWORD)
