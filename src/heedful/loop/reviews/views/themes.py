"""What is done with a theme. The page of the theme itself is composed in oversight, with what came of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import forms, links, operations, queries, workforce
from heedful.loop.reviews.presenters import choices


@page(Permission.OWN_THEME)
def new(request: ViewerRequest) -> HttpResponse:
    """Open a theme from events that belong together, or from a chart."""
    begun = choices.begin_theme(request.viewer, request.GET, request.received_at)
    if begun is None:
        return render(request, "reviews/theme_from.html", {})
    form = forms.NewTheme(
        request.POST or None,
        owners=begun.leads,
        offered=begun.offered,
        required=begun.chart is None,
        initial={"key": uuid4(), **begun.initial},
    )
    if form.is_valid():
        try:
            row = _open(request, form, begun)
        except operations.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, _(str(refusal)))
        else:
            messages.success(request, _("The theme is open"))
            return redirect(links.to_theme(row.pk))
    spell = forms.Spell(initial=begun.initial, spell=begun.spell) if begun.chart else None
    return render(request, "reviews/theme_new.html", {"form": form, "begun": begun, "spell": spell})


@page(Permission.OWN_THEME)
def join(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Events of every kind that belong to it too."""
    row = queries.theme_to_work_on(theme_id, viewer=request.viewer)
    words = request.GET.get("words", "")
    offered = choices.lines(queries.near(row, request.viewer, words))
    form = forms.ChooseEvents(request.POST or None, offered=offered)
    if form.is_valid():
        chosen = [UUID(one) for one in form.cleaned_data["events"]]
        done = _done(form, "events", lambda: operations.join_theme(
            theme_id=row.pk, event_ids=chosen, by=request.viewer, at=request.received_at
        ))  # fmt: skip
        if done:
            messages.success(request, _("They belong to the theme now"))
            return redirect(links.to_theme(row.pk))
    shown = {"form": form, "theme": row, "offered": offered, "words": words, "back": links.to_theme(row.pk)}
    return render(request, "reviews/theme_join.html", shown)


@page(Permission.OWN_THEME)
def leave(request: ViewerRequest, theme_id: UUID, event_id: UUID) -> HttpResponse:
    """An event does not belong here after all."""
    row = queries.theme_to_work_on(theme_id, viewer=request.viewer)
    event = incidents.event(event_id, viewer=request.viewer)
    if request.method == "POST":
        try:
            operations.leave_theme(theme_id=row.pk, event_id=event.pk, by=request.viewer, at=request.received_at)
        except operations.Refused as refusal:
            messages.error(request, _(str(refusal)))
        return redirect(links.to_theme(row.pk))
    lead = _("“%(title)s” is taken out of the theme. The case itself stays as it is.") % {"title": event.title}
    return _ask(request, row, None, _("Take it out"), _("Take it out"), lead)


@page(Permission.OWN_THEME)
def hand_over(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Somebody else owns it."""
    row = queries.theme_to_work_on(theme_id, viewer=request.viewer)
    inside = queries.theme_events(row.pk, request.viewer)
    can = workforce.may_own(row.service_ids, inside, request.received_at)
    people = workforce.named([one for one in can if one != row.owner_id])
    form = forms.choose_person(request.POST or None, label=_("Who owns it from now on?"), people=people)
    said = _("They see it through, until we know whether it worked.")
    return _do(request, row, form, "person", _("Hand it over"), said, lambda chosen: operations.hand_over_theme(
        theme_id=row.pk, owner_id=UUID(chosen), by=request.viewer, at=request.received_at
    ))  # fmt: skip


@page(Permission.OWN_THEME)
def answer(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """It can rest."""
    row = queries.theme_to_work_on(theme_id, viewer=request.viewer)
    form = forms.Words(request.POST or None, label=_("What was learned, and why can it rest?"))
    said = _("It opens again by itself if a later answer says that the change did not work.")
    return _do(request, row, form, "why", _("Answer this theme"), said, lambda words: operations.close_theme(
        theme_id=row.pk, why=words, by=request.viewer, at=request.received_at
    ))  # fmt: skip


@page(Permission.OWN_THEME)
def again(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Open it again."""
    row = queries.theme_to_work_on(theme_id, viewer=request.viewer)
    form = forms.Words(request.POST or None, label=_("Why is it opened again?"))
    return _do(request, row, form, "why", _("Open it again"), "", lambda words: operations.reopen_theme(
        theme_id=row.pk, why=words, by=request.viewer, at=request.received_at
    ))  # fmt: skip


def _open(request: ViewerRequest, form: forms.NewTheme, begun: choices.Beginning) -> Any:
    said = form.cleaned_data
    return operations.open_theme(
        name=said["name"],
        why=said["why"],
        owner_id=UUID(said["owner"]),
        event_ids=[UUID(one) for one in said.get("events", [])],
        chart=begun.chart,
        client_key=said["key"],
        by=request.viewer,
        at=request.received_at,
    )


def _do(
    request: ViewerRequest, row: Any, form: Any, field: str, title: str, lead: str, operation: Callable[[str], Any]
) -> HttpResponse:
    """A page with one answer, and what it does."""
    if form.is_valid() and _done(form, field, lambda: operation(form.cleaned_data[field])):
        messages.success(request, _("Done"))
        return redirect(links.to_theme(row.pk))
    return _ask(request, row, form, title, title, lead)


def _done(form: Any, field: str, operation: Callable[[], Any]) -> bool:
    """Do it; what is refused is said at the field."""
    try:
        operation()
    except operations.Refused as refusal:
        form.add_error(field, _(str(refusal)))
        return False
    return True


def _ask(request: ViewerRequest, row: Any, form: Any, title: str, button: str, lead: str) -> HttpResponse:
    shown = {"theme": row, "form": form, "title": title, "button": button, "lead": lead}
    return render(request, "reviews/theme_ask.html", shown | {"back": links.to_theme(row.pk)})
