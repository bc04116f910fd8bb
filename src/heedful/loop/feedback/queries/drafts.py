"""Sentences that could be told, from what was decided, agreed and found. A person chooses among them."""

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions import queries as actions
from heedful.loop.actions.rules import State
from heedful.loop.duties import queries as duties
from heedful.loop.feedback import rules
from heedful.loop.feedback.queries.cases import known_results
from heedful.loop.feedback.rules import Step
from heedful.loop.incidents.queries import Event


def drafted(event: Event, step: Step, *, viewer: Viewer) -> list[str]:
    """One by one, in the order in which they would be read."""
    found = {Step.DECIDED: _decided, Step.CHANGED: _changed, Step.RESULT: _result}[step](event, viewer)
    return list(dict.fromkeys(found))


def _decided(event: Event, viewer: Viewer) -> list[str]:
    decision = duties.triage_of(event.pk)
    if decision is None or duties.waits(decision):
        return []
    return rules.sentences(decision.why)


def _changed(event: Event, viewer: Viewer) -> list[str]:
    found = []
    for row in actions.actions_of(event_id=event.pk, viewer=viewer):
        if row.state != State.DROPPED:
            found += rules.sentences(row.what_will_differ)
            found.append(_("It starts on %(day)s.") % {"day": formatted(row.starts_on, "j F Y")})
    return found


def _result(event: Event, viewer: Viewer) -> list[str]:
    rows = [row for row in actions.actions_of(event_id=event.pk, viewer=viewer) if row.state != State.DROPPED]
    known = known_results(row.pk for row in rows)
    said = {
        "worked": _("What was aimed for happened after this change: “%(change)s” Something else may have helped."),
        "no_change": _("This change did not bring what we hoped for: “%(change)s” We are looking at it again."),
        "worse": _("More was recorded after this change: “%(change)s” We are looking at it again."),
        "not_enough": _("It is too early to say whether this change works: “%(change)s”"),
    }
    return [said[known[row.pk]] % {"change": row.what_will_differ} for row in rows if known.get(row.pk) in said]
