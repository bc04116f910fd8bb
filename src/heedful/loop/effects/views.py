"""Did it work? The answer first, then what it rests on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.effects import lines, operations, queries
from heedful.loop.effects.presenters import page as pages
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures import months


@page(Permission.SEE_PATTERNS)
def register(request: ViewerRequest) -> HttpResponse:
    """Every change that was aimed at something, and its answer so far."""
    found = lines.register(request.viewer, timezone.localdate(request.received_at))
    return render(request, "effects/register.html", {"lines": found, "heading": lines.heading(found)})


@page(Permission.SEE_PATTERNS)
def verdict(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """The finding as the title, the numbers, the chart, and what could still be wrong."""
    aim = queries.asked(action_id, request.viewer)
    if aim is None:
        return not_found(request)
    found = queries.judged(request.viewer, aim, timezone.localdate(request.received_at))
    shown = pages.verdict_page(found, queries.verdicts_of(action_id, request.viewer), request.viewer)
    return render(request, "effects/verdict.html", {"page": shown})


@require_POST
@page(Permission.ENTER_EXPOSURE)
def again(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Count and judge again now, for instance after missing bed days were entered."""
    if queries.asked(action_id, request.viewer) is None:
        return not_found(request)
    kept = operations.recompute(by=request.viewer, at=request.received_at, action_id=action_id)
    said = _("Counted again. The answer is new.") if kept else _("Counted again. The answer is the same as before.")
    messages.success(request, said)
    return redirect("effects:verdict", action_id)


@page(Permission.SEE_PATTERNS)
def cases(request: ViewerRequest, action_id: UUID, month: str) -> HttpResponse:
    """The events behind one point."""
    aim, number = queries.asked(action_id, request.viewer), months.read(month)
    if aim is None or number is None:
        return not_found(request)
    found = queries.cases(request.viewer, aim, number)
    events = incidents.visible_to(request.viewer).filter(pk__in=[case.id for case in found[:200]])
    context = {
        "heading": pages.cases_heading(aim, number, len(found)),
        "events": events.select_related("service").order_by("occurred_from", "id"),
        "back": pages.verdict_url(aim),
        "back_to": _("The answer"),
        "left_off": max(len(found) - 200, 0),
    }
    return render(request, "measures/cases.html", context)
