"""How long cases are kept: the hold that stands, and what was kept for as long as the policy asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.queries import Moment
from heedful.foundation.policies import Level, NoPolicyInForce, in_force
from heedful.foundation.policies.schema import RetentionPeriod, RetentionPolicy
from heedful.loop.duties import queries as duties
from heedful.loop.incidents.queries import retention
from heedful.oversight.casefile import came_of

SHOWN = 200


@dataclass(frozen=True)
class Past:
    """One case past its time. It has a title only for a viewer who may read it."""

    id: UUID
    reference: str
    service: str
    since: date
    until: date
    kind: str
    years: int
    title: str
    with_it: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Kept:
    """What is past its time, the policy that says so, and whether its numbers were read at the source."""

    count: int
    lines: tuple[Past, ...]
    caution: str


@dataclass(frozen=True)
class Held:
    """Who put a legal hold on the case, when and why."""

    name: str
    at: datetime
    why: str


def held(moments: Iterable[Moment], *, names: Callable[[set[UUID]], Mapping[UUID, str]]) -> Held | None:
    """The hold that was put on last, with its reason."""
    found = [moment for moment in moments if moment.kind == "case.held"]
    if not found:
        return None
    last = found[-1]
    name = names({last.actor_id}).get(last.actor_id, "") if last.actor_id else ""
    return Held(name or _("Somebody who has left"), last.at, str(last.payload.get("why", "")))


def past_its_time(viewer: Viewer, event_id: UUID, *, on: date) -> Past | None:
    """One case, if it has been kept for long enough and the viewer may know that."""
    return next((row for row in _all_past(viewer, on) if row.id == event_id), None)


def past_their_time(viewer: Viewer, *, on: date) -> Kept:
    """The oldest of them, with titles for those who may read them."""
    past = _all_past(viewer, on)
    titles = retention.titles(viewer, [row.id for row in past[:SHOWN]])
    lines = tuple(replace(row, title=titles.get(row.id, "")) for row in past[:SHOWN])
    return Kept(len(past), lines, in_force("retention", on=on, nation="uk").caution)


def _all_past(viewer: Viewer, on: date) -> list[Past]:
    """By the longest of the times that may be meant: in doubt a case is kept."""
    policy = in_force("retention", on=on, nation="uk")
    shortest = min(item.years for item in policy.periods if item.runs_from == "closed")
    found = retention.closed_by(viewer, day=_years_after(on, -shortest))
    levels, hung = duties.levels_of(one.id for one in found), came_of.came_of([one.id for one in found])
    return [row for one in found if (row := _past(one, levels.get(one.id), hung[one.id], on)) is not None]


def _past(one: retention.Closed, level: str | None, hung: came_of.CameOf, on: date) -> Past | None:
    """What came of a case alone is kept with it: its time begins when the last of all that has ended."""
    rule = max(_rules(one, level, on), key=lambda item: item.years)
    since = max([one.since, *hung.ended])
    until = _years_after(since, rule.years)
    if until > on or hung.goes_on:
        return None
    return Past(one.id, one.reference, one.service, since, until, rule.label, rule.years, "", hung.counts)


def _rules(one: retention.Closed, level: str | None, on: date) -> list[RetentionPeriod]:
    """The times that may be meant: every case is an incident, some are more."""
    wanted = {"incident"}
    wanted |= {"complaint"} if one.complaint else set()
    grave = one.grave_harm or (level is not None and int(level[1:]) >= Level.ENQUIRY)
    wanted |= {"serious_incident"} if grave else set()
    return [item for item in _policy(one.nation, on).periods if item.slug in wanted]


def _policy(nation: str, on: date) -> RetentionPolicy:
    """The nation's own where there is one."""
    try:
        return in_force("retention", on=on, nation=nation)
    except NoPolicyInForce:
        return in_force("retention", on=on, nation="uk")


def _years_after(day: date, years: int) -> date:
    """The same day of another year; the 1st of March where there is no 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
