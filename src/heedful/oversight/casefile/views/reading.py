"""Pages that read across the loop; the only thing they write is who read what."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.incidents import queries as incidents
from heedful.oversight.casefile import forms, listing, story
from heedful.oversight.casefile.operations import note_reading


@page(Permission.LIST_EVENTS)
def cases(request: ViewerRequest) -> HttpResponse:
    """Cases in view, newest first."""
    services = listing.services(request.viewer)
    form = forms.Narrow(request.GET or None, services=services)
    known = form.cleaned_data if form.is_bound and (form.is_valid() or form.cleaned_data) else {}
    asked = listing.Asked(**{name: known.get(name) or "" for name in listing.Asked.__dataclass_fields__})
    found = listing.cases(request.viewer, asked, after=request.GET.get("after", ""))
    narrowed = {name: value for name, value in vars(asked).items() if value}
    may_choose = request.viewer.holds(Permission.OWN_THEME) and bool(found.lines)
    choosing = may_choose and "choose" in request.GET
    kept = narrowed | ({"choose": "1"} if choosing else {})
    older = f"?{urlencode(kept | {'after': found.older})}" if found.older else None
    context = {"form": form, "found": found, "older": older, "narrowed": narrowed, "names": dict(services)}
    context |= {"choosing": choosing}
    context["choose"] = f"?{urlencode(narrowed | {'choose': '1'})}" if may_choose and not choosing else ""
    return render(request, "casefile/list.html", context)


@page(Permission.SEE_EVENT)
def show(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """One case, its whole story."""
    event = incidents.event(event_id, viewer=request.viewer)
    context = story.tell(event, viewer=request.viewer, at=request.received_at)
    if not (event.confidential and incidents.is_reporter(event, request.viewer)):
        # An entry with their name could give a confidential reporter away, and one's own words are no news.
        note_reading(event_id=event.pk, by=request.viewer, at=request.received_at)
    return render(request, "casefile/show.html", context)


@page(Permission.ASK_FOR_REPORTER)
def ask_for_reporter(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """An inspector asks who told us; that they asked, and why, is in the ledger before they see it."""
    event = incidents.event(event_id, viewer=request.viewer)
    form = forms.AskForReporter(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = incidents.ask_for_reporter(
            event, why=form.cleaned_data["why"], viewer=request.viewer, at=request.received_at
        )
        return render(request, "casefile/reporter.html", {"event": event, "reporter": shown})
    if event.source != "live":
        return redirect("casefile:show", event.pk)
    return render(request, "casefile/ask_for_reporter.html", {"form": form, "event": event})
