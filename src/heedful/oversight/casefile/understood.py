"""What was understood about a case: its reviews and themes, and what the ledger says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.people import queries as people
from heedful.foundation.policies import taxonomy
from heedful.loop.duties import queries as duties
from heedful.loop.reviews import queries as reviews

# Which of a theme's entries belong to the story of one case: those that name it.
OF_ITS_EVENTS = frozenset({"theme.opened", "theme.joined", "theme.left"})
WRITING = "review.answered"


@dataclass(frozen=True)
class Looked:
    """One review: how, by whom, and what came of it when it is finished."""

    review: Any
    kind: str
    lead: str
    factors: list[str]
    must_change: list[str]


def of(event: Any, subject: Any, viewer: Viewer) -> dict[str, Any]:
    """The section of a case."""
    rows = reviews.reviews_of(event.pk, viewer)
    leads = people.names({row.lead_id for row in rows if row.lead_id})
    words, known = reviews.kind_words(), taxonomy("factors")
    live, open_still = event.source == "live", event.status == "triaged"
    return {
        "looked": [
            Looked(
                row,
                words[row.kind],
                leads.get(row.lead_id, "") if row.lead_id else "",
                [known.label(slug) for slug in row.factors],
                reviews.must_change(row),
            )
            for row in rows
        ],
        "themes": reviews.themes_of(event.pk, viewer),
        "may_look": live and bool(may(viewer, Permission.LEAD_REVIEW, subject)),
        "may_open_theme": bool(may(viewer, Permission.OWN_THEME, subject)),
        "may_answer": live and open_still and bool(may(viewer, Permission.TRIAGE_EVENT, subject)),
        "left": duties.why_not_answered(event.pk) if live and open_still else "",
    }


def moments(event_id: UUID, shown: Mapping[str, Any]) -> list[ledger.Moment]:
    """What was done in the reviews and themes that `of` found, for the timeline of one case."""
    looked, themes = [one.review.pk for one in shown["looked"]], [theme.pk for theme in shown["themes"]]
    entries = ledger.timelines([*looked, *themes])
    found = [one for pk in looked for one in _without_repeats(entries[pk])]
    for one in (one for pk in themes for one in entries[pk]):
        if one.kind in OF_ITS_EVENTS and str(event_id) in one.payload.get("events", []):
            found.append(one)
    return found


def _without_repeats(entries: list[ledger.Moment]) -> list[ledger.Moment]:
    """Page after page written by one person in one go is one line: the last."""
    after = [*entries[1:], None]
    return [
        one
        for one, then in zip(entries, after, strict=False)
        if not (then and one.kind == then.kind == WRITING and one.actor_id == then.actor_id)
    ]
