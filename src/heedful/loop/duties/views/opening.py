"""What every page of one case begins with: the event, for somebody who decides about it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest
from heedful.loop.incidents import links
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import Status


def event_for(request: ViewerRequest, event_id: UUID) -> Any:
    """The event, or Http404: absent, foreign, shut out and not theirs to decide look the same."""
    found = incidents.decides_about(request.viewer).select_related("service", "team").filter(pk=event_id).first()
    if found is None:
        raise Http404
    return found


def nothing_to_decide(request: ViewerRequest, event: Any) -> HttpResponse | None:
    """A page that says why, for what is history, answered or linked to another report; None for everything else."""
    if event.source != "live":
        return _message(
            request,
            event,
            _("Nothing to decide here"),
            _("This was imported. It is history: it counts, and starts nothing."),
        )
    if event.status == Status.DUPLICATE:
        return _closed(request, event, _("This is linked to another report of the same thing. Open it again first."))
    if event.status == Status.ANSWERED:
        return _closed(request, event, _("This has been answered. Open it again first."))
    return None


def _message(request: ViewerRequest, event: Any, title: str, text: str) -> HttpResponse:
    shown = {"title": title, "text": text, "url": links.to_case(event.pk), "link": _("Read the case")}
    return render(request, "ui/message.html", shown)


def _closed(request: ViewerRequest, event: Any, text: str) -> HttpResponse:
    return render(request, "duties/closed.html", {"event": event, "text": text})
