"""What a phone keeps for when there is no signal: one page with every question, and the worker that serves it."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest, page, public
from heedful.foundation.access.permissions import Permission
from heedful.foundation.policies import form as form_in_force
from heedful.loop.reporting.drafting import Journey
from heedful.loop.reporting.forms import terms

WORKER = Path(__file__).parents[1] / "static" / "reporting" / "worker.js"


@page(Permission.RECORD_EVENT)
def shell(request: ViewerRequest) -> HttpResponse:
    """Holds services and answers to choose from, and nobody's name: it may lie on a phone for months."""
    on_way = Journey.begin(request.viewer, request.received_at)
    version = form_in_force("record", on=request.received_at.date())
    shown = {
        "services": on_way.services,
        "version": version,
        "kinds": terms.choices("event_kinds"),
        "harms": [("harm_body", terms.choices("harm_to_body")), ("harm_mind", terms.choices("harm_to_mind"))],
        "answers": terms.choices("answers", without=["unknown"]),
    }
    return render(request, "reporting/phone.html", shown)


@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from inside the folder that it may serve. It holds no data."""
    response = HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
