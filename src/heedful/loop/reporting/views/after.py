"""After sending: the receipt, one's own reports, answers to questions, and putting a report right."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.incidents import operations
from heedful.loop.incidents import queries as incidents
from heedful.loop.reporting import forms, queries
from heedful.loop.reporting.presenters import own as presented
from heedful.loop.reporting.presenters.receipt import receipt as receipt_of


@page(Permission.SEE_OWN_REPORTS)
def receipt(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """We have it: who decides, by when. Only for whoever told us."""
    event = incidents.told_by(event_id, viewer=request.viewer)
    shown = {
        "receipt": receipt_of(event, request.viewer, at=request.received_at),
        "event": event,
        "mine": incidents.visible_to(request.viewer).filter(pk=event.pk).exists(),
        "last": presented.last_decided(request.viewer, before=event),
    }
    return render(request, "reporting/receipt.html", shown)


@page(Permission.SEE_OWN_REPORTS)
def mine(request: ViewerRequest) -> HttpResponse:
    """Everything that the viewer told us, with what became of it."""
    found = incidents.page_of(incidents.my_reports(request.viewer), after=request.GET.get("after", ""))
    shown = {
        "reports": presented.lines(found.events, viewer=request.viewer),
        "older": found.older,
        "drafts": queries.my_drafts(request.viewer),
        "waiting": incidents.my_questions(request.viewer),
    }
    return render(request, "reporting/mine.html", shown)


@page(Permission.SEE_OWN_REPORTS)
def own(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """One of the viewer's own reports."""
    event = incidents.own_event(event_id, viewer=request.viewer)
    return render(request, "reporting/own.html", presented.page(event, viewer=request.viewer))


@page(Permission.SEE_OWN_REPORTS)
def answer(request: ViewerRequest, event_id: UUID, question_id: UUID) -> HttpResponse:
    """Answer a question that was sent back."""
    event = incidents.own_event(event_id, viewer=request.viewer)
    asked = next((one for one in incidents.questions_of(event) if one.pk == question_id), None)
    if asked is None:
        raise Http404
    form = forms.Answer(request.POST or None)
    if form.is_valid():
        try:
            operations.answer_question(
                question_id=question_id,
                words=form.cleaned_data["answer"],
                by=request.viewer,
                at=request.received_at,
            )
        except operations.Refused as refusal:
            form.add_error("answer", _(str(refusal)))
        else:
            return redirect("reporting:own", event_id)
    return render(request, "reporting/answer.html", {"form": form, "event": event, "asked": asked})


@page(Permission.SEE_OWN_REPORTS)
def correct(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Put one's own report right. What stood there before is kept."""
    event = incidents.own_event(event_id, viewer=request.viewer)
    names = ("words", "made_safe", "place")
    form = forms.Correction(request.POST or None, initial={name: getattr(event, name) for name in names})
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in names}
        try:
            operations.correct(
                event_id=event_id,
                changes=changes,
                why=form.cleaned_data["why"],
                by=request.viewer,
                at=request.received_at,
            )
        except operations.ReportRefused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field if problem.field in names else None, problem.text)
        except (operations.Refused, operations.MoveRefusedError) as refusal:
            form.add_error(None, _(str(refusal)))
        else:
            return redirect("reporting:own", event_id)
    return render(request, "reporting/correct.html", {"form": form, "event": event})
