"""How much care was given, month by month: what a rate is divided by."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import exposure, operations, queries
from heedful.foundation.people.forms import EnterExposure
from heedful.foundation.people.models import Service
from heedful.foundation.people.page_tools import show, today
from heedful.foundation.people.presenters import HINTS, SOURCES, measure_label


@page(Permission.ENTER_EXPOSURE)
def overview(request: ViewerRequest) -> HttpResponse:
    """Which months still lack a number, service by service."""
    places = [one for one in _services(request) if exposure.measures_of(one)]
    day = today(request)
    known = queries.exposures([one.pk for one in places], exposure.months_before(day)[-1])
    lines = []
    for place in places:
        rows = exposure.rows(place, known, day)
        lines.append((place, [row.month for row in rows if row.missing], rows[0]))
    missing = sum(1 for _place, months, _row in lines if months)
    return show(request, "people/exposure.html", lines=lines, missing=missing)


@page(Permission.ENTER_EXPOSURE)
def of_service(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    """The last twelve months of one service."""
    place = _find(request, service_id)
    if place is None:
        return not_found(request)
    day = today(request)
    rows = exposure.rows(place, queries.exposures([place.pk], exposure.months_before(day)[-1]), day)
    measures = [measure_label(measure) for measure in exposure.measures_of(place)]
    return show(request, "people/exposure_service.html", service=place, rows=rows, measures=measures, sources=SOURCES)


@page(Permission.ENTER_EXPOSURE)
def enter(request: ViewerRequest, service_id: UUID, year: int, month: int) -> HttpResponse:
    """One month of one service, in plain units."""
    place, first = _find(request, service_id), _month(year, month)
    if place is None or first not in exposure.months_before(today(request), 60):
        return not_found(request)
    known = queries.exposures([place.pk], first)
    initial: dict[str, object] = {
        measure: exposure.written(known[place.pk, first, measure].amount, measure)
        for measure in exposure.measures_of(place)
        if (place.pk, first, measure) in known
    }
    guessed = any(one.source == "estimated" for (_place, at, _measure), one in known.items() if at == first)
    form = EnterExposure(
        request.POST or None, most=exposure.most_of(place, first), initial=initial | {"estimated": guessed}
    )
    if request.method == "POST" and form.is_valid():
        return _store(request, place, first, form)
    checked = form.is_bound and any("tick" in str(words) for words in form.errors.values())
    measures = [(form[measure], HINTS[measure]) for measure in exposure.measures_of(place)]
    return show(
        request, "people/exposure_enter.html", form=form, service=place, month=first, measures=measures, doubt=checked
    )


def _store(request: ViewerRequest, place: Service, first: date, form: EnterExposure) -> HttpResponse:
    amounts = [operations.Amount(measure, first, amount) for measure, amount in form.amounts().items()]
    stored = operations.record_exposure(
        service=place, amounts=amounts, source=form.source, by=request.viewer, at=request.received_at
    )
    messages.success(request, ngettext("%(n)d number is saved.", "%(n)d numbers are saved.", stored) % {"n": stored})
    return redirect("people:exposure_service", place.pk)


def _services(request: ViewerRequest) -> list[Service]:
    return list(queries.services(request.viewer, Permission.ENTER_EXPOSURE))


def _find(request: ViewerRequest, service_id: UUID) -> Service | None:
    return queries.services(request.viewer, Permission.ENTER_EXPOSURE).filter(pk=service_id).first()


def _month(year: int, month: int) -> date | None:
    try:
        return date(year, month, 1)
    except (ValueError, OverflowError):
        return None
