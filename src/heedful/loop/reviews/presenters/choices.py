"""What can be chosen on the pages of reviews and themes, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.foundation.policies import local_date
from heedful.foundation.ui.filters import long_day
from heedful.foundation.workplace import queries as workplace
from heedful.loop.measures import months
from heedful.loop.measures import queries as measured
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import queries, workforce
from heedful.loop.reviews.operations.themes import ChartRange
from heedful.loop.reviews.rules import Kind

Choices = list[tuple[str, str]]
SOON = timedelta(days=7)
MOST = 60
# How far back the months go from which a theme can begin.
SPELL = 24


@dataclass(frozen=True)
class Beginning:
    """What a page begins with, that opens a review or a theme."""

    offered: Choices
    initial: dict[str, Any]
    leads: Choices = field(default_factory=list)
    theme_id: UUID | None = None
    theme: str = ""
    spell: Choices = field(default_factory=list)
    chart: ChartRange | None = None
    about: str = ""


def lead_names(waiting: Iterable[queries.Due]) -> dict[UUID, str]:
    return workplace.names(one.review.lead_id for one in waiting)


def line(event: Any) -> str:
    """A fall in the lounge (Rowan House, Sunday 1 March 2026)"""
    return f"{event.title} ({event.service.name}, {long_day(event.occurred_from, event.service.time_zone)})"


def lines(events: Iterable[Any]) -> Choices:
    return [(str(event.pk), line(event)) for event in events]


def beside(review: Any, viewer: Viewer, words: str) -> Choices:
    """Events that could be looked at together with those of a review."""
    inside = queries.events_of(review)
    found = queries.like(inside, viewer, words)
    return lines(found)


def begin_review(viewer: Viewer, asked: QueryDict, now: datetime) -> Beginning | None:
    """`?event=` once or more, or `?theme=`. None: nothing that the viewer may look into was named."""
    theme = _theme(asked.get("theme", ""), viewer)
    ids = _uuids(asked.getlist("event"))
    events = queries.theme_events(theme.pk, viewer)[:MOST] if theme else queries.candidates(viewer, ids)
    if not events:
        return None
    leads = workforce.named(workforce.may_lead(events, now))
    if str(viewer.account_id) not in dict(leads):
        leads = [(str(viewer.account_id), viewer.name), *leads]
    kind = Kind.THEMATIC if theme else Kind.AFTER_ACTION if len(events) > 1 else Kind.REFLECTION
    due = local_date(now, events[0].service.time_zone) + SOON
    first = {"kind": kind, "lead": str(viewer.account_id), "due_on": due, "events": [str(one.pk) for one in events]}
    return Beginning(
        lines(events), first, leads, theme.pk if theme else None, theme.name if theme else "", about=events[0].title
    )


def begin_theme(viewer: Viewer, asked: QueryDict, now: datetime) -> Beginning | None:
    """`?event=` once or more, or a chart: `?service=&what=&first=&last=`."""
    chart = _chart(viewer, asked, now.date())
    if chart is not None:
        events = _behind(viewer, chart)
        services = {chart.service_id}
    else:
        events = queries.candidates(viewer, _uuids(asked.getlist("event")))
        services = {event.service_id for event in events}
    if not services:
        return None
    owners = workforce.named(workforce.may_own(services, events, now))
    first = {"owner": str(viewer.account_id), "events": [str(one.pk) for one in events]}
    if chart is None:
        return Beginning(lines(events), first, owners)
    first |= {"service": str(chart.service_id), "what": chart.series_key}
    first |= {"first": months.code(months.number(chart.first)), "last": months.code(months.number(chart.last))}
    here = people.service_names().get(chart.service_id, "")
    about = _("%(what)s at %(place)s") % {"what": measures()[chart.series_key].label, "place": here}
    return Beginning(lines(events), first, owners, spell=_spell(now.date()), chart=chart, about=about)


def _behind(viewer: Viewer, chart: ChartRange) -> list[Any]:
    """The events behind those points."""
    places = [place for place in measured.places(viewer) if place.id == chart.service_id]
    span = range(months.number(chart.first), months.number(chart.last) + 1)
    found = measured.cases(viewer, chart.series_key, places, list(span))
    return queries.candidates(viewer, [case.id for case in found[:MOST]])


def _chart(viewer: Viewer, asked: QueryDict, today: date) -> ChartRange | None:
    """A stretch of a chart in a service that the viewer looks after; without months, the last three."""
    service = next(iter(_uuids([asked.get("service", "")])), None)
    what = asked.get("what", "")
    mine = people.services(viewer, Permission.OWN_THEME)
    if service is None or what not in measures() or not mine.filter(pk=service).exists():
        return None
    last = months.read(asked.get("last", "")) or months.number(today)
    first = months.read(asked.get("first", "")) or last - 2
    first, last = sorted((max(first, last - SPELL), last))
    return ChartRange(what, service, months.first_day(first), _last_day(last))


def _last_day(month: int) -> date:
    return months.first_day(month + 1) - timedelta(days=1)


def _spell(today: date) -> Choices:
    last = months.number(today)
    return [(months.code(month), months.long(month)) for month in range(last, last - SPELL, -1)]


def _theme(text: str, viewer: Viewer) -> Any:
    ids = _uuids([text])
    return queries.theme(ids[0], viewer=viewer) if ids else None


def _uuids(texts: Iterable[str]) -> list[UUID]:
    """Those that are ids; anything else is passed over."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
