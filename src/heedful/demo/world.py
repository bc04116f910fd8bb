"""Larkrise Care itself: tree, services, staff, people supported, sign-ins and roster, made by running operations."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from heedful.demo import cast, sign_ins
from heedful.demo.cast import BEHIND, CAST, Called, Part
from heedful.demo.script import Place, authorities, read, stories
from heedful.foundation.access import tenant
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.operations import System
from heedful.foundation.notices import roster
from heedful.foundation.people import operations as people
from heedful.foundation.people import viewers
from heedful.foundation.people.models import Account, Organisation, Person, Service, StaffMember, Team, Unit

# In each service so many care workers have a sign-in and tell; the second of them leads the team.
TELLERS, LEADER = 8, 1
SINCE = timedelta(days=350)
DAY, NIGHT = (time(8), time(20)), (time(20), time(8))
ROUNDS = {"Morning": (time(6, 30), time(14, 30)), "Evening": (time(14, 30), time(22, 30))}
RELATIVES = ("daughter", "son", "sister", "brother", "niece", "friend", "mother")


@dataclass
class House:
    """One service as it was made. Staff and people stand at the places that events speak of."""

    place: Place
    service: Service
    teams: list[Team] = field(default_factory=list)
    staff: list[StaffMember] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    since: list[date] = field(default_factory=list)


@dataclass
class World:
    """What was made, so that events can be told in somebody's name."""

    organisation: Organisation
    now: datetime
    rng: Random
    houses: dict[str, House] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    cast_staff: dict[str, StaffMember] = field(default_factory=dict)
    _viewers: dict[UUID, Viewer] = field(default_factory=dict)

    @property
    def system(self) -> System:
        return System(self.organisation.pk)

    @property
    def founded(self) -> datetime:
        return self.now - SINCE

    def use(self) -> AbstractContextManager[None]:
        """Run in the organisation's name."""
        return tenant.use(self.organisation.pk)

    def viewer(self, account_id: UUID) -> Viewer:
        """Whoever holds the account, as they may act now."""
        if account_id not in self._viewers:
            account = Account.objects.get(pk=account_id)
            made = viewers.build(account, self.organisation.pk, self.organisation.name, now=self.now)
            assert made is not None
            self._viewers[account_id] = made
        return self._viewers[account_id]


def found(code: str, now: datetime, rng: Random) -> World:
    """The organisation, empty."""
    organisation = people.found_organisation(
        code=code, name="Larkrise Care", at=now - SINCE, cqc_contact="Care Quality Commission (invented): 01632 960199"
    )
    return World(organisation, now, rng)


def furnish(world: World, wanted: Sequence[Place], step: Callable[[str], None]) -> None:
    """Everything but events and exposure."""
    top = people.open_unit(name="Larkrise Care", by=world.system, at=world.founded)
    names = dict.fromkeys(place.unit for place in wanted)
    units = {name: people.open_unit(name=name, parent=top, by=world.system, at=world.founded) for name in names}
    hashed = sign_ins.hashed()
    staff = cast.staff_names(world.rng)
    for place in wanted:
        step(place.name)
        house = _open(world, place, units[place.unit])
        _hire(world, house, staff, hashed)
        _admit(world, house)
    for part in (*CAST, *BEHIND):
        if part.key not in world.accounts:
            _sign_in(world, part, hashed)
    _roster(world)


def _open(world: World, place: Place, unit: Unit) -> House:
    by, at = world.system, world.founded
    service = people.open_service(
        name=place.name,
        unit=unit,
        by=by,
        at=at,
        kind=place.kind,
        exposure_measure=place.measure,
        capacity=None if place.homecare else place.people,
        host_authority=place.authority,
        authority_contact=authorities()[place.authority],
        on_call_number=f"01632 9602{len(world.houses):02d}",
        cqc_location_id=f"1-{world.rng.randrange(10**8, 10**9)}",
        opened_on=date(2004 + len(world.houses), 4, 1),
    )
    house = House(place, service)
    world.houses[place.key] = house
    house.teams = [people.add_team(service=service, name=name, by=by, at=at) for name in place.teams]
    for name, (starts, ends) in (ROUNDS if place.homecare else {"Day": DAY, "Night": NIGHT}).items():
        people.add_shift(service=service, name=name, starts=starts, ends=ends, by=by, at=at)
    return house


def _hire(world: World, house: House, names: Iterator[str], hashed: str) -> None:
    """Staff of a service; those of the cast who tell things stand first, the team leader second."""
    mine = [part for part in CAST if part.services == (house.place.key,)]
    firsts = {0: Role.CARE_WORKER, LEADER: Role.TEAM_LEADER}
    for number in range(house.place.staff):
        known = next((part for part in mine if part.role is firsts.get(number)), None)
        if known:
            _sign_in(world, known, hashed, house)
        else:
            _colleague(world, house, next(names), number)


def _colleague(world: World, house: House, name: str, number: int) -> None:
    by, at, place = world.system, world.founded, house.place
    account = None
    role = Role.TEAM_LEADER if number == LEADER else Role.CARE_WORKER
    if number < TELLERS:
        username = f"{world.organisation.code}/{place.key.replace('_', '-')}-{number}"
        account = people.open_account(username=username, name=name, at=at)
        people.grant(account=account, role=role, reach=_reach(role, house), by=by, at=at)
    staff = people.engage(
        name=name,
        service=house.service,
        team=house.teams[number % len(house.teams)],
        account=account,
        by=by,
        at=at,
        job_title="Team leader" if number == LEADER else "Care worker",
        engagement="agency" if number >= place.staff - 2 else "employed",
        started_on=(at - timedelta(days=world.rng.randrange(30, 3000))).date(),
    )
    house.staff.append(staff)


def _sign_in(world: World, part: Part, hashed: str, house: House | None = None) -> None:
    """Somebody of the cast: an account with the demonstration's password and an authenticator app."""
    by, at = world.system, world.founded
    account = people.open_account(username=f"{world.organisation.code}/{part.key}", name=part.name, at=at)
    Account.objects.filter(pk=account.pk).update(password=hashed)
    sign_ins.give_app(account)
    until = world.now + timedelta(days=14) if part.role is Role.INSPECTOR else None
    houses = [world.houses[key] for key in part.services]
    people.grant(account=account, role=part.role, reach=_reach(part.role, *houses), by=by, at=at, until=until)
    world.accounts[part.key] = account
    if not part.works_here:
        return
    first = houses[0] if houses else None
    staff = people.engage(
        name=part.name,
        service=first.service if first else None,
        team=first.teams[0] if house and first else None,
        account=account,
        by=by,
        at=at,
        job_title=part.job,
        started_on=(at - timedelta(days=900)).date(),
    )
    world.cast_staff[part.key] = staff
    if house:
        house.staff.append(staff)
    _appoint(world, part, staff, houses)


def _appoint(world: World, part: Part, staff: StaffMember, houses: list[House]) -> None:
    by, at = world.system, world.founded
    if part.role is Role.REGISTERED_MANAGER:
        for house in houses:
            people.appoint(staff=staff, duty=part.role, service=house.service, by=by, at=at)
    if part.role is Role.NOMINATED_INDIVIDUAL:
        people.appoint(staff=staff, duty=part.role, by=by, at=at)


def _reach(role: Role, *houses: House) -> people.Reach:
    if role is Role.CARE_WORKER:
        return people.Reach(Scope.OWN)
    if not houses:
        return people.Reach(Scope.ORGANISATION)
    return people.Reach(Scope.SERVICE, services=tuple(house.service.pk for house in houses))


def _admit(world: World, house: House) -> None:
    """Those whom stories name come first; everybody has a room, and most have somebody close."""
    place, rng = house.place, world.rng
    named = dict.fromkeys(story.person for story in stories() if story.service == place.key and story.person)
    told = [cast.story_person(name, place.older) for name in named]
    house.called = told + list(islice(cast.people(place.older, rng), max(0, place.people - len(told))))
    for number, one in enumerate(house.called):
        room = "" if place.homecare else str(number + 1)
        house.rooms.append(room)
        since = (world.founded - timedelta(days=rng.randrange(20, 1500))).date()
        house.since.append(since)
        born = date(since.year - rng.randrange(76, 97) if place.older else since.year - rng.randrange(20, 60), 5, 1)
        born += timedelta(days=rng.randrange(360))
        person = people.admit(
            name=one.name,
            service=house.service,
            room=room,
            since=since,
            by=world.system,
            at=world.founded,
            born_on=born,
        )
        house.people.append(person)
        if rng.random() < 0.25:
            _relate(world, person, one)


def _relate(world: World, person: Person, one: Called) -> None:
    who = world.rng.choice(RELATIVES[:5] if one.older else RELATIVES[2:])
    name = " ".join((world.rng.choice(read("names")["staff"]), one.name.split()[-1]))
    people.relate(
        person=person,
        name=name,
        relationship=who,
        by=world.system,
        at=world.founded,
        may_be_told=world.rng.random() < 0.9,
        contact=f"01632 960{world.rng.randrange(300, 999)}",
    )


def _roster(world: World) -> None:
    """Somebody is on duty everywhere now and through the week, with a deputy; one manager is away."""
    by, now = world.system, world.now
    lead = world.accounts["imelda"].pk
    for house in world.houses.values():
        manager = world.accounts[cast.manager_of(house.place.key).key].pk
        leader = house.staff[LEADER].account_id
        spans = [(world.founded, now - timedelta(days=1)), (now - timedelta(days=1), now + timedelta(days=3))]
        spans.append((now + timedelta(days=3), now + timedelta(days=7)))
        for number, (starts, ends) in enumerate(spans):
            deputy = lead if number == 2 else leader
            roster.add_duty(
                service=house.service,
                account_id=manager,
                deputy_id=deputy,
                starts_at=starts,
                ends_at=ends,
                by=by,
                at=now,
            )
    away = world.accounts["carys"].pk
    roster.note_absence(
        account_id=away, starts_at=now - timedelta(days=2), ends_at=now + timedelta(days=5), by=by, at=now
    )
