"""What answers before the numbers can: the checks of whether the new way is being done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.audits import presenters as audit_words
from heedful.loop.audits import queries as audits
from heedful.loop.effects.queries import Judged

DONE, OPEN = "done", ("planned", "drawn")


@dataclass(frozen=True)
class Looked:
    """One check: its day, what was seen and what that cannot rule out; empty words while it is to come."""

    day: date
    words: str
    url: str


def checks(judged: Judged, viewer: Viewer) -> list[Looked]:
    """While it is too early to say: every check so far, and the next one."""
    if judged.finding.answer != "not_enough" or not viewer.holds(Permission.SEE_ACTIONS):
        return []
    rows = audits.audits_of(action_id=judged.aim.action_id, viewer=viewer)
    done = [Looked(row.due_on, _words(row), _url(row)) for row in rows if row.state == DONE]
    ahead = [Looked(row.due_on, "", _url(row)) for row in rows if row.state in OPEN]
    return done + ahead[:1]


def _words(row: Any) -> str:
    _row, said = audit_words.line(row)
    return f"{said.seen} {said.range}"


def _url(row: Any) -> str:
    return reverse("audits:show", args=[row.pk])
