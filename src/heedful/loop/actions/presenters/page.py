"""One action as a page shows it, for one viewer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files import queries as files
from heedful.foundation.policies import STRENGTHS
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import policy, queries, rules, workforce
from heedful.loop.actions.rules import Move, State
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import links as reviews


@dataclass(frozen=True)
class May:
    """What this viewer can do with it now."""

    extend: bool
    change_aim: bool
    say_done: bool
    verify: bool
    # Why somebody who decides cannot check this one.
    verify_problem: str
    drop: bool
    plan_check: bool


def page(row: Any, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Everything that the page of one action needs."""
    service = policy.first_service(row.service_ids)
    today = policy.today(service, at)
    book = policy.hierarchy(service, policy.today(service, row.agreed_at))
    evidence, extensions = queries.evidence_of(row), queries.extensions_of(row)
    kind = book.find(row.kind)
    return {
        "action": row,
        "zone": service.time_zone if service else "Europe/London",
        "names": _names(row, evidence, extensions),
        "kind": _(kind.label) if kind else row.kind,
        "strength": book.words_for(row.strength),
        "step": ladder_step(row.strength),
        "aim": aim_words(row),
        "fixed": rules.aim_is_fixed(row.starts_on, today),
        "plans": queries.plans_of(row),
        "evidence": evidence,
        "extensions": extensions,
        "escalations": len(queries.escalations_of(row)),
        "files": files.attachments_of("action", row.pk),
        "overdue": rules.is_overdue(State(row.state), row.due_on, today),
        "answers": _answers(row, viewer),
        "sees_patterns": viewer.holds(Permission.SEE_PATTERNS),
        "may": may(row, viewer, today),
    }


def may(row: Any, viewer: Viewer, today: Any) -> May:
    state = State(row.state)
    decides, works = queries.may_decide(row, viewer), queries.may_work_on(row, viewer)
    problem = rules.verify_problem(viewer.account_id, done_by=row.done_by, owners=workforce.owners(row))
    return May(
        extend=decides and _can(state, Move.EXTEND),
        change_aim=decides and _can(state, Move.CHANGE_AIM) and not rules.aim_is_fixed(row.starts_on, today),
        say_done=works and _can(state, Move.SAY_DONE),
        verify=decides and _can(state, Move.VERIFY) and not problem,
        verify_problem=_(problem) if problem and decides and state is State.DONE else "",
        drop=decides and _can(state, Move.DROP),
        plan_check=decides and state is not State.DROPPED,
    )


def ladder_step(strength: str) -> int:
    """Where it stands on the ladder: 1 relies on memory, 3 changes the system."""
    return len(STRENGTHS) - STRENGTHS.index(strength)


def aim_words(row: Any) -> str:
    """Fewer falls: 70 or less where 100 would have been usual."""
    if not row.series_key:
        return ""
    found = measures().get(row.series_key)
    label = str(found.label) if found else row.series_key
    values = {"what": label[:1].lower() + label[1:], "number": round(row.target * 100)}
    if row.direction == "fewer":
        return _("Fewer: %(what)s. At most %(number)d where 100 would have been usual.") % values
    return _("More: %(what)s. At least %(number)d where 100 would have been usual.") % values


def _can(state: State, move: Move) -> bool:
    return rules.next_state(state, move) is not None


def _names(row: Any, evidence: Any, extensions: Any) -> dict[UUID, str]:
    wanted = [row.agreed_by, row.done_by, row.verified_by, row.dropped_by]
    wanted += [who for one in evidence for who in (one.said_by, one.sent_back_by)]
    wanted += [one.extended_by for one in extensions]
    return workplace.names(wanted)


def _answers(row: Any, viewer: Viewer) -> tuple[str, str] | None:
    """(what it answers, its address), only for whoever may see that."""
    if not queries.sees_the_case(row, viewer):
        return None
    subject = queries.subject_of(row)
    link = reviews.to_review(row.review_id) if row.review_id else reviews.to_theme(row.theme_id)
    return subject.title, link
