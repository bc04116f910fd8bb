"""Bulletins: write, look for names, let out, read and answer, hand over, print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import dateformat
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Refused
from heedful.foundation.people.queries import names
from heedful.foundation.policies import local_date
from heedful.loop.feedback import forms, sheet
from heedful.loop.feedback.operations import bulletins as operations
from heedful.loop.feedback.queries import bulletins as queries
from heedful.loop.feedback.sheet import PARTS
from heedful.loop.feedback.views.telling import _by


@page(Permission.RECORD_EVENT)
def listed(request: ViewerRequest) -> HttpResponse:
    """What the viewer is to read or read already, and what they work on."""
    viewer = request.viewer
    unread = queries.to_read(viewer)
    shown = {
        "unread": unread,
        "read": [row for row in queries.for_reader(viewer)[:50] if row not in unread],
        "working": list(queries.worked_on(viewer)[:50]),
    }
    return render(request, "feedback/bulletins.html", shown)


@page(Permission.RELEASE)
def new(request: ViewerRequest) -> HttpResponse:
    """A first draft, from a case or a theme."""
    event_id, theme_id = _id(request.GET.get("case", "")), _id(request.GET.get("theme", ""))
    if not event_id and not theme_id:
        return redirect("feedback:bulletins")
    about = queries.about(viewer=request.viewer, event_id=event_id, theme_id=None if event_id else theme_id)
    return _write(request, about, initial=queries.draft_parts(about, request.viewer))


@page(Permission.RELEASE)
def edit(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    """Write it anew. Whatever was proposed is looked at anew as well."""
    row = queries.to_work_on(bulletin_id, viewer=request.viewer)
    if row.state == "released":
        return redirect("feedback:bulletin", row.pk)
    about = queries.about(viewer=request.viewer, event_id=row.event_id, theme_id=row.theme_id)
    options = {f"option_{number}": text for number, text in enumerate(row.options, start=1)}
    return _write(request, about, initial={"client_key": row.client_key, "right": row.right, **row.parts, **options})


@page(Permission.RECORD_EVENT)
def show(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    """To read it and answer its question; and, for those who made it, how far it has come."""
    row = queries.readable(bulletin_id, viewer=request.viewer)
    form = forms.Answer(request.POST or None, question=row.parts["question"], options=row.options)
    if form.is_valid():
        said = {"answer": int(form.cleaned_data["answer"]), **_by(request)}
        if did(form, lambda: operations.read(bulletin_id=row.pk, **said)):
            return redirect("feedback:bulletin", row.pk)
    return render(
        request, "feedback/bulletin.html", _shown(request, row) | {"form": form}, status=422 if form.errors else 200
    )


@page(Permission.RELEASE)
def propose(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    row = queries.to_work_on(bulletin_id, viewer=request.viewer)
    if request.method == "POST":
        try:
            operations.propose(bulletin_id=row.pk, **_by(request))
            messages.success(request, _("Proposed. Somebody else looks at it before it goes out"))
        except Refused as refusal:
            messages.error(request, _(str(refusal)))
    return redirect("feedback:bulletin", row.pk)


@page(Permission.RELEASE)
def check(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    """Look at everything that may say who it is, say why it may stay, and let it out."""
    row = queries.to_work_on(bulletin_id, viewer=request.viewer)
    review = queries.review_of(row)
    if row.state != "proposed" or review is None:
        return redirect("feedback:bulletin", row.pk)
    teams = [(str(one.pk), f"{one.name}, {one.service.name}") for one in queries.teams_for(row, request.viewer)]
    posted = request.POST or None
    clearing = posted is not None and "finding" in posted
    clear, release = forms.Clear(posted if clearing else None), forms.Release(None if clearing else posted, teams=teams)
    if clearing and clear.is_valid():
        said = {**clear.cleaned_data, **_by(request)}
        if did(clear, lambda: operations.clear(bulletin_id=row.pk, **said)):
            messages.success(request, _("Your reason is kept"))
            return redirect("feedback:check", row.pk)
    if release.is_bound and release.is_valid():
        chosen = [UUID(one) for one in release.cleaned_data["teams"]]
        if did(release, lambda: operations.release(bulletin_id=row.pk, team_ids=chosen, **_by(request))):
            messages.success(request, _("It is out"))
            return redirect("feedback:bulletin", row.pk)
    bad = clear if clear.errors else release
    shown: dict[str, Any] = {"open": sheet.outermost(review.open), "findings": sheet.outermost(review.findings)}
    shown |= {"bulletin": row, "review": review, "form": bad, "clear": clear, "release": release}
    shown |= {"own": review.release.author_id == request.viewer.account_id, "asked": request.POST.get("finding", "")}
    return render(request, "feedback/check.html", shown, status=422 if bad.errors else 200)


@page(Permission.RELEASE)
def hand_over(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    """Tick whom you told at handover, of those without a sign-in."""
    row = queries.to_work_on(bulletin_id, viewer=request.viewer)
    if row.state != "released":
        raise Http404
    day = local_date(request.received_at, "Europe/London")
    people = [(str(one.pk), one.name) for one in queries.without_sign_in(row, day)]
    form = forms.HandOver(request.POST or None, people=people)
    if form.is_valid():
        chosen = [UUID(one) for one in form.cleaned_data["staff"]]
        if did(form, lambda: operations.hand_over(bulletin_id=row.pk, staff_ids=chosen, **_by(request))):
            messages.success(request, _("Written down: you told them"))
            return redirect("feedback:bulletin", row.pk)
    shown = {"form": form, "bulletin": row, "people": people}
    return render(request, "feedback/hand_over.html", shown, status=422 if form.errors else 200)


@page(Permission.RECORD_EVENT)
def printed(request: ViewerRequest, bulletin_id: UUID) -> HttpResponse:
    """One side of A4, once it is out."""
    row = queries.readable(bulletin_id, viewer=request.viewer)
    if row.released_at is None:
        raise Http404
    month = dateformat.format(row.released_at, "F Y")
    return render(request, "feedback/print.html", _facts(row) | {"month": month})


def _write(request: ViewerRequest, about: queries.About, initial: dict[str, Any]) -> HttpResponse:
    form = forms.Write(request.POST or None, initial=initial)
    if form.is_valid():
        said = {**form.typed(), "event_id": about.event_id, "theme_id": about.theme_id, **_by(request)}
        row = did(form, lambda: operations.draft(**said))
        if row:
            messages.success(request, _("Kept as a draft"))
            return redirect("feedback:bulletin", row.pk)
    longest = sum(PARTS.values())
    shown = {"form": form, "about": about, "longest": longest}
    return render(request, "feedback/write.html", shown, status=422 if form.errors else 200)


def _facts(row: Any) -> dict[str, Any]:
    people = names({one for one in (row.author_id, row.released_by) if one})
    return {"bulletin": row, "checked_by": people.get(row.released_by, ""), "author": people.get(row.author_id, "")}


def _shown(request: ViewerRequest, row: Any) -> dict[str, Any]:
    viewer = request.viewer
    reader = queries.for_reader(viewer).filter(pk=row.pk).exists()
    works = queries.worked_on(viewer).filter(pk=row.pk).exists()
    day = local_date(request.received_at, "Europe/London")
    shown = _facts(row) | {"reader": reader, "works": works, "reading": queries.reading_of(row, viewer)}
    if works and row.state == "released":
        shown |= {"reach": queries.reach(row, viewer, day), "left": len(queries.without_sign_in(row, day))}
        told = queries.told_at_handover(row)
        shown |= {"told": told, "tellers": names({one.told_by for one in told})}
    return shown


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
