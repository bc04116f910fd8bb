"""What is done with an action: more time, a plan that says it, done, checked, sent back, dropped."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.files import operations as files
from heedful.loop.actions import forms, operations, queries
from heedful.loop.actions.presenters import page as pages


@page(Permission.SEE_ACTIONS)
def done(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Say that it is in place, and show it."""
    row = _one(request, action_id, decides=False)
    form = forms.Done(request)
    if request.method == "POST" and form.is_valid() and _kept_file(request, form, row):
        words = form.cleaned_data["words"]
        ready = did(form, lambda: operations.say_done(action_id=row.pk, words=words, **_who(request)))
        if ready:
            messages.success(request, _("Kept. A second person checks it now"))
            return redirect("actions:show", row.pk)
    said = (_("Say that it is done"), _("Somebody else checks what you show."), _("It is done"))
    return _page(request, row, form, said)


@page(Permission.AGREE_ACTION)
def extend(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """More time, with a reason."""
    row = _one(request, action_id)
    form = forms.Extend(request.POST or None)
    if form.is_valid() and did(form, lambda: operations.extend(action_id=row.pk, **form.cleaned_data, **_who(request))):
        messages.success(request, _("It has more time. The reason is kept"))
        return redirect("actions:show", row.pk)
    said = (_("Give it more time"), _("It is due on %(day)s now.") % {"day": f"{row.due_on:%-d %B %Y}"}, _("Keep"))
    return _page(request, row, form, said)


@page(Permission.SEE_ACTIONS)
def plan(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """One person's care plan says it now."""
    update = queries.plan_update(plan_id, viewer=request.viewer)
    row = _one(request, update.action_id, decides=False)
    form = forms.PlanDone(request.POST or None)
    if form.is_valid() and did(
        form, lambda: operations.record_plan_update(plan_id=update.pk, **form.cleaned_data, **_who(request))
    ):
        messages.success(request, _("Kept: the plan says it"))
        return redirect("actions:show", row.pk)
    title = _("The plan of %(name)s says it") % {"name": update.person.name}
    return _page(request, row, form, (title, row.what_will_differ, _("Keep")))


@page(Permission.AGREE_ACTION)
def check(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """A second person looks at what was shown: it is so, or something is missing."""
    row = _one(request, action_id)
    form = forms.SendBack(request.POST if request.POST.get("answer") == "send_back" else None)
    if request.POST.get("answer") == "verify":
        form = forms.SendBack()
        try:
            operations.verify(action_id=row.pk, **_who(request))
        except operations.Refused as refusal:
            return _check_page(request, row, form, problem=_(str(refusal)))
        messages.success(request, _("Checked. Thank you for looking"))
        return redirect("actions:show", row.pk)
    if form.is_valid() and did(
        form, lambda: operations.send_back(action_id=row.pk, **form.cleaned_data, **_who(request))
    ):
        messages.success(request, _("Sent back. Whoever leads it has been told"))
        return redirect("actions:show", row.pk)
    return _check_page(request, row, form)


@page(Permission.AGREE_ACTION)
def drop(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Not any more, and why."""
    row = _one(request, action_id)
    form = forms.Drop(request.POST or None)
    if form.is_valid() and did(form, lambda: operations.drop(action_id=row.pk, **form.cleaned_data, **_who(request))):
        messages.success(request, _("Dropped. The reason is kept"))
        return redirect("actions:show", row.pk)
    return _page(request, row, form, (_("Drop this change"), row.what_will_differ, _("Drop it")))


def _one(request: ViewerRequest, action_id: UUID, *, decides: bool = True) -> Any:
    row = queries.action(action_id, viewer=request.viewer)
    if not (queries.may_decide if decides else queries.may_work_on)(row, request.viewer):
        raise Http404
    return row


def _who(request: ViewerRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": request.received_at}


def _kept_file(request: ViewerRequest, form: Any, row: Any) -> bool:
    """The file first: if the words are refused then, it is there already, and is not lost."""
    checked = form.cleaned_data["file"]
    if checked is None:
        return True
    said = {"subject_type": "action", "subject_id": row.pk, "client_key": form.cleaned_data["client_key"]}
    try:
        files.add(**said, checked=checked, **_who(request))
    except files.Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


def _page(request: ViewerRequest, row: Any, form: Any, said: tuple[str, str, str]) -> HttpResponse:
    title, lead, button = said
    shown = {"action": row, "form": form, "title": title, "lead": lead, "button": button}
    return render(request, "actions/say.html", shown, status=422 if form.errors else 200)


def _check_page(request: ViewerRequest, row: Any, form: Any, problem: str = "") -> HttpResponse:
    shown = pages.page(row, viewer=request.viewer, at=request.received_at) | {"form": form, "problem": problem}
    return render(request, "actions/check.html", shown, status=422 if form.errors or problem else 200)
