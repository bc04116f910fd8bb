"""The clocks of one event: which limits a decision starts, when each runs out, and whether it has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from heedful.foundation.policies import Clock, Interval, Rulebook, deadline_for, shift_interval
from heedful.loop.duties.rules import Assessment

__all__ = ["Due", "Place", "clocks_of", "deadline_for", "decide_by", "is_overdue", "shift_interval", "urgency"]

SOON = timedelta(hours=4)
Urgency = Literal["overdue", "soon", "later"]


@dataclass(frozen=True)
class Place:
    """Where a service is, as far as clocks care."""

    zone: str
    nation: str


@dataclass(frozen=True)
class Due:
    """Something to be done by a moment, because of a decision."""

    what: str
    clock: Clock
    at: datetime


def is_overdue(due_at: datetime, *, now: datetime) -> bool:
    """Has the limit run out? At the limit itself it has not."""
    return now > due_at


def urgency(due_at: datetime, *, now: datetime) -> Urgency:
    """Overdue, due within four hours, or later."""
    if is_overdue(due_at, now=now):
        return "overdue"
    return "soon" if due_at - now <= SOON else "later"


def decide_by(became_aware: datetime | Interval, *, policy: Rulebook, place: Place, not_safe: bool) -> Due:
    """By when somebody decides: at once when nothing has been done to make it safe, else by the next morning."""
    clock = policy.clocks.clock("decide_now_by" if not_safe else "decide_by")
    return Due("decide", clock, _at(clock, became_aware, place))


def clocks_of(
    assessment: Assessment, became_aware: datetime | Interval, *, policy: Rulebook, place: Place
) -> tuple[Due, ...]:
    """Every limit that this assessment would start, soonest first."""
    wanted = [("review", assessment.review_clock)]
    wanted += [(f"tell.{item.who}", item.clock) for item in assessment.tell]
    wanted += [(item.classification, item.clock) for item in assessment.classifications if item.answer == "yes"]
    wanted += [(f"find_out.{item.input}", item.clock) for item in assessment.find_out if item.said == "unsure"]
    dues = (_due(what, policy.clocks.clock(slug), became_aware, place) for what, slug in wanted)
    return tuple(sorted(dues, key=lambda due: (due.at, due.what)))


def _due(what: str, clock: Clock, became_aware: datetime | Interval, place: Place) -> Due:
    return Due(what, clock, _at(clock, became_aware, place))


def _at(clock: Clock, became_aware: datetime | Interval, place: Place) -> datetime:
    return deadline_for(clock, became_aware, zone=place.zone, nation=place.nation)
