"""Each measure once, as an Ibis expression; the same one compiles to PostgreSQL here and to Spark in a nation.

Whole numbers only: counts, exposure in its smallest unit, months as year x 12 + month - 1. No rate is formed here: a
rate is a count and its exposure, side by side. Importing Ibis takes two seconds:
pages reach this late, through `compiled`.
"""

from functools import cache, reduce
from operator import or_
from typing import Any

import ibis
from ibis.backends.sql.compilers import PostgresCompiler

from heedful.loop.measures.catalogue import EARLY, HAPPENED, WELCOME, measures

Expression = Any

# The four relations that whoever runs an expression has to provide; events already as the viewer may see them.
EVENTS = ibis.table(
    {
        "id": "uuid",
        "service_id": "uuid",
        "local_date": "date",
        "type": "string",
        "kinds": "array<string>",
        "status": "string",
    },
    name="measured_events",
)
SERVICES = ibis.table(
    {"service_id": "uuid", "exposure_measure": "string", "closed_month": "int64"}, name="measured_services"
)
MONTHS = ibis.table({"month": "int64"}, name="measured_months")
EXPOSURES = ibis.table(
    {"service_id": "uuid", "month": "date", "measure": "string", "amount": "int64", "source": "string"},
    name="measured_exposures",
)


def month_of(day: Expression) -> Expression:
    """A month as one whole number, so that every engine agrees on it."""
    return day.year().cast("int64") * 12 + day.month().cast("int64") - 1


def events() -> Expression:
    """What counts: every event once (a second report of the same thing does not), in the services asked for."""
    once = EVENTS.filter(EVENTS.status != "duplicate")
    ours = once.semi_join(SERVICES, "service_id")
    return ours.mutate(month=month_of(ours.local_date), happened=happened(ours))


def _any(kinds: Expression, slugs: tuple[str, ...]) -> Expression:
    return reduce(or_, [kinds.contains(slug) for slug in slugs])


def happened(event: Expression) -> Expression:
    """Something went wrong. Not: told only as a near miss, a worry or good care."""
    return ~(_any(event.kinds, (*EARLY, *WELCOME)) & ~_any(event.kinds, HAPPENED))


def belongs(slug: str, event: Expression) -> Expression:
    """Does an event count towards the measure?"""
    measure = measures()[slug]
    if slug == "all":
        return event.happened
    if measure.group == "type":
        return event.happened & (event.type == slug)
    if slug == "early":
        return _any(event.kinds, EARLY) & ~event.happened
    return event.kinds.contains(slug)


def monthly() -> Expression:
    """Per service and month: a count of every measure, nought where nothing was told, and the exposure if known.

    A service's months start with its first event of any sort: before that it did not use the log, and a nought would
    be made up. They end with the month in which it closed.
    """
    found = events()
    counts = found.group_by("service_id", "month").agg(
        **{slug: found.count(where=belongs(slug, found)) for slug in measures()}
    )
    since = found.group_by("service_id").agg(first=found.month.min())
    grid = SERVICES.inner_join(since, "service_id").cross_join(MONTHS)
    grid = grid.filter(grid.month >= grid["first"], (grid.month <= grid.closed_month) | grid.closed_month.isnull())
    care = EXPOSURES.select(
        "service_id",
        "amount",
        month=month_of(EXPOSURES.month),
        exposure_measure=EXPOSURES.measure,
        estimated=EXPOSURES.source == "estimated",
    )
    whole = grid.left_join(counts, ["service_id", "month"]).left_join(care, ["service_id", "month", "exposure_measure"])
    named = {slug: whole[slug].fill_null(0) for slug in measures()}
    return whole.select("service_id", "month", **named, exposure=whole.amount, estimated=whole.estimated)


def cases(slug: str) -> Expression:
    """The events behind a measure, in the services and months asked for."""
    found = events().semi_join(MONTHS, "month")
    kept = found.filter(belongs(slug, found))
    return kept.select("id", "service_id", "local_date")


@cache
def compiled(expression: str, slug: str = "") -> tuple[str, tuple[str, ...]]:
    """The PostgreSQL text of `monthly` or `cases`, ready to be a sub-query, and its columns."""
    made = cases(slug) if expression == "cases" else monthly()
    return PostgresCompiler().to_sqlglot(made).sql("postgres"), tuple(made.columns)
