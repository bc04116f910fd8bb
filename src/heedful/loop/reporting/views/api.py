"""The one JSON endpoint: `record`. The same operation as the page; same-origin sessions only, with a CSRF token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Problem
from heedful.loop.incidents import queries
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.operations import KeyReused, Recorded, ReportRefused
from heedful.loop.reporting import operations, wire

View = Callable[..., HttpResponse]


def in_json(view: View) -> View:
    """What `page` answers with a redirect or a page becomes a status with a JSON body: 401, 403, 405."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code in (301, 302):
            return said(401, "sign_in", _("Sign in to send. Your report is kept on this phone."))
        if response.status_code == 403:
            return said(403, "not_allowed", _("Your role does not do this."))
        return response

    return inner


def said(status: int, code: str, message: str, problems: list[Problem] | None = None) -> JsonResponse:
    """An error: a stable code, words for the person, and what is wrong per field."""
    body: dict[str, Any] = {"error": code, "message": message}
    if problems is not None:
        body["problems"] = [{"field": one.field, "text": _(one.text)} for one in problems]
    return JsonResponse(body, status=status)


@require_GET
@in_json
@page(Permission.RECORD_EVENT)
def token(request: ViewerRequest) -> HttpResponse:
    """A fresh CSRF token, fetched before each delivery, and whose session it is."""
    return JsonResponse({"token": get_token(request), "account": str(request.viewer.account_id)})


@require_POST
@in_json
@page(Permission.RECORD_EVENT)
def record(request: ViewerRequest) -> HttpResponse:
    """Store a report. 201 new, 200 known already, 400 no JSON, 409 key used for another report, 422 to be put right."""
    try:
        report, problems = wire.read(request.body)
    except wire.NotJSON:
        return said(400, "not_json", _("This is not a report that we can read."))
    if report is None:
        return said(422, "to_put_right", _("Some answers need another look."), problems)
    try:
        recorded = operations.send(report=report, by=request.viewer, at=request.received_at)
    except KeyReused as refusal:
        return said(409, "key_reused", _(str(refusal)))
    except ReportRefused as refusal:
        return said(422, "to_put_right", _("Some answers need another look."), refusal.problems)
    return JsonResponse(_receipt(recorded), status=200 if recorded.again else 201)


def _receipt(recorded: Recorded) -> dict[str, Any]:
    deciding = queries.assignment_of(recorded.event)
    outside = deciding.outside if deciding else None
    return {
        "event": str(recorded.event.pk),
        "reference": reference_for(recorded.event.number),
        "again": recorded.again,
        "receipt": reverse("reporting:receipt", args=[recorded.event.pk]),
        "decider": deciding.name if deciding else "",
        "due_at": deciding.due_at.isoformat() if deciding else None,
        "outside": [outside.authority_contact, outside.cqc_contact] if outside else [],
    }
