"""The inbox: what waits for a decision, in order of need."""

from django.http import HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.duties.presenters.inbox import page as inbox_page


@page(Permission.TRIAGE_EVENT)
def inbox(request: ViewerRequest) -> HttpResponse:
    """Mine first, then what others decide; and small things that add up."""
    shown = inbox_page(request.viewer, request.received_at, whole="all" in request.GET)
    return render(request, "duties/inbox.html", shown)
