"""The board page, and the rows behind each of its numbers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.oversight.governance import forms, rules
from heedful.oversight.governance.figures import LABELS
from heedful.oversight.governance.pack import pack, rows_of
from heedful.oversight.governance.presenters import board as boards
from heedful.oversight.governance.presenters import links
from heedful.oversight.governance.queries import scope as scopes
from heedful.oversight.governance.queries.scope import Scope


@page(Permission.SEE_BOARD)
def board(request: ViewerRequest) -> HttpResponse:
    """What we learned, what changed, did it work, what worries us."""
    form, scope = asked(request, rules.BOARD)
    if scope is None:
        return not_found(request)
    return render(request, "governance/board.html", {"form": form, **boards.shown(pack(scope), scope)})


@page(Permission.SEE_BOARD)
def behind(request: ViewerRequest, code: str) -> HttpResponse:
    """The cases, changes, themes, reviews or checks that one number counts."""
    _form, scope = asked(request, rules.BOARD)
    rows = rows_of(code, scope) if scope and code in LABELS else None
    if scope is None or rows is None:
        return not_found(request)
    context = {
        "heading": LABELS[code][1],
        "count": rows.count,
        "rows": links.listed(rows, request.viewer),
        "left_off": max(rows.count - links.MOST, 0),
        "back": f"{reverse('governance:board')}?{links.query(scope)}",
    }
    return render(request, "governance/behind.html", context)


def asked(request: ViewerRequest, length: int) -> tuple[forms.Narrow, Scope | None]:
    """The form that narrows a page, and what it comes to; None for what is not the viewer's to ask for."""
    places = scopes.places(request.viewer)
    form = forms.Narrow(request.GET or None, places=places, length=length)
    if request.GET.get("service") and request.GET["service"] not in {str(place.id) for place in places}:
        return form, None
    return form, scopes.scope(request.viewer, request.received_at, **form.asked())
