"""One case as a page shows it: composed from each stage's queries, for one viewer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files import queries as files
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.people import queries as people
from heedful.foundation.policies import Level, taxonomy
from heedful.loop.duties import queries as duties
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import reference_for
from heedful.oversight.casefile import timeline


@dataclass(frozen=True)
class Told:
    """Somebody who was told, and how long after we knew."""

    who: str
    name: str
    after: timedelta | None


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
    return {
        "event": event,
        "reference": reference_for(event.number),
        "reporter": reporter,
        **_happened(event, viewer),
        **_decided(event),
        **_record(event, reporter, viewer),
        "may_decide": viewer.holds(Permission.TRIAGE_EVENT) and event.source == "live",
    }


def _happened(event: Any, viewer: Viewer) -> dict[str, Any]:
    """What was told, and what hangs on it."""
    return {
        "kinds": [taxonomy("event_kinds").label(kind) for kind in event.kinds],
        "type": taxonomy("core_types").label(event.subtype or event.type) if event.type else "",
        "harm": _harm(event),
        "involved": incidents.involved_in(event),
        "told": _told(event),
        "thresholds": _thresholds(event),
        "versions": incidents.versions_of(event),
        "questions": incidents.questions_of(event),
        "links": incidents.links_of(event, viewer=viewer),
        "files": files.attachments_of("event", event.pk),
        "may_add_file": viewer.holds(Permission.CORRECT_EVENT),
    }


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


def _record(event: Any, reporter: incidents.ReporterShown, viewer: Viewer) -> dict[str, Any]:
    """The timeline from the ledger, and who has opened the case."""
    moments = ledger.timeline(event.pk)
    told_by = reporter.name or _("The person who told us")
    hidden = None if reporter.name else _recorded_by(moments)
    readers = timeline.readers(moments, names=people.names) if viewer.holds(Permission.SEE_READERS) else None
    lines = timeline.lines(moments, names=people.names, reporter=told_by, hidden=hidden)
    return {"timeline": lines, "readers": readers}


def _recorded_by(moments: list[ledger.Moment]) -> UUID | None:
    return next((moment.actor_id for moment in moments if moment.kind == "event.recorded"), None)


def _harm(event: Any) -> list[tuple[str, str]]:
    body, mind = taxonomy("harm_to_body"), taxonomy("harm_to_mind")
    rows = [(_("Body"), body, event.harm_body), (_("Mind"), mind, event.harm_mind)]
    return [(label, terms.label(code)) for label, terms, code in rows if code in terms]


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
    return [Question(label, answers.label(answer), why) for label, answer, why in asked if answer]


def _level(decision: Any) -> str:
    return taxonomy("levels").label(Level(int(decision.stands_at[1])).word) if decision else ""


def _duty(row: Any) -> Duty:
    return Duty(
        id=row.pk,
        label=taxonomy("classifications").label(row.kind),
        code=row.answer,
        answer=taxonomy("answers").label(row.answer),
        why=row.why,
        due_at=row.due_at,
        done_at=row.done_at,
        reference_number=row.reference_number,
    )
