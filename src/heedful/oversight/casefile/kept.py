"""How long cases are kept: the hold that stands, and what was kept for as long as the policy asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.queries import Moment
from heedful.foundation.people import queries as people
from heedful.foundation.policies import Level, NoPolicyInForce, in_force
from heedful.foundation.policies.schema import RetentionPeriod, RetentionPolicy
from heedful.loop.duties import queries as duties
from heedful.loop.incidents.queries import retention
from heedful.oversight.casefile import came_of

SHOWN = 200
TOGETHER = 500


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
    with_it: tuple[tuple[str, int], ...]
    # The day under which it stands in the list.
    day: date
    imported: bool


@dataclass(frozen=True)
class Kept:
    """What is past its time, the policy that says so, and whether its numbers were read at the source."""

    count: int
    lines: tuple[Past, ...]
    caution: str
    # Where the next page begins.
    after: tuple[date, UUID] | None = None


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
    return next(_past_of(retention.over(viewer, _last_days(on)).filter(pk=event_id), on), None)


def past_their_time(viewer: Viewer, *, on: date, after: tuple[date, UUID] | None = None) -> Kept:
    """How many, and the oldest of them (those after one), with titles for those who may read them."""
    rows = retention.over(viewer, _last_days(on))
    found = list(islice(_past_of(rows, on, after), SHOWN + 1))
    titles = retention.titles(viewer, [row.id for row in found[:SHOWN]])
    lines = tuple(replace(row, title=titles.get(row.id, "")) for row in found[:SHOWN])
    last = lines[-1] if len(found) > SHOWN else None
    caution = in_force("retention", on=on, nation="uk").caution
    return Kept(_count(rows, on), lines, caution, (last.day, last.id) if last else None)


def _count(rows: QuerySet[Any], on: date) -> int:
    """Most came in from files and nobody touched them: the database counts those, however many there are."""
    touched = came_of.something() | Q(pk__in=duties.decided())
    return rows.order_by().exclude(touched).count() + sum(1 for _ in _past_of(rows.filter(touched), on))


def _past_of(rows: QuerySet[Any], on: date, after: tuple[date, UUID] | None = None) -> Iterator[Past]:
    """By the longest of the times that may be meant: in doubt a case is kept."""
    while together := [retention.closed(event) for event in retention.after(rows, after)[:TOGETHER]]:
        ids = [one.id for one in together]
        levels, hung = duties.levels_of(ids), came_of.came_of(ids)
        for one in together:
            if past := _past(one, levels.get(one.id), hung[one.id], on):
                yield past
        after = (together[-1].since, together[-1].id)


def _last_days(on: date) -> Mapping[str, retention.LastDays]:
    """What must have ended when, in each nation where the organisation has services."""
    return {nation: _last_days_in(nation, on) for nation in people.nations()}


def _last_days_in(nation: str, on: date) -> retention.LastDays:
    years = {item.slug: item.years for item in _policy(nation, on).periods}
    days = {slug: _years_before(on, years.get(slug, 0)) for slug in ("incident", "complaint", "serious_incident")}
    return retention.LastDays(days["incident"], days["complaint"], days["serious_incident"])


def _past(one: retention.Closed, level: str | None, hung: came_of.CameOf, on: date) -> Past | None:
    """What came of a case alone is kept with it: its time begins when the last of all that has ended."""
    rule = max(_rules(one, level, on), key=lambda item: item.years)
    since = max([one.since, *hung.ended])
    until = _years_after(since, rule.years)
    if until > on or hung.goes_on:
        return None
    return Past(
        one.id,
        one.reference,
        one.service,
        since,
        until,
        rule.label,
        rule.years,
        "",
        hung.counts,
        one.since,
        one.imported,
    )


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


def _years_before(day: date, years: int) -> date:
    """The last day from which so many years are over by now."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
