"""Setting and lifting a legal hold on one case, and what was kept for long enough."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.access.decisions import may
from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ui.forms import Form
from heedful.loop.incidents import operations
from heedful.loop.incidents import queries as incidents
from heedful.oversight.casefile import came_of, forms, kept

_ASKED = gettext_lazy("Now another person has to agree. Nothing is erased until then.")
_AGREED = gettext_lazy("It will be erased within a minute. The record says when and by whom.")


@page(Permission.HOLD)
def past_their_time(request: ViewerRequest) -> HttpResponse:
    """Whoever may hold a case sees which could be erased; somebody who reads no cases sees codes only."""
    after = _place(request.GET.get("after", ""))
    found = kept.past_their_time(request.viewer, on=request.received_at.date(), after=after)
    context = {"kept": found, "in_words": came_of.in_words, "may_erase": request.viewer.holds(Permission.ERASE)}
    return render(request, "casefile/past_their_time.html", context)


def _place(text: str) -> tuple[date, UUID] | None:
    """Where a page of the list begins; what is no such place begins at the beginning."""
    day, _between, pk = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None


@page(Permission.ERASE)
def erase(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """One page for both of the two people: what can be done is what has not been done yet."""
    one = kept.past_its_time(request.viewer, event_id, on=request.received_at.date())
    if one is None:
        return not_found(request)
    asked = ledger.asked_for(event_id)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        do = operations.agree_to_erase_case if asked else operations.ask_to_erase_case
        try:
            do(event_id=event_id, by=request.viewer, at=request.received_at)
        except (operations.Refused, ledger.ErasureRefused) as reason:
            form.add_error(None, _(str(reason)))
        else:
            messages.success(request, _AGREED if asked else _ASKED)
            return redirect("casefile:past_their_time")
    mine = asked is not None and asked.asked_by == request.viewer.account_id
    context = {"form": form, "one": one, "asked": asked, "mine": mine, "in_words": came_of.in_words}
    return render(request, "casefile/erase.html", context)


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
