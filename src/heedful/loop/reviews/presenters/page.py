"""One review as a page shows it: the answers so far, what is still missing, and what was found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import taxonomy
from heedful.foundation.workplace import queries as workplace
from heedful.loop.reviews import queries, rules
from heedful.loop.reviews.forms.steps import ASKED
from heedful.loop.reviews.rules import Kind, Missing
from heedful.loop.reviews.words import KINDS


@dataclass(frozen=True)
class Row:
    """One answer: the question, what was said, and the page where it is written."""

    step: str
    label: str
    value: Any
    # A list of lines, where the answer is more than one.
    lines: tuple[str, ...] = ()


def page(review: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Everything the page of one review needs."""
    events = queries.events_of(review)
    known = queries.known_to(review, now.date())
    stands = queries.written(review)
    again = rules.asks_again(stands, known)
    kind = Kind(review.kind)
    findings = queries.findings_of(review)
    steps = rules.steps_of(kind, again=bool(again or review.beneath))
    people = workplace.names([review.lead_id, review.closed_by, review.written_by])
    begun = review.written_at is not None
    return {
        "review": review,
        "events": events,
        "zone": events[0].service.time_zone if events else "UTC",
        "title": queries.titles([review])[review.pk],
        "kind": KINDS[kind][0],
        "heading": heading(review, kind),
        "rows": [_row(step, review, findings) for step in steps],
        "missing": rules.missing(kind, stands, known),
        "begun": begun,
        "first_step": _first(steps, rules.missing(kind, stands, known)),
        "findings": [(found, taxonomy("factors").label(found.factor)) for found in findings],
        "weaknesses": [_(taxonomy("weaknesses").label(slug)) for slug in review.weaknesses],
        "names": people,
        "may_write": queries.may_write(review, viewer),
        "overdue": review.closed_at is None and rules.is_overdue(review.due_on, today=now.date()),
        "act_url": _act(review),
    }


def heading(review: Any, kind: Kind) -> str:
    """What the page asks of its reader, or what came of it."""
    if review.closed_at:
        return _("What made it likely, and what must change")
    if kind is Kind.REFLECTION:
        return _("Four questions, five minutes")
    return str(KINDS[kind][0])


def label_of(step: str) -> str:
    """The question of a page."""
    words = {"factors": _("What played a part?"), "findings": _("What must change?")}
    return str(words.get(step) or ASKED[step][0])


def share_sentence(individual: int, closed: int) -> str:
    """How many finished reviews stop at a person; empty while there is none."""
    if not closed:
        return ""
    if not individual:
        words = "None of the %(n)d finished reviews stops at a person."
        return ngettext("The one finished review does not stop at a person.", words, closed) % {"n": closed}
    words = "%(k)d of %(n)d finished reviews stop at a person. What made it likely that they did what they did?"
    return ngettext("The one finished review stops at a person. What made it likely?", words, closed) % {
        "k": individual,
        "n": closed,
    }


def _row(step: str, review: Any, findings: list[Any]) -> Row:
    known = taxonomy("factors")
    if step == "factors":
        weak = [_(taxonomy("weaknesses").label(slug)) for slug in review.weaknesses]
        return Row(step, label_of(step), "", (*(_(known.label(slug)) for slug in review.factors), *weak))
    if step == "findings":
        return Row(step, label_of(step), "", tuple(found.text for found in findings))
    return Row(step, label_of(step), getattr(review, step))


def theirs(review: Any, step: str) -> list[str]:
    """What stands on one page now, as lines."""
    row = _row(step, review, queries.findings_of(review))
    return list(row.lines) or [said for said in [row.value] if said]


def _first(steps: tuple[str, ...], missing: tuple[Missing, ...]) -> str:
    """Where to go on: the first page that still lacks something."""
    return missing[0].step if missing else steps[0]


def _act(review: Any) -> str:
    """Where what will be different is agreed; empty while no room has that page."""
    try:
        return f"{reverse('actions:new')}?review={review.pk}"
    except NoReverseMatch:
        return ""
