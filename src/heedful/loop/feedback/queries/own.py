"""What became of one's own report, in four steps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.loop.feedback.models import Telling
from heedful.loop.feedback.queries.cases import police_come_first
from heedful.loop.feedback.rules import Recipient, Step
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries import Event


@dataclass(frozen=True)
class OwnStep:
    """`heard`, or one of `rules.Step`: everything told of it, the oldest first."""

    step: str
    told: tuple[tuple[datetime, str], ...]


def own_steps(event: Event, *, viewer: Viewer) -> list[OwnStep]:
    """For whoever told us; the event came from `incidents.own_event`. Only `heard` while they may know no more."""
    heard = OwnStep("heard", ((event.recorded_at, ""),))
    stands = incidents.reporter_stands(event)
    silent = stands.alleged_source or bool(incidents.unmatched_names(event)) or police_come_first(event)
    if silent or not incidents.is_reporter(event, viewer):
        return [heard, *(OwnStep(step, ()) for step in Step)]
    rows = list(Telling.objects.filter(event=event, recipient=Recipient.REPORTER).order_by("told_at", "id"))
    return [
        heard,
        *(OwnStep(step, tuple((row.told_at, row.words) for row in rows if row.step == step)) for step in Step),
    ]


def newest_steps(events: Collection[Event], viewer: Viewer) -> dict[UUID, str]:
    """The furthest step that was told of each of one's own reports, as far as the viewer may read it."""
    told = Telling.objects.filter(event__in=[one.pk for one in events], recipient=Recipient.REPORTER)
    known = set(told.values_list("event_id", flat=True))
    found: dict[UUID, str] = {}
    for event in events:
        steps = own_steps(event, viewer=viewer) if event.pk in known else []
        read = [one.step for one in steps if one.told and one.step != "heard"]
        if read:
            found[event.pk] = read[-1]
    return found
