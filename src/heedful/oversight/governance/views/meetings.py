"""Meetings: the list, preparing one, its page with minutes and decisions, and the page as it stood."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.naming import event_number
from heedful.oversight.governance import forms, operations
from heedful.oversight.governance.presenters import board as boards
from heedful.oversight.governance.presenters import meetings as shown
from heedful.oversight.governance.queries import meetings as queries
from heedful.oversight.governance.queries import scope as scopes
from heedful.oversight.governance.values import restored


@page(Permission.SEE_BOARD)
def listed(request: ViewerRequest) -> HttpResponse:
    """The newest first."""
    found = shown.lines(queries.meetings(request.viewer))
    context = {"meetings": found, "may_keep": request.viewer.holds(Permission.KEEP_MINUTES)}
    return render(request, "governance/meetings.html", context)


@page(Permission.KEEP_MINUTES)
def prepare(request: ViewerRequest) -> HttpResponse:
    """The page is frozen in this moment: everybody at the meeting reads the same numbers."""
    places = scopes.places(request.viewer)
    chairs = queries.could_chair([place.id for place in places], request.received_at)
    mine = str(request.viewer.account_id)
    form = forms.Prepare(request.POST or None, places=places, chairs=chairs, initial={"chair": mine})
    if form.is_valid():
        made: list[Any] = []
        said = {**form.typed(), "by": request.viewer, "at": request.received_at}
        if did(form, lambda: made.append(operations.prepare_meeting(**said))):
            messages.success(request, _("Prepared. The numbers of today are kept for it"))
            return redirect("governance:meeting", made[0].pk)
    return render(request, "governance/prepare.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.SEE_BOARD)
def meeting(request: ViewerRequest, meeting_id: UUID) -> HttpResponse:
    """Who was there, what was said and decided; and the forms for it, until it is agreed."""
    row = queries.meeting(meeting_id, viewer=request.viewer)
    writes = queries.may_write(row, request.viewer)
    step = request.POST.get("step", "") if writes else ""
    minutes, decide = _minutes(request, row, step), _decide(request, row, step)
    correct = forms.Correct(request.POST if step == "correct" else None)
    by: dict[str, Any] = {"meeting_id": row.pk, "by": request.viewer, "at": request.received_at}
    if minutes.is_valid() and did(minutes, lambda: operations.write_minutes(**minutes.typed(), **by)):
        return _done(request, row.pk, _("Kept"))
    if decide.is_valid() and did(decide, lambda: operations.decide(**_about(request, decide), **by)):
        return _done(request, row.pk, _("Written down"))
    if correct.is_valid() and did(correct, lambda: operations.correct(**correct.cleaned_data, **by)):
        return _done(request, row.pk, _("The correction stands under the minutes"))
    bad = next((one for one in (minutes, decide, correct) if one.errors), None)
    context = shown.meeting(row, viewer=request.viewer, writes=writes) | {
        "minutes": minutes,
        "decide": decide,
        "correct": correct,
        "form": bad,
    }
    return render(request, "governance/meeting.html", context, status=422 if bad else 200)


@require_POST
@page(Permission.KEEP_MINUTES)
def agree(request: ViewerRequest, meeting_id: UUID) -> HttpResponse:
    """A second person agrees the minutes as they stand."""
    queries.meeting(meeting_id, viewer=request.viewer)
    version = request.POST.get("version", "")
    said: dict[str, Any] = {"meeting_id": meeting_id, "version": int(version) if version.isdecimal() else 0}
    try:
        operations.agree_minutes(**said, by=request.viewer, at=request.received_at)
        messages.success(request, _("Agreed. Nothing here is written over from now on"))
    except operations.Refused as refusal:
        messages.error(request, _(str(refusal)))
    return redirect("governance:meeting", meeting_id)


@require_POST
@page(Permission.KEEP_MINUTES)
def take_back(request: ViewerRequest, meeting_id: UUID, number: int) -> HttpResponse:
    """Take one decision out again, while the minutes are open."""
    row = queries.meeting(meeting_id, viewer=request.viewer)
    one = next((one for one in queries.decisions_of(row, request.viewer) if one.number == number), None)
    try:
        if one is not None:
            operations.take_back(decision_id=one.pk, by=request.viewer, at=request.received_at)
            messages.success(request, _("Taken out"))
    except operations.Refused as refusal:
        messages.error(request, _(str(refusal)))
    return redirect("governance:meeting", meeting_id)


@page(Permission.SEE_BOARD)
def as_it_stood(request: ViewerRequest, meeting_id: UUID) -> HttpResponse:
    """The board page of that day, for reading and for paper."""
    row = queries.meeting(meeting_id, viewer=request.viewer)
    return render(request, "governance/stood.html", {"meeting": row, **boards.frozen(restored(row.figures))})


def _minutes(request: ViewerRequest, row: Any, step: str) -> forms.Minutes:
    people = queries.could_chair(row.service_ids, request.received_at)
    known = {"version": row.version, "present": [str(one) for one in row.present]}
    known |= {"guests": row.guests, "said": row.said}
    return forms.Minutes(request.POST if step == "minutes" else None, people=people, initial=known)


def _decide(request: ViewerRequest, row: Any, step: str) -> forms.Decide:
    today = timezone.localdate(request.received_at)
    leads = queries.could_lead(row, today, request.received_at)
    subjects = queries.subjects(row, request.viewer)
    return forms.Decide(request.POST if step == "decide" else None, leads=leads, subjects=subjects)


def _about(request: ViewerRequest, form: forms.Decide) -> dict[str, Any]:
    """The typed decision with the case behind its code; a code that leads nowhere is refused by the operation."""
    number = event_number(form.cleaned_data["case"])
    seen = incidents.visible_to(request.viewer).filter(number=number).first() if number else None
    if number and seen is None:
        form.refuse("case", _("There is no such case in these services."))
    return {**form.typed(), "event_id": seen.pk if seen else None}


def _done(request: ViewerRequest, meeting_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("governance:meeting", meeting_id)
