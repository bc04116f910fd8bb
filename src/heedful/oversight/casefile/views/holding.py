"""Setting and lifting a legal hold on one case, and what was kept for long enough."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.decisions import may
from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.incidents import operations
from heedful.loop.incidents import queries as incidents
from heedful.oversight.casefile import came_of, forms, kept


@page(Permission.HOLD)
def past_their_time(request: ViewerRequest) -> HttpResponse:
    """Whoever may hold a case sees which could be erased; somebody who reads no cases sees codes only."""
    found = kept.past_their_time(request.viewer, on=request.received_at.date())
    context = {"kept": found, "in_words": came_of.in_words, "may_erase": request.viewer.holds(Permission.ERASE)}
    return render(request, "casefile/past_their_time.html", context)


@page(Permission.HOLD)
def hold(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """One page for both: what can be done is the other of what stands."""
    event = incidents.event(event_id, viewer=request.viewer)
    if not may(request.viewer, Permission.HOLD, incidents.subject_of(event)):
        return not_found(request)
    form = forms.Hold(request.POST or None)
    if form.is_valid():
        change = operations.lift_hold if event.legal_hold else operations.hold_case
        change(event_id=event.pk, why=form.cleaned_data["why"], by=request.viewer, at=request.received_at)
        messages.success(
            request, _("The hold is lifted.") if event.legal_hold else _("Nothing of this case can be erased now.")
        )
        return redirect("casefile:show", event.pk)
    return render(request, "casefile/hold.html", {"form": form, "event": event})
