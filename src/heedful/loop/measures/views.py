"""What is usual, what differs, and the cases behind every point."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.exits.operations import download
from heedful.foundation.exits.sheets import to_csv
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures import forms, months, queries, reading
from heedful.loop.measures.catalogue import measures, shown
from heedful.loop.measures.presenters import addresses
from heedful.loop.measures.presenters import board as boards
from heedful.loop.measures.presenters import chart as charts
from heedful.loop.measures.reading import Asked


@page(Permission.SEE_PATTERNS)
def patterns(request: ViewerRequest) -> HttpResponse:
    """What looks different from usual, over all services or a page of them."""
    places = queries.places(request.viewer)
    form = forms.Narrow(request.GET or None, places=places)
    asked = form.asked(request.GET.get("page", ""))
    board = reading.board(request.viewer, places, asked, timezone.localdate(request.received_at))
    shown = boards.patterns(board, _narrowed(request))
    return render(request, "measures/patterns.html", {"form": form, "page": shown})


@page(Permission.SEE_PATTERNS)
def chart(request: ViewerRequest, service_id: UUID, what: str) -> HttpResponse:
    """One measure in one service: the chart, the table under it, the cases behind every point."""
    place = _place(request, service_id)
    if place is None or what not in measures():
        return not_found(request)
    query = _narrowed(request)
    asked = Asked(until=months.read(query.get("until", "")))
    line, window = reading.one(request.viewer, place, what, asked, timezone.localdate(request.received_at))
    context = {
        "kicker": charts.kicker(place, window),
        "page": charts.chart_page(line, request.viewer, query) if line else None,
        "nothing": charts.nothing_yet(shown(what), place),
        "back": addresses.patterns_url(query),
    }
    return render(request, "measures/chart.html", context)


@page(Permission.SEE_PATTERNS)
def cases(request: ViewerRequest, service_id: UUID, what: str, month: str) -> HttpResponse:
    """The events behind one point."""
    place, number = _place(request, service_id), months.read(month)
    if place is None or what not in measures() or number is None:
        return not_found(request)
    found = queries.cases(request.viewer, what, [place], [number])
    events = incidents.visible_to(request.viewer).filter(pk__in=[case.id for case in found[:200]])
    context = {
        "heading": charts.cases_heading(shown(what), place, number, len(found)),
        "events": events.select_related("service").order_by("occurred_from", "id"),
        "back": addresses.chart_url(place, what, {}),
        "back_to": _("The chart"),
        "left_off": max(len(found) - 200, 0),
    }
    return render(request, "measures/cases.html", context)


@page(Permission.DOWNLOAD)
def table(request: ViewerRequest, service_id: UUID, what: str) -> HttpResponse:
    """Exactly what the chart shows, as a file."""
    place = _place(request, service_id)
    if place is None or what not in measures():
        return not_found(request)
    asked = Asked(until=months.read(request.GET.get("until", "")))
    line, _ = reading.one(request.viewer, place, what, asked, timezone.localdate(request.received_at))
    if line is None:
        return not_found(request)
    columns, rows = charts.table(line)
    return download(
        what="patterns.table",
        body=to_csv(columns, rows),
        filename=f"{what}-{months.code(line.months[-1])}.csv",
        media_type="text/csv; charset=utf-8",
        by=request.viewer,
        at=request.received_at,
        rows=len(rows),
        subject_id=place.id,
    )


def _place(request: ViewerRequest, service_id: UUID) -> queries.Place | None:
    return next((place for place in queries.places(request.viewer) if place.id == service_id), None)


def _narrowed(request: ViewerRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("service", "name", "what", "until") if request.GET.get(name)}
