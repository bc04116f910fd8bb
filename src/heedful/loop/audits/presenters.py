"""What a sample says, in plain sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import local_date
from heedful.foundation.ui.filters import number
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import queries as actions
from heedful.loop.audits import analysis, queries, rules, standing
from heedful.loop.audits.rules import State


@dataclass(frozen=True)
class Said:
    """A result in words: the answer, what was seen, what cannot be excluded, and the pill."""

    answer: str
    seen: str
    range: str
    tag: str
    tag_kind: str


def said(result: analysis.Result) -> Said:
    """0 of 40 missed it: the true share could still be as high as 7%."""
    words = {
        "enough": (_("As good as wanted"), _("As wanted"), "better"),
        "not_enough": (_("Not as good as wanted"), _("Not as wanted"), "worse"),
        "too_small": (_("Too small to be sure"), _("Too small to be sure"), "nojudge"),
    }
    answer, tag, kind = words[result.answer]
    return Said(answer, _seen(result), _range(result), tag, kind)


def page(row: Any, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Everything that the page of one audit needs."""
    items, state = queries.items_of(row), State(row.state)
    answered = [one for one in items if one.answer]
    result = queries.result_of(row) if answered else None
    zone = queries.zone_of(row)
    asked_by = row.cancel_asked_by
    return {
        "audit": row,
        "zone": zone,
        "items": items,
        "answered": len(answered),
        "next": queries.next_open(row) if state is State.DRAWN else None,
        "result": result,
        "said": said(result) if result and state is State.DONE else None,
        "moves": queries.moves_of(row),
        "names": workplace.names([row.drawn_by, row.done_by, asked_by, row.cancelled_by]),
        "overdue": rules.is_overdue(state, row.due_on, local_date(at, zone)),
        "may_check": standing.may_check(row, viewer),
        "may_cancel": standing.may_cancel(row, viewer) and state in queries.OPEN,
        "own_request": asked_by == viewer.account_id,
        "least": analysis.least_sample(row.wanted),
        "about": _about(row, viewer),
    }


def line(row: Any) -> tuple[Any, Said]:
    """A finished audit in a list."""
    return row, said(queries.result_of(row))


def _seen(result: analysis.Result) -> str:
    found = ngettext(
        "%(misses)s of %(n)s was not as asked.", "%(misses)s of %(n)s were not as asked.", result.misses
    ) % {"misses": number(result.misses), "n": number(result.looked_at)}
    if result.not_applicable:
        left_out = ngettext("%(n)s did not apply.", "%(n)s did not apply.", result.not_applicable)
        found += " " + left_out % {"n": number(result.not_applicable)}
    return found


def _range(result: analysis.Result) -> str:
    """In the words of the interval, the side that matters first."""
    wanted = _("At most %(limit)s in 100 is what you want.") % {"limit": 100 - result.wanted}
    values = {"low": percent(result.low), "high": percent(result.high)}
    if result.misses == 0:
        words = _("The true share of misses could still be as high as %(high)s.")
    elif result.low and result.one_sided:
        words = _("The true share of misses is at least %(low)s.")
    else:
        words = _("The true share of misses could be as low as %(low)s or as high as %(high)s.")
    return f"{words % values} {wanted}"


def percent(share: float) -> str:
    """7%; below one with one decimal."""
    value = 100 * share
    return f"{value:.0f}%" if value >= 1 or value == 0 else f"{value:.1f}%"


def _about(row: Any, viewer: Viewer) -> Any:
    """The action it belongs to, if this viewer sees it."""
    if row.action_id is None:
        return None
    return actions.actions_seen(viewer).filter(pk=row.action_id).first()
