"""One question on one page. What was typed is never lost: not by a mistake, and not when two write at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.workplace import queries as workplace
from heedful.loop.reviews import forms, operations, queries, rules
from heedful.loop.reviews.presenters import page as pages
from heedful.loop.reviews.rules import Kind


@page(Permission.LEAD_REVIEW)
def step(request: ViewerRequest, review_id: UUID, step: str) -> HttpResponse:
    """Write one answer, then the next."""
    row = queries.review_to_write(review_id, viewer=request.viewer)
    known = queries.known_to(row, request.received_at.date())
    again = rules.asks_again(queries.written(row), known)
    steps = rules.steps_of(Kind(row.kind), again=bool(again or row.beneath))
    if step not in steps:
        return not_found(request)
    if row.closed_at and request.method != "POST":
        return redirect("reviews:show", row.pk)
    if step == "findings":
        return _findings(request, row)
    form = _form(row, step, request.POST or None)
    if form.is_valid():
        try:
            row = _keep(request, row, step, form)
        except operations.WrittenMeanwhile as refusal:
            return _meanwhile(request, form, refusal, step)
        except operations.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, _(str(refusal)))
        else:
            return redirect(*_next(request, row, step, known))
    return render(request, f"reviews/{_template(step)}.html", _shown(row, step, form, steps, known))


@page(Permission.LEAD_REVIEW)
def drop(request: ViewerRequest, finding_id: UUID) -> HttpResponse:
    """Take a finding back."""
    found = queries.finding(finding_id, request.viewer)
    if found is None or not queries.may_write(found.review, request.viewer):
        return not_found(request)
    if request.method == "POST":
        try:
            operations.drop_finding(finding_id=found.pk, by=request.viewer, at=request.received_at)
        except operations.Refused as refusal:
            messages.error(request, _(str(refusal)))
    return redirect("reviews:step", found.review_id, "findings")


def _template(step: str) -> str:
    return "factors" if step == "factors" else "question"


def _form(row: Any, step: str, data: Any) -> Any:
    if step == "factors":
        return forms.Factors(data, initial=forms.Factors.begin(row))
    return forms.question_form(step, data, initial={step: getattr(row, step), "version": row.version})


def _keep(request: ViewerRequest, row: Any, step: str, form: Any) -> Any:
    said = form.cleaned_data
    if step == "factors":
        answers = operations.Answers(factors=form.factors(), weaknesses=said["weaknesses"])
    else:
        answers = operations.Answers(**{step: said[step]})
    return operations.answer(
        review_id=row.pk, version=said["version"], answers=answers, by=request.viewer, at=request.received_at
    )


def _next(request: ViewerRequest, row: Any, step: str, known: rules.Known) -> tuple[Any, ...]:
    """The page after this one; from the summary, back to it. An answer that stops at a person is asked about first."""
    again = bool(rules.asks_again(queries.written(row), known))
    steps = rules.steps_of(Kind(row.kind), again=again)
    after = steps[steps.index(step) + 1 :] if step in steps else ()
    if request.GET.get("from") == "summary" and not (step == "what_made_it_likely" and again and not row.beneath):
        return ("reviews:show", row.pk)
    return ("reviews:step", row.pk, after[0]) if after else ("reviews:show", row.pk)


def _shown(row: Any, step: str, form: Any, steps: tuple[str, ...], known: rules.Known) -> dict[str, Any]:
    before = {"what_made_it_likely": "why", "beneath": "what_made_it_likely"}.get(step)
    named = rules.stops_at_a_person(getattr(row, before), known) if before else ""
    return {
        "form": form,
        "review": row,
        "title": queries.titles([row])[row.pk],
        "question": pages.label_of(step),
        "step": step,
        "number": steps.index(step) + 1,
        "count": len(steps),
        "previous": steps[steps.index(step) - 1] if steps.index(step) else "",
        "named": named,
        "answered_before": getattr(row, before) if named and before else "",
    }


def _meanwhile(request: ViewerRequest, form: Any, refusal: operations.WrittenMeanwhile, step: str) -> HttpResponse:
    """What the other wrote, beside what was typed here: it can be put together and sent again."""
    row = refusal.review
    known = queries.known_to(row, request.received_at.date())
    steps = rules.steps_of(Kind(row.kind), again=True)
    form.data["version"] = str(row.version)
    shown = _shown(row, step, form, steps, known)
    by = row.closed_by if row.closed_at else row.written_by
    theirs = pages.theirs(row, step)
    shown |= {"refusal": _(str(refusal)), "theirs": theirs, "closed": row.closed_at is not None}
    shown |= {"other": workplace.names([by]).get(by, _("Somebody")), "other_at": row.closed_at or row.written_at}
    return render(request, f"reviews/{_template(step)}.html", shown, status=409)


def _findings(request: ViewerRequest, row: Any) -> HttpResponse:
    """What must change, one thing at a time."""
    form = forms.NewFinding(request.POST or None, chosen=list(row.factors), initial={"version": row.version})
    shown: dict[str, Any] = {}
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.add_finding(
                review_id=row.pk, version=said["version"], text=said["text"], factor=said["factor"],
                by=request.viewer, at=request.received_at,
            )  # fmt: skip
        except operations.WrittenMeanwhile as refusal:
            row = refusal.review
            form.data["version"] = str(row.version)  # type: ignore[index]
            shown = {"refusal": _(str(refusal)), "closed": row.closed_at is not None}
        except operations.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, _(str(refusal)))
        else:
            return redirect("reviews:step", row.pk, "findings")
    shown |= pages.page(row, request.viewer, request.received_at) | {"form": form}
    return render(request, "reviews/findings.html", shown, status=409 if "refusal" in shown else 200)
