"""Pages that read a theme across the loop. What is done with it stands in `loop/reviews`."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.reviews import queries as reviews
from heedful.oversight.themes import story


@page(Permission.SEE_THEME)
def listed(request: ViewerRequest) -> HttpResponse:
    """Open themes, those of the reader first; then what has been answered."""
    found = reviews.themes(request.viewer)
    shown = {
        "mine": [line for line in found if line.theme.owner_id == request.viewer.account_id],
        "others": [line for line in found if line.theme.owner_id != request.viewer.account_id],
        "answered": reviews.themes(request.viewer, state="closed"),
        "waiting": len(reviews.due(request.viewer)),
        "may_open": request.viewer.holds(Permission.OWN_THEME),
    }
    return render(request, "themes/list.html", shown)


@page(Permission.SEE_THEME)
def show(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """One theme: what is known, what belongs to it, who owns it, and what came of it."""
    theme = reviews.theme(theme_id, viewer=request.viewer)
    return render(request, "themes/show.html", story.tell(theme, viewer=request.viewer, now=request.received_at))
