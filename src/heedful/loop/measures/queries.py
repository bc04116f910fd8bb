"""Counted series for a viewer: the compiled measures, run on Django's connection over what the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people.models import Exposure, Service
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures import months as calendar
from heedful.loop.measures.catalogue import measures


@dataclass(frozen=True)
class Place:
    """A service that the viewer may look at. `whole`: all of it, so that a rate of all its care is true."""

    id: UUID
    name: str
    exposure_measure: str
    closed_on: date | None
    whole: bool


@dataclass(frozen=True)
class Counted:
    """One service, month by month: a count for every measure, and how much care there was (None: not entered)."""

    place: Place
    months: tuple[int, ...]
    counts: dict[str, tuple[int, ...]]
    exposure: tuple[int | None, ...]
    estimated: tuple[bool, ...]


class Case(NamedTuple):
    """An event behind a point."""

    day: date
    id: UUID
    service_id: UUID


def places(viewer: Viewer) -> list[Place]:
    """Every service whose patterns the viewer may see, by name."""
    see = Permission.SEE_PATTERNS
    whole = viewer.services_for(see)
    rows = Service.objects.order_by("name", "id")
    if not viewer.everywhere(see):
        rows = rows.filter(Q(pk__in=whole) | Q(teams__in=viewer.teams_for(see))).distinct()
    found = rows.values_list("id", "name", "exposure_measure", "closed_on")
    return [Place(*row, viewer.everywhere(see) or row[0] in whole) for row in found]


def newest(viewer: Viewer, where: Sequence[Place]) -> date | None:
    """The day of the newest event in these places."""
    rows = incidents.visible_to(viewer).filter(service_id__in=[place.id for place in where])
    return rows.order_by("-occurred_from", "-id").values_list("local_date", flat=True).first()


def monthly(viewer: Viewer, where: Sequence[Place], months: Sequence[int]) -> list[Counted]:
    """The series of each place that has any event, in the order of the places."""
    rows: dict[UUID, list[dict[str, Any]]] = {}
    for row in sorted(_run("monthly", "", viewer, where, months), key=lambda row: row["month"]):
        rows.setdefault(row["service_id"], []).append(row)
    return [_counted(place, rows[place.id]) for place in where if place.id in rows]


def cases(viewer: Viewer, slug: str, where: Sequence[Place], months: Sequence[int]) -> list[Case]:
    """The events behind the points, oldest first."""
    found = _run("cases", slug, viewer, where, months)
    return sorted((Case(row["local_date"], row["id"], row["service_id"]) for row in found), key=lambda case: case[:2])


def _counted(place: Place, rows: list[dict[str, Any]]) -> Counted:
    # A part of a service has no exposure of its own: the service's would make its rate too low.
    exposure = tuple(row["exposure"] if place.whole else None for row in rows)
    return Counted(
        place=place,
        months=tuple(row["month"] for row in rows),
        counts={slug: tuple(row[slug] for row in rows) for slug in measures()},
        exposure=exposure,
        estimated=tuple(bool(row["estimated"]) for row in rows),
    )


def _run(
    expression: str, slug: str, viewer: Viewer, where: Sequence[Place], months: Sequence[int]
) -> list[dict[str, Any]]:
    """One statement: the relations as the viewer may see them, then the measure over them."""
    if not where or not months:
        return []
    from heedful.loop.measures.definitions import compiled  # noqa: PLC0415 - two seconds, and only pages of patterns need it

    text, columns = compiled(expression, slug)
    # A series begins with the first event ever; single events are asked for in these months alone.
    days = _days(months) if expression == "cases" else None
    relations = [_events(viewer, where, days), _services(where), _months(months), _exposures(where, months)]
    names = ("measured_events", "measured_services", "measured_months", "measured_exposures")
    given = ", ".join(f"{name} AS ({sql})" for name, (sql, _) in zip(names, relations, strict=True))
    # Text of our own and of Ibis only; every value is bound.
    statement = f"WITH {given} SELECT * FROM ({text.replace('%', '%%')}) AS answer"
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _, values in relations for value in values])
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


Relation = tuple[str, Sequence[Any]]


def _days(months: Sequence[int]) -> tuple[date, date]:
    return calendar.first_day(min(months)), calendar.first_day(max(months) + 1) - timedelta(days=1)


def _events(viewer: Viewer, where: Sequence[Place], days: tuple[date, date] | None) -> Relation:
    rows = incidents.visible_to(viewer).filter(service_id__in=[place.id for place in where])
    if days:
        rows = rows.filter(local_date__range=days)
    return _sql(rows.values("id", "service_id", "local_date", "type", "kinds", "status"))


def _services(where: Sequence[Place]) -> Relation:
    closed = [calendar.number(place.closed_on) if place.closed_on else None for place in where]
    text = (
        "SELECT * FROM unnest(%s::uuid[], %s::text[], %s::bigint[]) AS t (service_id, exposure_measure, closed_month)"
    )
    return text, [[place.id for place in where], [place.exposure_measure for place in where], closed]


def _months(months: Sequence[int]) -> Relation:
    return "SELECT unnest(%s::bigint[]) AS month", [list(months)]


def _exposures(where: Sequence[Place], months: Sequence[int]) -> Relation:
    first, last = calendar.first_day(min(months)), calendar.first_day(max(months))
    rows = Exposure.objects.filter(service_id__in=[place.id for place in where], month__range=(first, last))
    return _sql(rows.values("service_id", "month", "measure", "amount", "source"))


def _sql(rows: QuerySet[Any, Any]) -> Relation:
    text, values = rows.query.sql_with_params()
    return text, values
