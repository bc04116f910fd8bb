"""Agreeing what will be different, and changing what it should move while that can still be changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.actions import forms, operations, queries
from heedful.loop.actions.presenters import choices as offered
from heedful.loop.actions.presenters.page import aim_words
from heedful.loop.actions.rules import per_cent_of
from heedful.loop.reviews import links
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.queries import Subject


@page(Permission.AGREE_ACTION)
def new(request: ViewerRequest) -> HttpResponse:
    """What will be different on a shift? It answers a review or a theme."""
    named = {name: _id(request.GET.get(name, "")) for name in ("review", "theme", "finding")}
    if not named["review"] and not named["theme"]:
        return redirect("actions:mine")
    subject = reviews.subject(viewer=request.viewer, review_id=named["review"], theme_id=_theme(named))
    if not queries.may_agree(request.viewer, subject.service_ids):
        raise Http404
    choices = offered.choices(subject, viewer=request.viewer, at=request.received_at)
    first = {"series_key": offered.likely_measure(subject, viewer=request.viewer), "finding_id": named["finding"] or ""}
    form = forms.agreeing(choices, data=request.POST or None, initial=first)
    if form.is_valid() and (made := _agreed(request, form, named)):
        messages.success(request, _("Agreed. %(name)s has been told") % {"name": made.lead.name})
        return redirect("actions:show", made.pk)
    shown = {"form": form, "subject": subject, "back": _back(subject), "choices": choices}
    return render(request, "actions/new.html", shown, status=422 if form.errors else 200)


@page(Permission.AGREE_ACTION)
def aim(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Another measure or target: until the first day, and not from then on."""
    row = queries.action(action_id, viewer=request.viewer)
    if not queries.may_decide(row, request.viewer):
        raise Http404
    form = forms.ChangeAim(request.POST or None, initial=_as_typed(row))
    if form.is_valid():
        try:
            operations.change_aim(action_id=row.pk, aim=form.aim(), by=request.viewer, at=request.received_at)
        except operations.Refused as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("Kept. It is fixed from the first day on"))
            return redirect("actions:show", row.pk)
    shown = {"form": form, "action": row, "aim": aim_words(row)}
    return render(request, "actions/aim.html", shown, status=422 if form.errors else 200)


def _agreed(request: ViewerRequest, form: Any, named: dict[str, UUID | None]) -> Any:
    """Agree; what is refused is said at the field where it was typed."""
    plan = form.new_action(named["review"], _theme(named))
    try:
        return operations.agree(plan=plan, by=request.viewer, at=request.received_at)
    except operations.Refused as refusal:
        _say(form, refusal)
        return None


def _say(form: Any, refusal: operations.Refused) -> None:
    for problem in refusal.problems:
        form.refuse(problem.field, _(problem.text))


def _theme(named: dict[str, UUID | None]) -> UUID | None:
    """With a review named, the theme is the review's own."""
    return None if named["review"] else named["theme"]


def _back(subject: Subject) -> str:
    if subject.review_id:
        return links.to_review(subject.review_id)
    assert subject.theme_id  # one of the two
    return links.to_theme(subject.theme_id)


def _as_typed(row: Any) -> dict[str, Any]:
    counted = bool(row.series_key)
    return {
        "series_key": row.series_key or forms.aiming.NOT_COUNTED,
        "direction": row.direction or "fewer",
        "per_cent": per_cent_of(row.target) if counted else None,
        "not_measured_why": row.not_measured_why,
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
