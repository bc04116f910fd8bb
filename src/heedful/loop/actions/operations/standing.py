"""What every verb of an action begins with: the row, locked, for somebody who may; and words that are clean."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from heedful.foundation.access.refusals import refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files import keeping as files
from heedful.foundation.ledger.keeping import keep
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.ui.text import tidy
from heedful.loop.actions import policy, queries
from heedful.loop.actions.hanging import HANGING
from heedful.loop.actions.models import Action
from heedful.loop.actions.rules import Move, State, next_state, why_not

LONGEST = 2_000


def locked(action_id: UUID, *, by: Viewer, move: Move, decides: bool) -> tuple[Action, State]:
    """The row and the state that the move leads to. Absent and not theirs are the same (Http404)."""
    row = queries.action(action_id, viewer=by)
    if not (queries.may_decide(row, by) if decides else queries.may_work_on(row, by)):
        raise Http404
    row = (
        Action.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead", "deputy", "review", "theme")
        .get(pk=action_id)
    )
    after = next_state(State(row.state), move)
    if after is None:
        raise refused(why_not(State(row.state)))
    return row, after


def keep_action(row: Action) -> None:
    """What was shown for it is kept as long as the action."""
    keep(HANGING, row)
    files.keep("action", row.pk, legal_hold=row.legal_hold, retain_from=row.retain_from)


def today(row: Action, at: datetime) -> date:
    return policy.today(policy.first_service(row.service_ids), at)


def said(text: str, field: str, *, longest: int = LONGEST) -> str:
    """Typed text, cleaned; it may be empty, never longer than can be kept."""
    clean = tidy(text).text.strip()
    if len(clean) > longest:
        raise refused(f"This is {len(clean)} characters long and we can keep {longest}. Make it shorter.", field)
    return clean


def wrote(kind: str, row: Action, *, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    write(
        kind=kind,
        by=by,
        at=at,
        subject_type="action",
        subject_id=row.pk,
        policy_version=row.policy_version,
        payload=payload,
    )
