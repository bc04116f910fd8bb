"""Showing one case to one more person for a time, and stopping that."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import queries as people
from heedful.loop.incidents import operations
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries.sharing import last_moment
from heedful.oversight.casefile import forms


@page(Permission.SHARE_CASE)
def share(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Choose who, until when, and why."""
    event = incidents.event(event_id, viewer=request.viewer)
    found = incidents.may_be_shared_with(event, viewer=request.viewer, at=request.received_at)
    form = forms.Share(request.POST or None, people=found, zone=event.service.time_zone)
    if form.is_valid():
        try:
            operations.share_case(
                event_id=event.pk,
                account_id=UUID(form.cleaned_data["account"]),
                until=form.ends(),
                why=form.cleaned_data["why"],
                by=request.viewer,
                at=request.received_at,
            )
        except operations.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("It is shared. They get a notice with a link, without a word of the case."))
            return redirect("casefile:show", event.pk)
    context = {"form": form, "event": event, "nobody": not found, "to_match": incidents.unmatched_names(event)}
    return render(request, "casefile/share.html", context)


@page(Permission.SHARE_CASE)
def withdraw(request: ViewerRequest, share_id: UUID) -> HttpResponse:
    """They no longer read it, from the moment the button is pressed."""
    row = incidents.share(share_id, viewer=request.viewer)
    if row is None:
        raise Http404
    if request.method == "POST":
        operations.withdraw_share(share_id=share_id, by=request.viewer, at=request.received_at)
        messages.success(request, _("It is no longer shared with them."))
        return redirect("casefile:show", row.event_id)
    last = last_moment(row.until)
    name = people.names({row.account_id}).get(row.account_id, "")
    return render(request, "casefile/withdraw.html", {"share": row, "event": row.event, "name": name, "last": last})
