"""Services with their teams, shifts and posts, and the people they support."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import adding, operations, queries
from heedful.foundation.people.forms import AddPerson, AddShift, AddTeam, Appoint
from heedful.foundation.people.models import Service, StaffMember
from heedful.foundation.people.page_tools import attempt, editable, seek, show, today, visible
from heedful.foundation.people.presenters import DUTIES, shift_hours


@page(Permission.SEE_PEOPLE)
def supported(request: ViewerRequest) -> HttpResponse:
    """The people supported now."""
    form, sought = seek(request, visible(request))
    found = queries.supported(request.viewer, sought, today(request))
    listed, more = found[: queries.PAGE], len(found) > queries.PAGE
    sought_any = bool(sought.words or sought.service_id)
    return show(request, "people/supported.html", seek=form, people=listed, more=more, sought=sought_any)


@page(Permission.EDIT_PEOPLE)
def add_person(request: ViewerRequest) -> HttpResponse:
    """Somebody starts to be supported."""
    form = AddPerson(request.POST or None, services=editable(request), initial={"key": adding.new_key()})
    done = request.method == "POST" and form.is_valid() and attempt(form, lambda: _admit(request, form)) is not None
    if done:
        return redirect("people:supported")
    return show(request, "people/add_person.html", form=form)


@page(Permission.SEE_PEOPLE)
def services(request: ViewerRequest) -> HttpResponse:
    """Homes and branches."""
    return show(request, "people/services.html", services=visible(request))


@page(Permission.SEE_PEOPLE)
def service(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    """One home or branch: who answers for it, its teams and shifts."""
    found = queries.services(request.viewer, Permission.SEE_PEOPLE).filter(pk=service_id).first()
    if found is None:
        return not_found(request)
    held = queries.posts(found, today(request))
    return show(
        request,
        "people/service.html",
        service=found,
        posts=[(DUTIES.get(post.duty, post.duty), post) for post in held],
        teams=list(found.teams.order_by("name")),
        shifts=[(shift.name, shift_hours(shift.starts, shift.ends)) for shift in found.shifts.order_by("starts")],
    )


@page(Permission.EDIT_PEOPLE)
def add_team(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    def act(form: django_forms.Form, place: Service) -> object:
        name = form.cleaned_data["name"]
        return operations.add_team(service=place, name=name, by=request.viewer, at=request.received_at)

    return _add(
        request, service_id, "team", lambda place: AddTeam(request.POST or None, taken=_names(place.teams)), act
    )


@page(Permission.EDIT_PEOPLE)
def add_shift(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    def act(form: django_forms.Form, place: Service) -> object:
        return operations.add_shift(service=place, **form.cleaned_data, by=request.viewer, at=request.received_at)

    return _add(
        request, service_id, "shift", lambda place: AddShift(request.POST or None, taken=_names(place.shifts)), act
    )


@page(Permission.EDIT_PEOPLE)
def appoint(request: ViewerRequest, service_id: UUID) -> HttpResponse:
    working = list(queries.staff(request.viewer, today(request), Permission.EDIT_PEOPLE).filter(left_on__isnull=True))

    def act(form: django_forms.Form, place: Service) -> object:
        person = StaffMember.objects.get(pk=form.cleaned_data["staff"])
        duty = form.cleaned_data["duty"]
        return operations.appoint(staff=person, duty=duty, service=place, by=request.viewer, at=request.received_at)

    return _add(request, service_id, "post", lambda place: Appoint(request.POST or None, staff=working), act)


def _add(
    request: ViewerRequest,
    service_id: UUID,
    what: str,
    make: Callable[[Service], django_forms.Form],
    act: Callable[[django_forms.Form, Service], object],
) -> HttpResponse:
    """A small form about one service."""
    place = queries.services(request.viewer, Permission.EDIT_PEOPLE).filter(pk=service_id).first()
    if place is None:
        return not_found(request)
    form = make(place)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: act(form, place)) is not None:
        return redirect("people:service", place.pk)
    return show(request, "people/add_to_service.html", form=form, service=place, what=what)


def _names(things: Any) -> list[str]:
    return list(things.values_list("name", flat=True))


def _admit(request: ViewerRequest, form: AddPerson) -> UUID:
    said = form.cleaned_data
    return adding.admit_once(
        key=said["key"],
        service_id=said["service"],
        name=said["name"],
        known_as=said["known_as"],
        under_18=said["under_18"],
        room=said["room"],
        by=request.viewer,
        at=request.received_at,
    )
