"""Checks of practice: which are due, drawing the sample, answering one after the other on a phone, the result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.actions import queries as actions
from heedful.loop.audits import analysis, forms, operations, presenters, queries, standing
from heedful.loop.audits.rules import State
from heedful.loop.reviews import queries as reviews


@page(Permission.SEE_ACTIONS)
def listed(request: ViewerRequest) -> HttpResponse:
    """What is looked at again, and when; of one action if asked."""
    viewer, about = request.viewer, _id(request.GET.get("action", ""))
    action = actions.actions_seen(viewer).filter(pk=about).first() if about else None
    due, done = queries.seen(viewer, request.received_at), queries.finished(viewer)
    cancelled = queries.cancelled(viewer)
    if action:
        due = [one for one in due if one.audit.action_id == action.pk]
        done = [one for one in done if one.action_id == action.pk]
        cancelled = [one for one in cancelled if one.action_id == action.pk]
    shown = {
        "due": due,
        "done": [presenters.line(one) for one in done],
        "cancelled": cancelled,
        "action": action,
        "may_plan": bool(action and actions.may_decide(action, viewer)),
    }
    return render(request, "audits/list.html", shown)


@page(Permission.AGREE_ACTION)
def new(request: ViewerRequest) -> HttpResponse:
    """A check besides those that were set: of an action, or a spot check of a theme."""
    viewer = request.viewer
    action_id, theme_id = _id(request.GET.get("action", "")), _id(request.GET.get("theme", ""))
    if not action_id and not theme_id:
        return redirect("audits:list")
    about, first = _subject(request, action_id, theme_id)
    form = forms.Plan(request.POST or None, initial=first)
    if form.is_valid():
        named: dict[str, Any] = {"action_id": action_id, "theme_id": None if action_id else theme_id}
        done = did(form, lambda: operations.plan(**form.cleaned_data, **named, by=viewer, at=request.received_at))
        if done:
            messages.success(request, _("Planned. It cannot be dropped by one person alone"))
            return redirect("audits:show", done.pk)
    shown = {"form": form, "about": about}
    return render(request, "audits/new.html", shown, status=422 if form.errors else 200)


@page(Permission.SEE_ACTIONS)
def show(request: ViewerRequest, audit_id: UUID) -> HttpResponse:
    """One audit: what is asked, the sample, the result, and how it was drawn."""
    row = queries.audit(audit_id, viewer=request.viewer)
    return render(request, "audits/show.html", presenters.page(row, viewer=request.viewer, at=request.received_at))


@page(Permission.CHECK_PRACTICE)
def draw(request: ViewerRequest, audit_id: UUID) -> HttpResponse:
    """Draw the sample."""
    row = _one(request, audit_id)
    form = forms.Draw(request.POST or None)
    if row.state != State.PLANNED:
        return redirect("audits:show", row.pk)
    if form.is_valid():
        said = {"population": form.population(), "size": form.cleaned_data["sample_size"]}
        if did(form, lambda: operations.draw(audit_id=row.pk, **said, **_who(request))):
            messages.success(request, _("The sample is drawn"))
            return redirect("audits:show", row.pk)
    shown = {"form": form, "audit": row, "least": analysis.least_sample(row.wanted)}
    return render(request, "audits/draw.html", shown, status=422 if form.errors else 200)


@page(Permission.CHECK_PRACTICE)
def item(request: ViewerRequest, audit_id: UUID, position: int) -> HttpResponse:
    """One of the sample, on one page; then the next."""
    row = _one(request, audit_id)
    one = queries.item(row, position)
    if row.state != State.DRAWN:
        return redirect("audits:show", row.pk)
    form = forms.Answer(request.POST or None, initial={"answer": one.answer, "note": one.note})
    if form.is_valid():
        said = {"said": form.cleaned_data["answer"], "note": form.cleaned_data["note"]}
        if did(form, lambda: operations.answer(audit_id=row.pk, position=position, **said, **_who(request))):
            following = queries.next_open(row, position)
            return redirect("audits:item", row.pk, following) if following else redirect("audits:show", row.pk)
    shown = {"form": form, "audit": row, "item": one}
    return render(request, "audits/item.html", shown, status=422 if form.errors else 200)


@page(Permission.CHECK_PRACTICE)
def finish(request: ViewerRequest, audit_id: UUID) -> HttpResponse:
    """All are answered: the result stands."""
    row = _one(request, audit_id)
    problem = ""
    if request.method == "POST":
        try:
            operations.finish(audit_id=row.pk, **_who(request))
        except operations.Refused as refusal:
            problem = _(str(refusal))
    if not problem:
        return redirect("audits:show", row.pk)
    shown = presenters.page(row, viewer=request.viewer, at=request.received_at)
    return render(request, "audits/show.html", shown | {"problem": problem}, status=422)


@page(Permission.AGREE_ACTION)
def move(request: ViewerRequest, audit_id: UUID) -> HttpResponse:
    """Another day, with a reason."""
    row = _one(request, audit_id, cancels=True)
    form = forms.Move(request.POST or None)
    if form.is_valid() and did(form, lambda: operations.move(audit_id=row.pk, **form.cleaned_data, **_who(request))):
        messages.success(request, _("Moved. The reason is kept"))
        return redirect("audits:show", row.pk)
    lead = _("It is planned for %(day)s now.") % {"day": f"{row.due_on:%-d %B %Y}"}
    return _say(request, row, form, (_("Move this check"), lead, _("Move it")))


@page(Permission.AGREE_ACTION)
def cancel(request: ViewerRequest, audit_id: UUID) -> HttpResponse:
    """Ask for it, or, as the second person, agree."""
    row = _one(request, audit_id, cancels=True)
    if row.cancel_asked_at:
        return _second_person(request, row)
    form = forms.Cancel(request.POST or None)
    if form.is_valid() and did(
        form, lambda: operations.ask_to_cancel(audit_id=row.pk, **form.cleaned_data, **_who(request))
    ):
        messages.success(request, _("Asked. It stays due until a second person agrees"))
        return redirect("audits:show", row.pk)
    return _say(request, row, form, (_("Let this check go"), row.question, _("Ask a second person")))


def _second_person(request: ViewerRequest, row: Any) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            operations.agree_to_cancel(audit_id=row.pk, **_who(request))
        except operations.Refused as refusal:
            problem = _(str(refusal))
        else:
            messages.success(request, _("Cancelled by two people. The reason is kept"))
            return redirect("audits:show", row.pk)
    shown = presenters.page(row, viewer=request.viewer, at=request.received_at) | {"problem": problem}
    return render(request, "audits/cancel.html", shown, status=422 if problem else 200)


def _subject(request: ViewerRequest, action_id: UUID | None, theme_id: UUID | None) -> tuple[str, dict[str, Any]]:
    """What it is about, in words, and what stands in the form at first; Http404 for what is not theirs."""
    if action_id:
        row = actions.action(action_id, viewer=request.viewer)
        if not actions.may_decide(row, request.viewer):
            raise Http404
        return row.what_will_differ, {"question": row.reaudit_question, "wanted": row.reaudit_wanted}
    subject = reviews.subject(viewer=request.viewer, theme_id=theme_id)
    if not actions.may_agree(request.viewer, subject.service_ids):
        raise Http404
    return subject.title, {}


def _one(request: ViewerRequest, audit_id: UUID, *, cancels: bool = False) -> Any:
    row = queries.audit(audit_id, viewer=request.viewer)
    if not (standing.may_cancel if cancels else standing.may_check)(row, request.viewer):
        raise Http404
    return row


def _who(request: ViewerRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": request.received_at}


def _say(request: ViewerRequest, row: Any, form: Any, said: tuple[str, str, str]) -> HttpResponse:
    title, lead, button = said
    shown = {"audit": row, "form": form, "title": title, "lead": lead, "button": button}
    return render(request, "audits/say.html", shown, status=422 if form.errors else 200)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
