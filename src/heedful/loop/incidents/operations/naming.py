"""Who has which part in an event: naming, matching a typed name to a colleague, and lifting a shut-out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people.models import StaffMember
from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Assignment, Event, Involved, ShutOut
from heedful.loop.incidents.operations import assigning, conflict, standing
from heedful.loop.incidents.operations.recording import reporting, rows_of, strangers
from heedful.loop.incidents.refusals import NotAllowed, Refused, ReportRefused
from heedful.loop.incidents.reports import ALLEGED_SOURCE, Named
from heedful.loop.incidents.rules import WAITING_FOR_A_DECISION, Status


def name_involved(*, event_id: UUID, named: Named, by: Viewer, at: datetime) -> Involved:
    """Add somebody with their part. An alleged source who works here is shut out in the same transaction."""
    problems = strangers((named,))
    if problems:
        raise ReportRefused(problems)
    with transaction.atomic(), history.entry():
        own = standing.locked_own(event_id, by=by)
        event = own or standing.locked(event_id, by=by, permission=Permission.CORRECT_EVENT)
        (row,) = rows_of((named,), event)
        row.save(force_insert=True)
        actor: Actor = reporting(event.organisation_id) if own else by
        _after_naming(event, row, kind="involved.named", by=actor, at=at)
    return row


def match_name(*, involved_id: UUID, staff_id: UUID | None, by: Viewer, at: datetime) -> Involved:
    """Say which colleague a typed name means; None: it is nobody who works here."""
    with transaction.atomic(), history.entry():
        row = Involved.objects.filter(pk=involved_id).first()
        if row is None:
            raise Refused("That name is not there any more.")
        event = standing.locked(row.event_id, by=by, permission=Permission.SEE_EVENT)
        if not by.holds(Permission.MATCH_NAMES):
            raise NotAllowed("Your role does not do this.")
        if staff_id and not StaffMember.objects.filter(pk=staff_id).exists():
            raise Refused("Choose the colleague from the list.")
        row.staff_id, row.matched = staff_id, True
        row.save(update_fields=["staff", "matched"])
        _after_naming(event, row, kind="name.matched", by=by, at=at)
    return row


def lift_shut_out(*, shut_out_id: UUID, why: str, by: Viewer, at: datetime) -> ShutOut:
    """The independent contact lets somebody back into a case, and says why. Nobody lifts their own."""
    if not why.strip():
        raise Refused("Say why. The reason is kept for good.")
    if not by.holds(Permission.LIFT_SHUT_OUT):
        raise NotAllowed("Your role does not do this.")
    with transaction.atomic(), history.entry():
        row = ShutOut.objects.select_for_update(no_key=True).filter(pk=shut_out_id, lifted_at__isnull=True).first()
        if row is None:
            raise Refused("This is lifted already.")
        standing.locked(row.event_id, by=by, permission=Permission.SEE_EVENT)
        row.lifted_at, row.lifted_by, row.lifted_why = at, by.account_id, why
        row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
        write(
            kind="shut_out.lifted",
            by=by,
            at=at,
            subject_type="event",
            subject_id=row.event_id,
            payload={"shut_out": row.pk, "staff": row.staff_id, "why": why},
        )
    return row


def _after_naming(event: Event, row: Involved, *, kind: str, by: Actor, at: datetime) -> None:
    """Shut out, pass on if the decider is shut out now, and write one entry; a second one says who decides instead."""
    new = conflict.shut_out_named(event, [row], at)
    if row.part == ALLEGED_SOURCE and event.restricted != conflict.few_enough(event):
        event.restricted = not event.restricted
        event.save(update_fields=["restricted"])
    before = assigning.open_assignment(event)
    after = _decider_after(event, before, matched=kind == "name.matched", at=at)
    write(
        kind=kind,
        by=by,
        at=at,
        subject_type="event",
        subject_id=event.pk,
        payload={
            "involved": row.pk,
            "part": row.part,
            "staff": row.staff_id,
            "shut_out": len(new),
            "as": "reporter" if by.account_id is None else "",
        },
    )
    if after and (before is None or after.pk != before.pk):
        assigning.wrote(after, kind="event.passed_on", by=by, at=at, reason=after.why)


def _decider_after(event: Event, before: Assignment | None, *, matched: bool, at: datetime) -> Assignment | None:
    """An imported event waits for nobody. Once every name is matched, the case goes its ordinary way."""
    if event.source != "live" or Status(event.status) not in WAITING_FOR_A_DECISION:
        return before
    if matched and not queries.unmatched_names(event):
        usual = assigning.usual_decider(event, at)
        return before if before and before.decider_id == usual else assigning.assign(event, at=at, why="matched")
    return assigning.settle(event, at=at, why="conflict")
