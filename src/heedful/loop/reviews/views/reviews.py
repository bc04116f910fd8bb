"""Reviews: which wait, one of them, who leads it, and opening one."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.reviews import forms, operations, queries, workforce
from heedful.loop.reviews.presenters import choices
from heedful.loop.reviews.presenters import page as pages


@page(Permission.SEE_REVIEW)
def listed(request: ViewerRequest) -> HttpResponse:
    """What waits to be understood: mine first, then what others lead, then what was finished last."""
    waiting = queries.waiting(request.viewer, request.received_at)
    shown = {
        "mine": [one for one in waiting if one.mine],
        "others": [one for one in waiting if not one.mine],
        "done": queries.done(request.viewer, last=8),
        "share": pages.share_sentence(*queries.individual_share(request.viewer)),
        "kinds": queries.kind_words(),
        "leads": choices.lead_names(waiting),
    }
    return render(request, "reviews/list.html", shown)


@page(Permission.SEE_REVIEW)
def show(request: ViewerRequest, review_id: UUID) -> HttpResponse:
    """One review: to write, to finish, or to read."""
    row = queries.review(review_id, viewer=request.viewer)
    shown = pages.page(row, request.viewer, request.received_at)
    if request.method == "POST" and shown["may_write"]:
        version = int(request.POST.get("version") or 0) if request.POST.get("version", "").isdecimal() else 0
        try:
            operations.close_review(review_id=row.pk, version=version, by=request.viewer, at=request.received_at)
        except operations.WrittenMeanwhile as refusal:
            shown = pages.page(refusal.review, request.viewer, request.received_at)
            return render(request, "reviews/show.html", shown | {"refusal": _(str(refusal)), "meanwhile": True})
        except operations.Refused as refusal:
            return render(request, "reviews/show.html", shown | {"refusal": _(str(refusal)), "step": refusal.step})
        messages.success(request, _("Finished. What was understood stands here"))
        return redirect("reviews:show", row.pk)
    return render(request, "reviews/show.html", shown)


@page(Permission.LEAD_REVIEW)
def lead(request: ViewerRequest, review_id: UUID) -> HttpResponse:
    """Somebody else leads it."""
    row = queries.review_to_write(review_id, viewer=request.viewer)
    can = workforce.may_lead(queries.events_of(row), request.received_at)
    people = workforce.named([one for one in can if one != row.lead_id])
    form = forms.choose_person(request.POST or None, label=_("Who leads it from now on?"), people=people)
    if form.is_valid():
        try:
            operations.hand_over_review(
                review_id=row.pk,
                lead_id=UUID(form.cleaned_data["person"]),
                by=request.viewer,
                at=request.received_at,
            )
        except operations.Refused as refusal:
            form.add_error("person", _(str(refusal)))
        else:
            messages.success(request, _("It is handed over"))
            return redirect("reviews:list")
    return _ask(request, form, row, _("Hand it over"), _("Hand it over"), people=people)


@page(Permission.LEAD_REVIEW)
def again(request: ViewerRequest, review_id: UUID) -> HttpResponse:
    """Open a finished review again."""
    row = queries.review_to_write(review_id, viewer=request.viewer)
    form = forms.Words(request.POST or None, label=_("Why do you open it again?"))
    if form.is_valid():
        try:
            operations.reopen_review(
                review_id=row.pk, why=form.cleaned_data["why"], by=request.viewer, at=request.received_at
            )
        except operations.Refused as refusal:
            form.add_error("why", _(str(refusal)))
        else:
            messages.success(request, _("It is open again"))
            return redirect("reviews:show", row.pk)
    return _ask(request, form, row, _("Open it again"), _("Open it again"))


@page(Permission.LEAD_REVIEW)
def events(request: ViewerRequest, review_id: UUID) -> HttpResponse:
    """Look at other events together with this one."""
    row = queries.review_to_write(review_id, viewer=request.viewer)
    offered = choices.beside(row, request.viewer, request.GET.get("words", ""))
    form = forms.ChooseEvents(request.POST or None, offered=offered)
    if form.is_valid():
        try:
            operations.add_events(
                review_id=row.pk,
                event_ids=[UUID(one) for one in form.cleaned_data["events"]],
                by=request.viewer,
                at=request.received_at,
            )
        except operations.Refused as refusal:
            form.add_error("events", _(str(refusal)))
        else:
            messages.success(request, _("They are looked at together"))
            return redirect("reviews:show", row.pk)
    shown = {"form": form, "review": row, "offered": offered, "words": request.GET.get("words", "")}
    return render(request, "reviews/events.html", shown | {"title": queries.titles([row])[row.pk]})


@page(Permission.LEAD_REVIEW)
def new(request: ViewerRequest) -> HttpResponse:
    """Open a review of some events, or of a theme."""
    found = choices.begin_review(request.viewer, request.GET, request.received_at)
    if found is None:
        # A review begins with something that was told: the list says what waits.
        return redirect("reviews:list")
    form = forms.OpenReview(
        request.POST or None,
        offered=found.offered,
        leads=found.leads,
        initial={"key": uuid4(), **found.initial},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            row = operations.open_review(
                event_ids=[UUID(one) for one in said["events"]],
                kind=said["kind"],
                theme_id=found.theme_id,
                lead_id=UUID(said["lead"]),
                due_on=said["due_on"],
                client_key=said["key"],
                by=request.viewer,
                at=request.received_at,
            )
        except operations.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, _(str(refusal)))
        else:
            return redirect("reviews:show", row.pk)
    return render(request, "reviews/new.html", {"form": form, "found": found})


def _ask(
    request: HttpRequest, form: object, review: object, title: str, button: str, people: object = True
) -> HttpResponse:
    """A page with one box or one choice."""
    shown = {"form": form, "review": review, "title": title, "button": button, "people": people}
    return render(request, "reviews/ask.html", shown)
