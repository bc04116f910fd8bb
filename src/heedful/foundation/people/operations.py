"""The verbs of organisations, services and their people. Each writes one ledger entry in its own transaction."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from heedful.foundation.access import tenant
from heedful.foundation.access.models import new_id
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, System, write
from heedful.foundation.people.models import (
    Account,
    Employment,
    Exposure,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Relation,
    Service,
    Shift,
    StaffMember,
    Stay,
    Team,
    Unit,
)


class Refused(ValueError):
    """An operation that may not be done now; the words are for the person who asked."""


def found_organisation(*, code: str, name: str, at: datetime, nation: str = "england", **details: str) -> Organisation:
    """Make a new organisation: the one operation that sets its own tenant."""
    organisation = Organisation(id=new_id(), code=code, name=name, nation=nation, created_at=at, **details)
    with tenant.use(organisation.id), history.entry():
        organisation.save(force_insert=True)
        write(
            kind="organisation.founded",
            by=System(organisation.id),
            at=at,
            subject_type="organisation",
            subject_id=organisation.id,
            payload={"code": code, "nation": nation},
        )
    return organisation


def open_unit(*, name: str, by: Actor, at: datetime, parent: Unit | None = None) -> Unit:
    """Add a place to the organisation's tree."""
    with history.entry():
        unit = Unit.objects.create(organisation_id=by.organisation_id, name=name, parent=parent, valid_from=at.date())
        _write("unit.opened", unit, by, at, {"parent": parent.pk if parent else None})
    return unit


def open_service(*, name: str, by: Actor, at: datetime, unit: Unit | None = None, **details: Any) -> Service:
    """Open a home or a branch, and put it in the tree."""
    with history.entry():
        service = Service.objects.create(organisation_id=by.organisation_id, name=name, **details)
        if unit:
            Placement.objects.create(
                organisation_id=by.organisation_id, service=service, unit=unit, valid_from=at.date()
            )
        _write("service.opened", service, by, at, {"unit": unit.pk if unit else None})
    return service


def move_service(*, service: Service, unit: Unit, by: Actor, at: datetime) -> Placement:
    """Move a service in the tree: what was counted before stays where it was counted."""
    with history.entry():
        Placement.objects.filter(service=service, valid_to__isnull=True).update(valid_to=at.date())
        placement = Placement.objects.create(
            organisation_id=by.organisation_id, service=service, unit=unit, valid_from=at.date()
        )
        _write("service.moved", service, by, at, {"unit": unit.pk})
    return placement


def add_team(*, service: Service, name: str, by: Actor, at: datetime) -> Team:
    with history.entry():
        team = Team.objects.create(organisation_id=by.organisation_id, service=service, name=name)
        _write("team.added", team, by, at, {"service": service.pk})
    return team


def add_shift(*, service: Service, name: str, starts: time, ends: time, by: Actor, at: datetime) -> Shift:
    """Shifts are data: local clock times, which may cross midnight."""
    with history.entry():
        shift = Shift.objects.create(
            organisation_id=by.organisation_id, service=service, name=name, starts=starts, ends=ends
        )
        _write("shift.added", shift, by, at, {"service": service.pk})
    return shift


def engage(
    *,
    name: str,
    by: Actor,
    at: datetime,
    service: Service | None = None,
    team: Team | None = None,
    account: Account | None = None,
    **details: Any,
) -> StaffMember:
    """Somebody starts to work here: employed, agency or volunteer."""
    with history.entry():
        staff = StaffMember.objects.create(
            organisation_id=by.organisation_id, name=name, account=account, **({"started_on": at.date()} | details)
        )
        if service:
            Employment.objects.create(
                organisation_id=by.organisation_id,
                staff=staff,
                service=service,
                team=team,
                valid_from=staff.started_on or at.date(),
            )
        _write("staff.engaged", staff, by, at, {"service": service.pk if service else None})
    return staff


def appoint(*, staff: StaffMember, duty: str, by: Actor, at: datetime, service: Service | None = None) -> Post:
    """Give a named duty with its date: registered manager, nominated individual."""
    with history.entry():
        Post.objects.filter(service=service, duty=duty, valid_to__isnull=True).update(valid_to=at.date())
        post = Post.objects.create(
            organisation_id=by.organisation_id, service=service, staff=staff, duty=duty, valid_from=at.date()
        )
        _write("post.appointed", post, by, at, {"duty": duty, "staff": staff.pk})
    return post


def admit(
    *, name: str, by: Actor, at: datetime, service: Service, room: str = "", since: date | None = None, **details: Any
) -> Person:
    """A person starts to be supported by a service."""
    with history.entry():
        person = Person.objects.create(organisation_id=by.organisation_id, name=name, **details)
        Stay.objects.create(
            organisation_id=by.organisation_id,
            person=person,
            service=service,
            room=room,
            valid_from=since or at.date(),
        )
        _write("person.admitted", person, by, at, {"service": service.pk})
    return person


def merge_people(*, duplicate: Person, into: Person, by: Actor, at: datetime) -> None:
    """Two records of one person: the duplicate points at the one that stays. `unmerge_person` undoes it."""
    if into.merged_into_id or duplicate.pk == into.pk:
        raise Refused("Choose the record that stays: this one is itself a duplicate.")
    with history.entry():
        Person.objects.filter(pk=duplicate.pk).update(merged_into=into)
        _write("person.merged", duplicate, by, at, {"into": into.pk})


def unmerge_person(*, duplicate: Person, by: Actor, at: datetime) -> None:
    with history.entry():
        Person.objects.filter(pk=duplicate.pk).update(merged_into=None)
        _write("person.unmerged", duplicate, by, at, {})


def relate(*, person: Person, name: str, relationship: str, by: Actor, at: datetime, **details: Any) -> Relation:
    """Note somebody close to a person supported, and whether they may be told."""
    with history.entry():
        relation = Relation.objects.create(
            organisation_id=by.organisation_id, person=person, name=name, relationship=relationship, **details
        )
        _write("relation.noted", relation, by, at, {"person": person.pk})
    return relation


def open_account(
    *, username: str, name: str, at: datetime, email: str = "", password: str | None = None, **details: Any
) -> Account:
    """Make a sign-in. It can do nothing until `grant` gives it a role somewhere."""
    return Account.objects.create_user(
        username.strip().lower(), password, name=name, email=email.lower(), created_at=at, **details
    )


@dataclass(frozen=True)
class Reach:
    """How far a role reaches."""

    scope: Scope
    services: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()


def grant(
    *, account: Account, role: Role, reach: Reach, by: Actor, at: datetime, until: datetime | None = None
) -> Membership:
    """Give an account a role in this organisation, from now, until a date if one is given."""
    if role is Role.INSPECTOR and until is None:
        raise Refused("Say until when: an inspector's access always ends.")
    with history.entry():
        membership = Membership.objects.create(
            organisation_id=by.organisation_id,
            account=account,
            role=role,
            scope=reach.scope,
            service_ids=list(reach.services),
            team_ids=list(reach.teams),
            valid_from=at,
            valid_until=until,
        )
        payload = {"account": account.pk, "role": role, "scope": reach.scope, "until": until}
        _write("membership.granted", membership, by, at, payload)
    return membership


def end_membership(*, membership: Membership, by: Actor, at: datetime) -> None:
    """Take a role away: from the next request on it is gone."""
    with history.entry():
        Membership.objects.filter(pk=membership.pk).update(valid_until=at)
        _write("membership.ended", membership, by, at, {"account": membership.account_id})


@dataclass(frozen=True)
class Amount:
    """How much care there was in one month, as a whole number in the measure's own unit."""

    measure: str
    month: date
    amount: int


def record_exposure(*, service: Service, amounts: list[Amount], source: str, by: Actor, at: datetime) -> int:
    """Store exposure, replacing what was there for the same month and measure; history keeps what it replaced."""
    with history.entry():
        rows = {(item.month.replace(day=1), item.measure): item.amount for item in amounts}
        Exposure.objects.bulk_create(
            (
                Exposure(
                    organisation_id=by.organisation_id,
                    service=service,
                    month=month,
                    measure=measure,
                    amount=amount,
                    source=source,
                )
                for (month, measure), amount in rows.items()
            ),
            update_conflicts=True,
            unique_fields=["organisation", "service", "month", "measure"],
            update_fields=["amount", "source"],
        )
        _write("exposure.recorded", service, by, at, {"source": source, "months": len(amounts)})
    return len(amounts)


def _write(kind: str, subject: Any, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    write(
        kind=kind,
        by=by,
        at=at,
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        payload=payload,
    )
