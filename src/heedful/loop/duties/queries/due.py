"""What needs this viewer, in due order: for the Today page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import Level
from heedful.loop.duties import reading
from heedful.loop.duties.clocks import is_overdue
from heedful.loop.duties.models import FindOut, Triage
from heedful.loop.duties.queries.decisions import duties_due, find_outs_due, waiting_for_second_person
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.checks import NOT_SAFE

FIRST_WORDS = 24
DECIDE, AGREE, DUTY, FIND_OUT = "decide", "agree", "duty", "find_out"


@dataclass(frozen=True)
class Task:
    """One thing that somebody must do, and why. `title` and `why` are in the reader's language."""

    due_at: datetime
    kind: str
    title: str
    why: str
    url_name: str
    url_args: tuple[UUID, ...]
    minutes: int
    overdue: bool
    event_id: UUID
    # Where to read `due_at` on the wall.
    zone: str


def things_due(viewer: Viewer, now: datetime, *, decisions: int = 500) -> list[Task]:
    """Decisions to make (the first so many), lowered ones to agree to, duties and questions, the soonest due first.

    A duty falls to whoever decided it and to the manager of the service; overdue, to everybody who could do it.
    """
    tasks = [_to_decide(row, now) for row in incidents.to_decide(viewer, most=decisions) if row.event.source == "live"]
    tasks += [_to_agree(row, now) for row in waiting_for_second_person(viewer)]
    tasks += [_to_do(row, now) for row in duties_due(viewer) if _falls_to(viewer, row, now)]
    tasks += [_to_find_out(row, now) for row in find_outs_due(viewer) if _falls_to(viewer, row, now)]
    return sorted(tasks, key=lambda task: (task.due_at, task.kind, task.title))


def _falls_to(viewer: Viewer, row: Any, now: datetime) -> bool:
    theirs = row.event.service_id in viewer.services_for(Permission.TRIAGE_EVENT)
    return theirs or row.decided_by == viewer.account_id or is_overdue(row.due_at, now=now)


def _to_decide(row: Any, now: datetime) -> Task:
    why = _first_words(row.event)
    if row.event.safe_now in NOT_SAFE:
        why = _("Nothing has been done yet to make it safe, or nobody is sure.")
    elif row.why == "passed_on":
        why = _("It was passed on to you.")
    elif row.why == "reopened":
        why = _("It was opened again.")
    title = _("Decide: %(title)s") % {"title": row.event.title}
    return _task(DECIDE, row, row.due_at, now, title=title, why=why, url="duties:triage", about=row.event_id, minutes=3)


def _first_words(event: Any) -> str:
    """What was told and what was done, enough to know it again."""
    said = _("“%(words)s”") % {"words": Truncator(event.words).words(FIRST_WORDS)}
    if event.made_safe:
        safe = Truncator(event.made_safe).words(FIRST_WORDS)
        return f"{said} {_('Made safe: %(what)s') % {'what': _stop(safe)}}"
    return said


def _to_agree(row: Triage, now: datetime) -> Task:
    due = reading.deadline(row.event, reading.rules_for(row.event), "consult_by", row.decided_at)
    chosen, stands = word(row.level), word(row.stands_at)
    why = _("%(chosen)s was chosen, and %(stands)s is suggested. Until a second person agrees, %(stands)s stands.")
    title = _("A second look: %(title)s") % {"title": row.event.title}
    said = why % {"chosen": chosen, "stands": stands}
    return _task(AGREE, row, due, now, title=title, why=said, url="duties:agree", about=row.event_id, minutes=3)


def _to_do(row: Any, now: datetime) -> Task:
    duty = reading.duty_of(row.event, row.kind)
    what = _(reading.rules_for(row.event).clocks.clock(duty.clock).label) if duty else row.kind
    title, url, about = what, "duties:duty", row.pk
    if row.answer == "unsure":
        # Not a duty yet: find out, and decide again.
        title = _("Find out: %(what)s") % {"what": _(duty.question) if duty else what}
        url, about = "duties:triage", row.event_id
    why = f"{_stop(row.event.title)} {row.why}"
    return _task(DUTY, row, row.due_at, now, title=title, why=why, url=url, about=about, minutes=10)


def _to_find_out(row: FindOut, now: datetime) -> Task:
    title = _("Find out: %(what)s") % {"what": _(reading.question_for(row.event, row.what))}
    why = _("%(title)s It was not known when it was decided, and it could raise the level.")
    said = why % {"title": _stop(row.event.title)}
    return _task(FIND_OUT, row, row.due_at, now, title=title, why=said, url="duties:find_out", about=row.pk, minutes=5)


def _stop(title: str) -> str:
    """A title as a sentence: one that trails off has its dots already."""
    return title if title.endswith(("…", ".", "?", "!")) else f"{title}."


def _task(
    kind: str, row: Any, due_at: datetime, now: datetime, *, title: str, why: str, url: str, about: UUID, minutes: int
) -> Task:
    overdue, zone = is_overdue(due_at, now=now), row.event.service.time_zone
    return Task(due_at, kind, title, why, url, (about,), minutes, overdue, row.event_id, zone)


def word(code: str) -> str:
    """Note, Reflect, Review, Enquiry or Emergency, for a stored level."""
    return reading.level_word(Level.from_code(code))
