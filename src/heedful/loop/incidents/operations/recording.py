"""Recording an event: stored once, numbered without gaps, and somebody free of conflict decides next."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Problem
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.foundation.policies import FormVersion, NoPolicyInForce, form_version
from heedful.foundation.ui.text import tidy
from heedful.foundation.workplace import matching
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import checks, finding, local_time, numbers
from heedful.loop.incidents.models import Assignment, Event, Informed, Involved, Reporter
from heedful.loop.incidents.naming import title_from
from heedful.loop.incidents.operations import assigning, conflict
from heedful.loop.incidents.refusals import KeyReused, NotAllowed, ReportRefused
from heedful.loop.incidents.reports import ALLEGED_SOURCE, Named, NewEvent
from heedful.loop.incidents.rules import implied_answers

_AS_SAID = [
    "client_key",
    "place",
    "made_safe",
    "discharge_days",
    "confidential",
    "occurred_as",
    "met_safeguarding",
    "met_safeguarding_why",
    "met_clinical",
    "met_clinical_why",
    "met_family",
    "met_family_why",
    "discharge",
    "safe_now",
    "form_version",
    "team_id",
    "service_id",
    "words",
]


@dataclass(frozen=True)
class Recorded:
    """The stored event and who decides next. `again`: this report had been stored before."""

    event: Event
    assignment: Assignment | None
    again: bool = False


@dataclass(frozen=True)
class _Ready:
    """All that could be worked out before anything is locked."""

    report: NewEvent
    columns: dict[str, Any]
    involved: tuple[Named, ...]


def record(*, report: NewEvent, by: Viewer, at: datetime) -> Recorded:
    """Store what somebody tells us. The same key with the same body gives the same event; with another, `KeyReused`."""
    if not by.holds(Permission.RECORD_EVENT):
        raise NotAllowed("Your role does not do this.")
    known = _sent_before(report, by)
    if known:
        return known
    ready = _prepare(report, at)
    with transaction.atomic(), history.entry():
        counter = numbers.lock(by.organisation_id)
        # Whoever had the lock before may have stored this very report.
        known = _sent_before(report, by)
        if known:
            return known
        return _store(ready, number=numbers.take(counter), by=by, at=at)


def _sent_before(report: NewEvent, by: Viewer) -> Recorded | None:
    event = Event.objects.filter(organisation_id=by.organisation_id, client_key=report.client_key).first()
    if event is None:
        return None
    reporter = Reporter.objects.filter(event=event).values_list("account_id", flat=True).first()
    if bytes(event.body_hash) != report.body_hash() or reporter != by.account_id:
        raise KeyReused(report.client_key)
    return Recorded(event, assigning.open_assignment(event), again=True)


def _prepare(report: NewEvent, at: datetime) -> _Ready:
    """Check and work out everything; raises `ReportRefused` with all that is wrong."""
    form = _form(report.form_version)
    problems = checks.problems_with(report, form, now=at)
    service = workplace.service(report.service_id)
    if service is None or (service.closed_on and service.closed_on <= at.date()):
        problems.append(Problem("where", "Choose the service from the list."))
    problems += strangers(report.involved)
    if report.team_id and report.team_id not in {team.pk for team in workplace.teams(report.service_id)}:
        problems.append(Problem("team", "Choose a team of this service."))
    if problems or service is None:
        raise ReportRefused(problems)
    shifts = [local_time.ShiftTimes(one.name, one.starts, one.ends) for one in workplace.shifts(service.id)]
    involved = tuple(_recognised(report.involved, at))
    columns = {name: getattr(report, name) for name in _AS_SAID}
    columns |= {name: tidy(report_text).text for name, report_text in columns.items() if isinstance(report_text, str)}
    columns |= vars(local_time.local_parts(report.occurred, service.time_zone))
    columns |= _harm(report, form) | _shift(report, shifts, service.time_zone)
    columns |= {
        "title": title_from(columns["words"]),
        "kinds": list(dict.fromkeys(report.kinds)),
        "type": report.type.partition(".")[0],
        "subtype": report.type if "." in report.type else "",
        "occurred_from": report.occurred.earliest,
        "occurred_to": report.occurred.latest,
        "aware_at": report.aware_at or at,
        "body_hash": report.body_hash(),
        "restricted": report.confidential or any(_may_be_staff(one) for one in involved),
    }
    return _Ready(report, columns, involved)


def _form(reference: str) -> FormVersion:
    try:
        return form_version(reference)
    except NoPolicyInForce:
        raise ReportRefused([Problem("form_version", "This form is out of date. Load the page again.")]) from None


def _harm(report: NewEvent, form: FormVersion) -> dict[str, str]:
    """What was said, or what the kind of event implies: a near miss reached nobody."""
    implied = implied_answers(form, report.kinds)
    said = {"harm_body": (report.harm_body, "harm_to_body"), "harm_mind": (report.harm_mind, "harm_to_mind")}
    return {
        name: implied.get(question, answer) if answer == "not_asked" else answer
        for name, (answer, question) in said.items()
    }


def _shift(report: NewEvent, shifts: list[local_time.ShiftTimes], zone: str) -> dict[str, Any]:
    """The shift that was named, or the one that was on at an exact or near time."""
    start = report.occurred.earliest
    if report.shift:
        name, times = local_time.shift_named(report.shift, start, shifts, zone)
    elif report.occurred.length <= local_time.HOUR_KNOWN:
        on_then = local_time.shift_at(start, shifts, zone)
        name, times = (on_then[0].name, on_then[1]) if on_then else ("", None)
    else:
        name, times = "", None
    found = times and {"shift_from": times.earliest, "shift_to": times.latest}
    return {"shift_name": name[:60], **(found or {})}


def _recognised(involved: tuple[Named, ...], at: datetime) -> list[Named]:
    """An alleged source typed exactly as one colleague is called is that colleague: it protects at once."""
    if not any(one.to_match for one in involved):
        return list(involved)
    colleagues = workplace.colleagues(at.date())
    found = []
    for one in involved:
        match = matching.the_one(one.name, colleagues) if one.to_match and one.works_here == "unknown" else None
        found.append(replace(one, staff_id=match.id) if match else one)
    return found


def _may_be_staff(one: Named) -> bool:
    return one.part == ALLEGED_SOURCE and (one.staff_id is not None or one.to_match)


def _store(ready: _Ready, *, number: int, by: Viewer, at: datetime) -> Recorded:
    organisation = by.organisation_id
    event = Event.objects.create(organisation_id=organisation, number=number, recorded_at=at, **ready.columns)
    finding.make_findable(event)
    Reporter.objects.create(
        organisation_id=organisation, event=event, account_id=by.account_id, staff_id=by.staff_id, name=by.name
    )
    involved = Involved.objects.bulk_create(rows_of(ready.involved, event))
    Informed.objects.bulk_create(
        Informed(
            organisation_id=organisation, event=event, who=told.who, name=tidy(told.name).text, told_at=told.told_at
        )
        for told in ready.report.informed
    )
    shut_out = conflict.shut_out_named(event, involved, at)
    assignment = assigning.assign(event, at=at, why="recorded")
    _write(event, assignment, len(shut_out), at)
    return Recorded(event, assignment)


def strangers(involved: tuple[Named, ...]) -> list[Problem]:
    """A foreign key does not ask whose row it points at, so we do."""
    known = workplace.known([one.staff_id for one in involved], [one.person_id for one in involved])
    given = {one for named in involved for one in (named.staff_id, named.person_id) if one}
    return [] if given <= known else [Problem("who", "Choose somebody from the list.")]


def rows_of(involved: tuple[Named, ...], event: Event) -> list[Involved]:
    return [
        Involved(
            organisation_id=event.organisation_id,
            event=event,
            part=one.part,
            person_id=one.person_id,
            staff_id=one.staff_id,
            name=tidy(one.name).text.strip(),
            matched=not one.to_match,
        )
        for one in involved
    ]


def _write(event: Event, assignment: Assignment, shut_out: int, at: datetime) -> None:
    """The entry names no actor: who told us stands in one table, and reading that is an entry of its own."""
    write(
        kind="event.recorded",
        by=reporting(event.organisation_id),
        at=at,
        subject_type="event",
        subject_id=event.pk,
        payload={"number": event.number, "shut_out": shut_out, "as": "reporter", **assigning.said(assignment)},
        policy_version=event.form_version,
    )
    assigning.tell_if_nobody_is_left(assignment, at)


def reporting(organisation_id: UUID) -> System:
    """The actor of whatever a reporter does about their own report."""
    return System(organisation_id)
