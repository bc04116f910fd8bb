"""Names to match, for the safeguarding lead; and who is shut out of which case, for the independent contact."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import forms, operations, queries
from heedful.loop.incidents.queries import alerts


@page(Permission.SEE_OWN_REPORTS)
def not_safe(request: ViewerRequest) -> HttpResponse:
    """Go and see: what whoever is on duty was alerted to and may not read yet."""
    found = alerts.not_safe(request.viewer, request.received_at)
    return render(request, "incidents/not_safe.html", {"places": found})


@page(Permission.MATCH_NAMES)
def names(request: ViewerRequest) -> HttpResponse:
    """Names of alleged sources of harm that nobody has matched to a colleague yet."""
    waiting = queries.names_to_match(request.viewer, at=request.received_at)
    return render(request, "incidents/names.html", {"waiting": waiting})


@page(Permission.MATCH_NAMES)
def match(request: ViewerRequest, involved_id: UUID) -> HttpResponse:
    """Which colleague is meant by one name."""
    waiting = queries.names_to_match(request.viewer, at=request.received_at)
    one = next((one for one in waiting if one.involved_id == involved_id), None)
    if one is None:
        raise Http404
    likely = [(str(found.id), found.label) for found in one.likely]
    everyone = [(str(found.id), found.label) for found in workplace.colleagues(request.received_at.date())]
    form = forms.Match(request.POST or None, likely=likely, everyone=everyone)
    if form.is_valid():
        operations.match_name(
            involved_id=involved_id,
            staff_id=UUID(form.chosen) if form.chosen else None,
            by=request.viewer,
            at=request.received_at,
        )
        messages.success(request, _("The name is matched. Whoever is named is kept away from this case."))
        return redirect("incidents:names")
    return render(request, "incidents/match.html", {"form": form, "one": one})


@page(Permission.LIST_SHUT_OUTS)
def shut_outs(request: ViewerRequest) -> HttpResponse:
    """Everybody who is kept away from a case."""
    return render(request, "incidents/shut_outs.html", {"rows": queries.shut_outs(request.viewer)})


@page(Permission.LIFT_SHUT_OUT)
def lift(request: ViewerRequest, shut_out_id: UUID) -> HttpResponse:
    """Let somebody back into a case, with a reason."""
    row = next((one for one in queries.shut_outs(request.viewer) if one.pk == shut_out_id and not one.lifted_at), None)
    if row is None:
        raise Http404
    form = forms.Lift(request.POST or None)
    if form.is_valid():
        operations.lift_shut_out(
            shut_out_id=shut_out_id, why=form.cleaned_data["why"], by=request.viewer, at=request.received_at
        )
        messages.success(request, _("%(name)s can see this case again.") % {"name": row.staff.name})
        return redirect("incidents:shut_outs")
    return render(request, "incidents/lift.html", {"form": form, "row": row})
