"""Who decides next and by when: chosen in the same transaction as whatever made it necessary."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, System, write
from heedful.foundation.people.models import Service
from heedful.foundation.policies import NoPolicyInForce, deadline_for, in_force
from heedful.foundation.policies.schema import ClocksPolicy
from heedful.loop.incidents import finding
from heedful.loop.incidents.checks import NOT_SAFE
from heedful.loop.incidents.deciders import OUTSIDE, Candidate, Circumstances, next_decider
from heedful.loop.incidents.models import Assignment, Event, Reporter
from heedful.loop.incidents.operations import conflict, standing
from heedful.loop.incidents.queries.deciding import decision_makers
from heedful.loop.incidents.refusals import Refused
from heedful.loop.incidents.rules import WAITING_FOR_A_DECISION, Move, Status, next_status


def assign(event: Event, *, at: datetime, why: str, passed_on: frozenset[UUID] = frozenset()) -> Assignment:
    """End the open assignment and make the next. With nobody left inside, it names nobody: see `OUTSIDE`."""
    Assignment.objects.filter(event=event, ended_at__isnull=True).update(ended_at=at)
    candidates = decision_makers(event.service_id, at)
    chosen = next_decider(candidates, _case(event, passed_on, conflict.in_doubt(event, _accounts(candidates), at)))
    return Assignment.objects.create(
        organisation_id=event.organisation_id,
        event=event,
        decider_id=chosen.account_id if chosen else None,
        role=chosen.role if chosen else OUTSIDE,
        why=why,
        assigned_at=at,
        due_at=due_at(event, at),
    )


def usual_decider(event: Event, at: datetime) -> UUID | None:
    """Who would decide if it were asked anew."""
    candidates = decision_makers(event.service_id, at)
    chosen = next_decider(candidates, _case(event, frozenset(), conflict.in_doubt(event, _accounts(candidates), at)))
    return chosen.account_id if chosen else None


def settle(event: Event, *, at: datetime, why: str) -> Assignment:
    """After a change of who is shut out: keep the open assignment if its decider is still free, else make the next."""
    current = open_assignment(event)
    if current and current.decider_id and not conflict.kept_away(event, [current.decider_id], at):
        return current
    return assign(event, at=at, why=why)


def open_assignment(event: Event) -> Assignment | None:
    return Assignment.objects.filter(event=event, ended_at__isnull=True).first()


def due_at(event: Event, at: datetime) -> datetime:
    """The clock starts when somebody became aware; where that limit is over already, it starts now."""
    clocks = clocks_for(event.service, at)
    clock = clocks.clock("decide_now_by" if event.safe_now in NOT_SAFE else "decide_by")
    service = event.service
    due = deadline_for(clock, event.aware_at, zone=service.time_zone, nation=service.nation)
    return due if due > at else deadline_for(clock, at, zone=service.time_zone, nation=service.nation)


def said(assignment: Assignment) -> dict[str, Any]:
    """The assignment as a ledger payload."""
    return {
        "assignment": assignment.pk,
        "decider": assignment.decider_id,
        "role": assignment.role,
        "due_at": assignment.due_at,
        "why": assignment.why,
    }


def tell_if_nobody_is_left(assignment: Assignment, at: datetime) -> None:
    """Nobody inside is free of conflict: said in the ledger. `tell_decider` alarms the independent contact."""
    if assignment.decider_id:
        return
    write(
        kind="event.nobody_inside",
        by=System(assignment.organisation_id),
        at=at,
        subject_type="event",
        subject_id=assignment.event_id,
        payload=said(assignment),
    )


def pass_on(*, event_id: UUID, why: str, by: Viewer, at: datetime) -> Assignment:
    """The decider hands the case to the next person, and says why."""
    if not why.strip():
        raise Refused("Say why you pass it on. The next person needs to know.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.TRIAGE_EVENT)
        if Status(event.status) not in WAITING_FOR_A_DECISION:
            raise Refused("Nothing is waiting for a decision here.")
        before = Assignment.objects.filter(event=event).exclude(decider_id=None).values_list("decider_id", flat=True)
        assignment = assign(event, at=at, why="passed_on", passed_on=frozenset(one for one in before if one))
        wrote(assignment, kind="event.passed_on", by=by, at=at, reason=why)
    return assignment


def decided(*, event_id: UUID, by: Viewer, at: datetime) -> Event:
    """Triage has decided: the open assignment ends. Part of the triage operation, which writes the ledger entry."""
    event = standing.locked(event_id, by=by, permission=Permission.TRIAGE_EVENT)
    standing.move(event, next_status(Status(event.status), Move.TRIAGE))
    Assignment.objects.filter(event=event, ended_at__isnull=True).update(ended_at=at)
    return event


def name_event(event: Event, *, title: str = "", type: str = "") -> None:
    """A better title, and what kind of thing it was. Part of the triage operation, which writes the ledger entry."""
    event.title = title.strip()[:120] or event.title
    event.type, _, rest = type.partition(".") if type else (event.type, "", event.subtype)
    event.subtype = type if rest else event.subtype
    event.save(update_fields=["title", "type", "subtype"])
    finding.make_findable(event)


def wrote(assignment: Assignment, *, kind: str, by: Actor, at: datetime, **more: Any) -> None:
    """The ledger entry of an operation that changed who decides."""
    payload = {**said(assignment), **more}
    write(kind=kind, by=by, at=at, subject_type="event", subject_id=assignment.event_id, payload=payload)
    tell_if_nobody_is_left(assignment, at)


def _accounts(candidates: list[Candidate]) -> list[UUID]:
    return [one.account_id for one in candidates]


def _case(event: Event, passed_on: frozenset[UUID], in_doubt: frozenset[UUID]) -> Circumstances:
    reporter = Reporter.objects.filter(event=event).values_list("account_id", flat=True).first()
    return Circumstances(
        shut_out=conflict.shut_out_accounts(event),
        reporter=reporter,
        confidential=event.confidential,
        in_doubt=in_doubt,
        passed_on=passed_on,
    )


def clocks_for(service: Service, at: datetime) -> ClocksPolicy:
    """A place whose law we do not know still has the default clocks: a report is never refused over a policy."""
    try:
        return in_force("clocks", on=at.date(), nation=service.nation, authority=service.host_authority or None)
    except NoPolicyInForce:
        return in_force("clocks", on=at.date(), nation="uk")
