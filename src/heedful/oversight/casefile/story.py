"""One case as a page shows it: composed from each stage's queries, for one viewer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import queries as exits
from heedful.foundation.files import queries as files
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.people import queries as people
from heedful.foundation.people import words
from heedful.foundation.policies import Level, taxonomy
from heedful.loop.duties import queries as duties
from heedful.loop.feedback import queries as feedback
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import reference_for
from heedful.oversight.casefile import changed, kept, loop, origins, timeline, understood


@dataclass(frozen=True)
class Told:
    """Somebody who was told, and how long after we knew."""

    who: str
    name: str
    after: timedelta | None


@dataclass(frozen=True)
class Given:
    """What was given to a body outside: to whom, on what basis, what for, when."""

    body: str
    name: str
    basis: str
    purpose: str
    at: datetime


@dataclass(frozen=True)
class Question:
    """One of the three thresholds as the reporter answered it."""

    label: str
    answer: str
    why: str


@dataclass(frozen=True)
class Duty:
    """One independent question: its answer, why, and its clock."""

    id: UUID
    label: str
    code: str
    answer: str
    why: str
    due_at: datetime | None
    done_at: datetime | None
    reference_number: str


def tell(event: Any, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Everything the page needs, in the order in which it is read."""
    reporter = incidents.reporter_of(event, viewer=viewer, at=at)
    subject = incidents.subject_of(event)
    made = {**understood.of(event, subject, viewer), **changed.of(event.pk, viewer)}
    shown = {
        "event": event,
        "reference": reference_for(event.number),
        "reporter": reporter,
        **_happened(event, viewer),
        **_kept_to(event, subject, viewer),
        **_decided(event),
        **made,
        **_record(event, reporter, made, viewer),
        "origins": origins.of(event),
        "may_tell": feedback.may_tell(event, viewer),
        "tellings": len(feedback.tellings_of(event)),
        "may_decide": event.source == "live" and bool(may(viewer, Permission.TRIAGE_EVENT, subject)),
        "may_add_file": bool(may(viewer, Permission.CORRECT_EVENT, subject)),
    }
    return shown | loop.of(event, shown, viewer, timezone.localdate(at))


def _happened(event: Any, viewer: Viewer) -> dict[str, Any]:
    """What was told, and what hangs on it."""
    return {
        "kinds": [_(words.label("event_kinds", kind, on=_day(event))) for kind in event.kinds],
        "type": _(words.label("core_types", event.subtype or event.type, on=_day(event))) if event.type else "",
        "harm": _harm(event),
        "involved": incidents.involved_in(event),
        "told": _told(event),
        "thresholds": _thresholds(event),
        "versions": incidents.versions_of(event),
        "questions": incidents.questions_of(event),
        "links": incidents.links_of(event, viewer=viewer),
        "files": files.attachments_of("event", event.pk),
    }


def _kept_to(event: Any, subject: incidents.CaseSubject, viewer: Viewer) -> dict[str, Any]:
    """Who else reads it, and what keeps it to few."""
    return {
        "to_match": subject.names_to_match,
        "may_match": viewer.holds(Permission.MATCH_NAMES),
        "shares": incidents.shares_of(event),
        "disclosures": [_given(row) for row in exits.disclosures_of(event.pk)],
        "may_hold": bool(may(viewer, Permission.HOLD, subject)),
        "may_disclose": bool(may(viewer, Permission.DISCLOSE, subject)),
        "may_share": bool(may(viewer, Permission.SHARE_CASE, subject)) and not subject.names_to_match,
    }


def _given(row: Any) -> Given:
    body = _(taxonomy("outside_bodies").label(row.body))
    return Given(body, row.body_name, _(taxonomy("lawful_bases").label(row.basis)), row.purpose, row.exit.at)


def _decided(event: Any) -> dict[str, Any]:
    """Who decides or decided, how, and what is still open."""
    decision = duties.triage_of(event.pk)
    return {
        "deciding": incidents.assignment_of(event),
        "decision": decision,
        "decided_by": people.names({decision.decided_by}).get(decision.decided_by, "") if decision else "",
        "level": _level(decision),
        "duties": [_duty(row) for row in duties.classifications_of(event.pk)],
        "find_outs": duties.to_find_out(event.pk),
    }


def _record(event: Any, reporter: incidents.ReporterShown, made: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """The timeline from the ledger, and who has opened the case."""
    found = [*ledger.timeline(event.pk), *understood.moments(event.pk, made), *changed.moments(made)]
    moments = sorted(found, key=lambda moment: moment.sequence)
    told_by = reporter.name or _("The reporter")
    hidden = None if reporter.name else _recorded_by(moments)
    readers = timeline.readers(moments, names=people.names) if viewer.holds(Permission.SEE_READERS) else None
    lines = timeline.lines(moments, names=people.names, reporter=told_by, hidden=hidden)
    return {"timeline": lines, "readers": readers, "held": kept.held(moments, names=people.names)}


def _recorded_by(moments: list[ledger.Moment]) -> UUID | None:
    return next((moment.actor_id for moment in moments if moment.kind == "event.recorded"), None)


def _day(event: Any) -> date:
    """Words are those of the day of the report, also when they were retired since."""
    when: datetime = event.recorded_at
    return when.date()


def _harm(event: Any) -> list[tuple[str, str]]:
    body, mind = (words.terms(name, on=_day(event)) for name in ("harm_to_body", "harm_to_mind"))
    rows = [(_("Hurt in body"), body, event.harm_body), (_("Hurt in mind"), mind, event.harm_mind)]
    return [(label, _(terms.label(code))) for label, terms, code in rows if code in terms]


def _told(event: Any) -> list[Told]:
    return [
        Told(who, name, told_at - event.aware_at if told_at else None)
        for who, name, told_at in incidents.informed_of(event)
    ]


def _thresholds(event: Any) -> list[Question]:
    asked = [
        (_("Could it be abuse or neglect?"), event.met_safeguarding, event.met_safeguarding_why),
        (_("Does a nurse or doctor need to know?"), event.met_clinical, event.met_clinical_why),
        (_("Should the family be told?"), event.met_family, event.met_family_why),
    ]
    answers = taxonomy("answers")
    return [Question(label, _(answers.label(answer)), why) for label, answer, why in asked if answer]


def _level(decision: Any) -> str:
    return _(taxonomy("levels").label(Level(int(decision.stands_at[1])).word)) if decision else ""


def _duty(row: Any) -> Duty:
    return Duty(
        id=row.pk,
        label=_(taxonomy("classifications").label(row.kind)),
        code=row.answer,
        answer=_(taxonomy("answers").label(row.answer)),
        why=row.why,
        due_at=row.due_at,
        done_at=row.done_at,
        reference_number=row.reference_number,
    )
