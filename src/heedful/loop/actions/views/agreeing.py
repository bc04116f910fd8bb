"""Agreeing what will be different, and changing what it should move while that can still be changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.actions import forms, operations, queries
from heedful.loop.actions.forms import steps
from heedful.loop.actions.forms.agreeing import Choices
from heedful.loop.actions.plans import NewAction
from heedful.loop.actions.presenters import ahead, checking
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
    asking = Asking(request, form, subject, choices, named)
    return asking.answered() if request.method == "POST" else asking.ask(steps.STEPS[0])


@dataclass(frozen=True)
class Asking:
    """One look at the four steps and the check of the answers."""

    request: ViewerRequest
    form: forms.Agree
    subject: Subject
    choices: Choices
    named: dict[str, UUID | None]

    def answered(self) -> HttpResponse:
        """Back to a step, on to the next, or agreed. What is wrong is said at the first step where it was typed."""
        back = steps.find(self.request.POST.get("back_to"))
        if back:
            steps.say_only(self.form, None)
            return self.ask(back)
        at = steps.find(self.request.POST.get("step"))
        self._look()
        wrong = steps.wrong(self.form, at)
        steps.say_only(self.form, wrong)
        if wrong:
            return self.ask(wrong)
        if at is None and (made := self._agreed()):
            messages.success(self.request, _("Agreed. %(name)s has been told") % {"name": made.lead.name})
            return redirect("actions:show", made.pk)
        following = steps.after(at) if at else None
        return self.ask(following) if following else self._check()

    def ask(self, step: steps.Step) -> HttpResponse:
        """One step; what the others hold goes along."""
        shown = {
            "step": step,
            "number": steps.number(step),
            "steps": len(steps.STEPS),
            "before": steps.before(step),
            "ahead": ahead.beside(self.form, self.subject, self.request) if step.slug == "aim" else (),
            "back": _back(self.subject),
            "choices": self.choices,
        }
        return self._page("actions/new.html", step, shown)

    def _check(self) -> HttpResponse:
        """Everything in one view, and how soon anybody could tell."""
        shown = {
            "answers": checking.answers(self.form),
            "ahead": ahead.of_this(self.form, self.subject, self.request),
        }
        return self._page("actions/agree.html", None, shown)

    def _page(self, template: str, step: steps.Step | None, shown: dict[str, Any]) -> HttpResponse:
        whole = {"form": self.form, "subject": self.subject, "carried": steps.carried(self.form, step), **shown}
        wrong = self.form.is_bound and bool(self.form.errors)
        return render(self.request, template, whole, status=422 if wrong else 200)

    def _look(self) -> None:
        """All that would keep it from being agreed, each at its field."""
        try:
            found = operations.problems(plan=self._plan(), by=self.request.viewer, at=self.request.received_at)
        except operations.Refused as refusal:
            found = list(refusal.problems)
        for problem in found:
            self.form.refuse(problem.field, _(problem.text))

    def _agreed(self) -> Any:
        who: dict[str, Any] = {"by": self.request.viewer, "at": self.request.received_at}
        return did(self.form, lambda: operations.agree(plan=self._plan(), **who))

    def _plan(self) -> NewAction:
        self.form.is_valid()  # what was typed, cleaned
        return self.form.new_action(self.named["review"], _theme(self.named))


@page(Permission.AGREE_ACTION)
def aim(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Another measure or target: until the first day, and not from then on."""
    row = queries.action(action_id, viewer=request.viewer)
    if not queries.may_decide(row, request.viewer):
        raise Http404
    form = forms.ChangeAim(request.POST or None, initial=_as_typed(row))
    if form.is_valid() and did(
        form,
        lambda: operations.change_aim(action_id=row.pk, aim=form.aim(), by=request.viewer, at=request.received_at),
    ):
        messages.success(request, _("Kept. It is fixed from the first day on"))
        return redirect("actions:show", row.pk)
    shown = {"form": form, "action": row, "aim": aim_words(row)}
    return render(request, "actions/aim.html", shown, status=422 if form.errors else 200)


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
