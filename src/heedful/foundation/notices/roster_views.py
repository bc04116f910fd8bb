"""Who is on duty: for all services, for one, and changing it."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.notices import queries, roster, week
from heedful.foundation.notices.forms import AddAbsence, AddDuty
from heedful.foundation.notices.week import Place

SEE, EDIT = Permission.SEE_DUTY_ROSTER, Permission.EDIT_DUTY_ROSTER
AHEAD = timedelta(days=7)
AWAY_AHEAD = timedelta(days=60)


@require_GET
@page(SEE)
def all_services(request: ViewerRequest) -> HttpResponse:
    now = request.received_at
    services = queries.services(request.viewer, SEE)
    if len(services) == 1:
        return redirect("notices:service", services[0].pk)
    told = {service.pk: queries.on_duty(service.pk, now) for service in services}
    names = queries.names(account for accounts in told.values() for account in accounts)
    lines = [(service, [names[account] for account in told[service.pk]]) for service in services]
    nobody = [service.name for service, people in lines if not people]
    return render(request, "notices/rosters.html", {"lines": lines, "nobody": nobody})


@require_GET
@page(SEE)
def service(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    found = queries.service(service_id, viewer=request.viewer, permission=SEE)
    if found is None:
        return not_found(request)
    return render(request, "notices/roster.html", _week_of(request, found))


@require_http_methods(["GET", "POST"])
@page(EDIT)
def add(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    found = queries.service(service_id, viewer=request.viewer, permission=EDIT)
    if found is None:
        return not_found(request)
    form = AddDuty(request.POST or None, **_for_form(request, found))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, found, _("Put somebody on duty"))
    deputy = form.cleaned_data["deputy"]
    for starts_at, ends_at in form.times():
        roster.add_duty(
            service=found,
            account_id=UUID(form.cleaned_data["account"]),
            deputy_id=UUID(deputy) if deputy else None,
            starts_at=starts_at,
            ends_at=ends_at,
            by=request.viewer,
            at=request.received_at,
        )
    count = len(form.times())
    words = ngettext("The duty is on the roster", "%(count)d duties are on the roster", count)
    messages.success(request, words % {"count": count})
    return redirect("notices:service", found.pk)


@require_http_methods(["GET", "POST"])
@page(EDIT)
def away(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    found = queries.service(service_id, viewer=request.viewer, permission=EDIT)
    if found is None:
        return not_found(request)
    form = AddAbsence(request.POST or None, **_for_form(request, found))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, found, _("Somebody is away"))
    roster.note_absence(
        account_id=UUID(form.cleaned_data["account"]),
        starts_at=form.cleaned_data["starts_at"],
        ends_at=form.cleaned_data["ends_at"],
        by=request.viewer,
        at=request.received_at,
    )
    messages.success(request, _("While they are away, alerts go to the next one on the roster"))
    return redirect("notices:service", found.pk)


@require_POST
@page(EDIT)
def end(request: ViewerRequest, service_id: UUID, duty_id: UUID) -> HttpResponse:
    found = queries.service(service_id, viewer=request.viewer, permission=EDIT)
    duty = queries.duty(duty_id, service_id=found.pk) if found else None
    if duty is None:
        return not_found(request)
    roster.end_duty(duty=duty, by=request.viewer, at=request.received_at)
    return redirect("notices:service", service_id)


@require_POST
@page(EDIT)
def back(request: ViewerRequest, service_id: UUID, absence_id: UUID) -> HttpResponse:
    found = queries.service(service_id, viewer=request.viewer, permission=EDIT)
    people = queries.candidates(found.pk, request.received_at) if found else {}
    absence = queries.absence(absence_id, account_ids=people)
    if absence is None:
        return not_found(request)
    roster.end_absence(absence=absence, by=request.viewer, at=request.received_at)
    return redirect("notices:service", service_id)


def _for_form(request: ViewerRequest, found: Place) -> dict[str, Any]:
    now = request.received_at
    return {"people": queries.candidates(found.pk, now), "zone": ZoneInfo(found.time_zone), "now": now}


def _form(request: ViewerRequest, form: AddDuty | AddAbsence, found: Place, title: str) -> HttpResponse:
    shown = {"form": form, "service": found, "heading": title}
    return render(request, "notices/roster_form.html", shown, status=422 if form.errors else 200)


def _week_of(request: ViewerRequest, found: Place) -> dict[str, Any]:
    now, zone = request.received_at, ZoneInfo(found.time_zone)
    duties = queries.duties(found.pk, now, now + AHEAD)
    people = queries.candidates(found.pk, now)
    told = queries.on_duty(found.pk, now)
    accounts = [account for duty in duties for account in (duty.account_id, duty.deputy_id)]
    return {
        "service": found,
        "now": now,
        "until": now + AHEAD,
        "days": week.days(duties, now, now + AHEAD, zone),
        "several": len(queries.services(request.viewer, SEE)) > 1,
        "told": told,
        "others": [people[account] for account in told[1:4]],
        "is_on_duty": any(duty.starts_at <= now and told[:1] == [duty.account_id] for duty in duties),
        "names": queries.names(accounts) | people,
        "away": queries.absences(people, now, now + AWAY_AHEAD),
        "may_edit": queries.service(found.pk, viewer=request.viewer, permission=EDIT) is not None,
    }
