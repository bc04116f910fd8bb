"""Actions in due order, and one of them whole."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.actions import queries
from heedful.loop.actions.presenters import page as pages


@page(Permission.SEE_ACTIONS)
def mine(request: ViewerRequest) -> HttpResponse:
    """What this reader leads, what waits for their check, and what others lead where they decide."""
    viewer, now = request.viewer, request.received_at
    shown = {
        "mine": queries.mine(viewer, now),
        "to_check": queries.to_check(viewer, now),
        "others": queries.open_elsewhere(viewer, now),
        "ended": queries.ended(viewer),
        "checks_practice": viewer.holds(Permission.CHECK_PRACTICE),
        "agrees": viewer.holds(Permission.AGREE_ACTION),
        "sees_patterns": viewer.holds(Permission.SEE_PATTERNS),
    }
    return render(request, "actions/mine.html", shown)


@page(Permission.SEE_ACTIONS)
def show(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """One action: what is different, what it should move, how far it has come."""
    row = queries.action(action_id, viewer=request.viewer)
    return render(request, "actions/show.html", pages.page(row, viewer=request.viewer, at=request.received_at))
