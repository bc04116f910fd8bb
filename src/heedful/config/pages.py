"""Pages that belong to no room: is it alive, help, who can see what, accessibility, and the gallery of parts."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from heedful.foundation.access.http import not_found, public
from heedful.foundation.ui import views as ui


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """For a proxy or a container: 200 while it works, 503 while it does not. No organisation's data."""
    state = import_string(settings.HEEDFUL_HEALTH)()
    return JsonResponse(state, status=200 if state["ok"] else 503)


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of the look in every state; for those who build pages, in the demonstration only."""
    return ui.gallery(request) if settings.HEEDFUL_DEMO else not_found(request)


def _fixed(template: str) -> Callable[[HttpRequest], HttpResponse]:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template)

    return view


help_page = _fixed("pages/help.html")
who_can_see = _fixed("pages/who_can_see.html")
accessibility = _fixed("pages/accessibility.html")
