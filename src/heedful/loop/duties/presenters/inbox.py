"""The inbox in order of need: overdue, soon, later; then what others decide; and what adds up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.filters import in_words
from heedful.loop.duties import queries
from heedful.loop.duties.clocks import urgency
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.checks import NOT_SAFE

GROUPS = ("overdue", "soon", "later")
# As many of one's own, and of what others decide, stand on the page until one asks for all.
FIRST = 40


@dataclass(frozen=True)
class Row:
    """One event that waits, with what makes it urgent."""

    event: Any
    due_at: datetime
    zone: str
    decider: str
    not_safe: bool
    urgency: str


def page(viewer: Viewer, now: datetime, *, whole: bool = False) -> dict[str, Any]:
    """The first of one's own and of the others', or with `whole` each of them."""
    waiting = incidents.waiting_for_decision(viewer)
    mine, others = ([one for one in waiting if one.mine is own] for own in (True, False))
    most = None if whole else FIRST
    rows = [_row(one, now) for one in mine[:most]]
    headings = {"overdue": _("Overdue"), "soon": _("In the next four hours"), "later": _("Later")}
    grouped = [(headings[name], [row for row in rows if row.urgency == name]) for name in GROUPS]
    return {
        "title": _title(len(mine)),
        "groups": [(heading, found) for heading, found in grouped if found],
        "others": [_row(one, now) for one in others[:most]],
        "left_off": 0 if whole else max(len(mine) - FIRST, 0) + max(len(others) - FIRST, 0),
        "pictures": queries.adding_up(viewer, [one.event for one in waiting], now),
        "second": queries.waiting_for_second_person(viewer),
        "word": queries.word,
    }


def _title(count: int) -> str:
    if not count:
        return _("Nothing waits for your decision")
    said = ngettext("%(count)s thing waits for your decision", "%(count)s things wait for your decision", count)
    words = said % {"count": in_words(count)}
    return words[:1].upper() + words[1:]


def _row(one: incidents.Waiting, now: datetime) -> Row:
    event = one.event
    return Row(
        event=event,
        due_at=one.due_at,
        zone=event.service.time_zone,
        decider=one.decider_name,
        not_safe=event.safe_now in NOT_SAFE,
        urgency=urgency(one.due_at, now=now),
    )
