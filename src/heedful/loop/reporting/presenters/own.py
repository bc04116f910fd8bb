"""What became of one's own reports, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files.queries import attachments_of
from heedful.loop.incidents import queries
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.queries import Event
from heedful.loop.incidents.rules import WAITING_FOR_A_DECISION, Status
from heedful.loop.reporting import came_of


@dataclass(frozen=True)
class Line:
    """One report in a list."""

    event: Event
    reference: str
    said: str
    deciding: queries.Deciding | None
    # By when it is decided; nothing while the reporter is asked first.
    by: datetime | None


def lines(events: Sequence[Event], *, viewer: Viewer) -> list[Line]:
    steps = came_of.newest(events, viewer)
    return [line(event, steps.get(event.pk, "")) for event in events]


def line(event: Event, step: str = "") -> Line:
    """`step`: the furthest of what came of it that the reporter was told."""
    deciding = queries.assignment_of(event)
    asked = event.status == Status.SENT_BACK or deciding is None or deciding.decider_id is None
    due = None if asked or deciding is None else deciding.due_at
    return Line(event, reference_for(event.number), said(event, deciding, step), deciding, due)


def said(event: Event, deciding: queries.Deciding | None, step: str = "") -> str:
    """The status, for the person who told us; once they were told what changed, that."""
    status = Status(event.status)
    told = {"changed": _("Something is different now."), "result": _("You can read if it helped.")}
    if step in told and status in (Status.TRIAGED, Status.ANSWERED):
        return told[step]
    if status is Status.SENT_BACK:
        return _("There is a question for you.")
    if status in WAITING_FOR_A_DECISION and deciding:
        name = deciding.name or _("Somebody outside")
        return _("%(name)s decides what to do.") % {"name": name}
    words = {
        Status.TRIAGED: _("It was decided what to do."),
        Status.ANSWERED: _("It is answered."),
        Status.DUPLICATE: _("Somebody else told us too. Both reports are kept together."),
    }
    return words.get(status, _("We have it."))


def page(event: Event, *, viewer: Viewer) -> dict[str, Any]:
    """Everything on the reporter's own page about one report."""
    return {
        "event": event,
        "line": lines([event], viewer=viewer)[0],
        "questions": queries.questions_of(event),
        "versions": queries.versions_of(event),
        "files": attachments_of("event", event.pk),
        "involved": queries.involved_in(event),
        "may_correct": Status(event.status) not in (Status.ANSWERED, Status.DUPLICATE),
    }


def last_decided(viewer: Viewer, *, before: Event) -> Line | None:
    """The last earlier report about which something was decided, if there is one."""
    earlier = queries.my_reports(viewer).filter(recorded_at__lt=before.recorded_at, source="live")
    found = earlier.filter(status__in=[Status.TRIAGED, Status.ANSWERED]).first()
    return line(found) if found else None
