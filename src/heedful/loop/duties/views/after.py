"""After a decision: the second person, the duties, what was to be found out, the reason sheet, and the policy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.duties import forms, operations, queries
from heedful.loop.duties.presenters import policy as policies
from heedful.loop.duties.presenters import reasons as sheets
from heedful.loop.duties.views.opening import event_for
from heedful.loop.incidents import links
from heedful.loop.incidents import queries as incidents


@page(Permission.TRIAGE_EVENT)
def agree(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """The second look at a level below the suggestion."""
    event = event_for(request, event_id)
    row = queries.triage_of(event.pk)
    if row is None or not queries.waits(row):
        return _message(request, event, _("Nothing waits here"), _("No decision about this waits for a second person."))
    sheet = sheets.sheet(event)
    problem = ""
    if request.method == "POST":
        try:
            operations.agree_to_lower(triage_id=row.pk, by=request.viewer, at=request.received_at)
        except operations.TriageRefused as refusal:
            problem = _(str(refusal))
        else:
            messages.success(request, _("You agreed. %(level)s stands") % {"level": queries.word(row.level)})
            return redirect("duties:reasons", event.pk)
    shown = {"event": event, "sheet": sheet, "problem": problem, "own": row.decided_by == request.viewer.account_id}
    return render(request, "duties/agree.html", shown)


@page(Permission.TRIAGE_EVENT)
def duty(request: ViewerRequest, duty_id: UUID) -> HttpResponse:
    """Do one duty: with the number that was given for it."""
    row = queries.duty(duty_id, viewer=request.viewer)
    if row.done_at or row.superseded_at or row.answer != "yes":
        return _message(request, row.event, _("This is done"), _("There is nothing left to do here."))
    form = forms.DoDuty(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["reference_number"]
        try:
            operations.do_duty(
                classification_id=row.pk, reference_number=number, by=request.viewer, at=request.received_at
            )
        except operations.TriageRefused as refusal:
            form.add_error("reference_number", _(str(refusal)))
        else:
            messages.success(request, _("Kept: done, with its number"))
            return redirect("duties:reasons", row.event_id)
    return render(request, "duties/duty.html", {"form": form, "row": row, "duty": sheets.duty_words(row)})


@page(Permission.TRIAGE_EVENT)
def find_out(request: ViewerRequest, find_out_id: UUID) -> HttpResponse:
    """Write down what was found out."""
    row = queries.question(find_out_id, viewer=request.viewer)
    if row.found_at or row.superseded_at:
        return _message(request, row.event, _("This has an answer"), _("Somebody has already answered this."))
    form = forms.FoundOut(request.POST or None)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            operations.answer_open_question(
                find_out_id=row.pk, answer=answer, by=request.viewer, at=request.received_at
            )
        except operations.TriageRefused as refusal:
            form.add_error("answer", _(str(refusal)))
        else:
            messages.success(request, _("Kept. Does it change the level? Then decide again"))
            return redirect("duties:reasons", row.event_id)
    return render(request, "duties/find_out.html", {"form": form, "row": row, "question": sheets.question_words(row)})


@page(Permission.SEE_EVENT)
def reasons(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """The reason sheet: what was decided and why, in a minute."""
    event = incidents.event(event_id, viewer=request.viewer)
    if queries.triage_of(event.pk) is None:
        raise Http404
    decides = incidents.decides_about(request.viewer).filter(pk=event.pk).exists()
    shown = {"event": event, "sheet": sheets.sheet(event), "decides": decides and event.source == "live"}
    shown["case_url"] = links.to_case(event.pk)
    return render(request, "duties/reasons.html", shown)


@page(Permission.SEE_EVENT)
def policy(request: ViewerRequest, name: str, version: int) -> HttpResponse:
    """One policy, as anyone can read it."""
    found = policies.readable(name, version)
    if found is None:
        raise Http404
    return render(request, "duties/policy.html", {"policy": found})


def _message(request: ViewerRequest, event: Any, title: str, text: str) -> HttpResponse:
    return render(request, "duties/message.html", {"event": event, "title": title, "text": text})
