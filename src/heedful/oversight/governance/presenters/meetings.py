"""A meeting as its page shows it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.foundation.ui.filters import in_words
from heedful.foundation.workplace import queries as workplace
from heedful.oversight.governance.queries import meetings as queries
from heedful.oversight.governance.values import restored


def lines(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Each meeting with where it is about and how far it has come."""
    names = people.service_names()
    return [{"meeting": row, "where": _where(row, names), "state": state(row)} for row in rows]


def meeting(row: Any, *, viewer: Viewer, writes: bool) -> dict[str, Any]:
    names = workplace.names([row.chair_id, row.prepared_by, row.written_by, row.agreed_by, *row.present])
    open_now = row.agreed_at is None
    pack = restored(row.figures)
    return {
        "meeting": row,
        "where": _where(row, people.service_names()),
        "span": pack.span,
        "headline": " ".join([*pack.heading, *pack.lead]),
        "state": state(row),
        "names": names,
        "present": sorted(names[one] for one in row.present if one in names),
        "decisions": [(one, _links(one)) for one in queries.decisions_of(row, viewer)],
        "corrections": queries.corrections_of(row),
        "writes": writes and open_now,
        "corrects": writes and not open_now,
        "agrees": writes and open_now and row.written_by not in (None, viewer.account_id),
        "own": writes and open_now and row.written_by == viewer.account_id,
    }


def state(row: Any) -> str:
    if row.agreed_at:
        return _("Minutes agreed")
    return _("Minutes written, not agreed") if row.written_at else _("Prepared")


def _where(row: Any, names: dict[UUID, str]) -> str:
    if len(row.service_ids) > 1 and len(row.service_ids) == len(names):
        return _("All %(n)s services") % {"n": in_words(len(names))}
    return ", ".join(sorted(names[one] for one in row.service_ids if one in names))


def _links(one: Any) -> list[tuple[str, str]]:
    """(title, address) of what a decision is about; a theme leads on to a change for it."""
    found = []
    if one.event:
        found.append((one.event.title, reverse("casefile:show", args=[one.event_id])))
    if one.theme:
        found.append((one.theme.name, reverse("themes:show", args=[one.theme_id])))
    if one.action:
        found.append((one.action.what_will_differ, reverse("actions:show", args=[one.action_id])))
    return found
