"""What the people pages share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import queries
from heedful.foundation.people.forms import Seek
from heedful.foundation.people.models import Organisation, Service
from heedful.foundation.people.operations import Refused
from heedful.foundation.people.queries import Sought

T = TypeVar("T")


def zone() -> str:
    return Organisation.objects.values_list("time_zone", flat=True).get()


def today(request: ViewerRequest) -> date:
    """The day of this request where the organisation is."""
    return request.received_at.astimezone(ZoneInfo(zone())).date()


def show(request: ViewerRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A people page, with the doors that this viewer may go through."""
    doors = [
        door
        for door, permission in (
            ("people:staff", Permission.SEE_PEOPLE),
            ("people:supported", Permission.SEE_PEOPLE),
            ("people:services", Permission.SEE_PEOPLE),
            ("people:exposure", Permission.ENTER_EXPOSURE),
            ("people:words", Permission.ADMINISTER),
            ("people:visitors", Permission.EDIT_PEOPLE),
            ("people:resets", Permission.RESET_SIGN_IN),
            ("people:erasures", Permission.ERASE),
        )
        if request.viewer.holds(permission)
    ]
    may = {"may_edit": Permission.EDIT_PEOPLE, "may_erase": Permission.ERASE}
    rights = {name: request.viewer.holds(permission) for name, permission in may.items()}
    return render(request, template, {"doors": doors, **rights, **context}, status=status)


def attempt(form: django_forms.Form, act: Callable[[], T]) -> T | None:
    """Do it, or put the reason why not on the form and undo what was begun."""
    try:
        with transaction.atomic():
            return act()
    except Refused as reason:
        form.add_error(None, str(reason))
        return None


def seek(request: ViewerRequest, services: list[Service]) -> tuple[Seek, Sought]:
    form = Seek(request.GET or None, services=services)
    if not form.is_bound or not form.is_valid():
        return form, Sought()
    chosen = form.cleaned_data["service"]
    return form, Sought(form.cleaned_data["words"], UUID(chosen) if chosen else None)


def editable(request: ViewerRequest) -> list[Service]:
    return list(queries.services(request.viewer, Permission.EDIT_PEOPLE))


def visible(request: ViewerRequest) -> list[Service]:
    return list(queries.services(request.viewer, Permission.SEE_PEOPLE))
