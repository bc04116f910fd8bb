"""What else can be done with a case: pass it on, ask its reporter, link it to another report, open it again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.filters import clock, long_day
from heedful.loop.duties import forms, reading
from heedful.loop.duties import operations as decisions
from heedful.loop.duties.forms.moving import OTHER
from heedful.loop.duties.views.opening import event_for
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.rules import event_number

NEAR = timedelta(days=2)


@page(Permission.TRIAGE_EVENT)
def pass_on(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Hand the case to the next person."""
    words = (_("Pass this on"), _("The next person who is free to decide gets it, with a new limit."), _("Pass it on"))
    done = _("It is passed on. The next person has been told")
    return _ask(
        request, event_id, forms.PassOn, words, done, lambda **said: operations.pass_on(why=said.pop("words"), **said)
    )


@page(Permission.CORRECT_EVENT)
def send_back(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Ask the person who told us."""
    words = (_("Ask the person who told us"), _("They get a notice. You still decide; nothing waits."), _("Ask"))
    return _ask(request, event_id, forms.SendBack, words, _("Your question is on its way"), operations.send_back)


@page(Permission.TRIAGE_EVENT)
def reopen(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Open an answered or linked case again."""
    words = (_("Open this again"), _("Somebody then has to decide anew."), _("Open it again"))
    done = _("It is open again, and waits for a decision")
    return _ask(
        request, event_id, forms.Reopen, words, done, lambda **said: operations.reopen(why=said.pop("words"), **said)
    )


@page(Permission.TRIAGE_EVENT)
def answer(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Say what came of it. None is answered without a reflection."""
    words = (_("Answer this case"), _("All is done, and somebody has looked into it."), _("Answer it"))
    done = _("It is answered. It stays readable, and can be opened again")
    return _ask(request, event_id, forms.Answer, words, done, decisions.answer)


@page(Permission.CORRECT_EVENT)
def duplicate(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Link this report to another one of the same thing."""
    event = event_for(request, event_id)
    likely = _likely(event, request.viewer)
    form = forms.Duplicate(request.POST or None, likely=[(str(one.pk), _line(one)) for one in likely])
    if form.is_valid():
        other = _chosen(form, request.viewer)
        if other is None:
            form.add_error("code", _("There is no report with this code that you can see. Check it"))
        elif _done(
            form,
            "same",
            lambda: operations.link_duplicate(
                event_id=event.pk, other_id=other, by=request.viewer, at=request.received_at
            ),
        ):
            messages.success(request, _("Both reports are kept together. The other one goes on"))
            return redirect("duties:inbox")
    return render(request, "duties/duplicate.html", {"form": form, "event": event})


def _ask(
    request: ViewerRequest,
    event_id: UUID,
    kind: type[Any],
    words: tuple[str, str, str],
    done: str,
    operation: Callable[..., Any],
) -> HttpResponse:
    """A page with one box."""
    event = event_for(request, event_id)
    form = kind(request.POST or None)
    if form.is_valid():
        said = {
            "event_id": event.pk,
            "words": form.cleaned_data["words"],
            "by": request.viewer,
            "at": request.received_at,
        }
        if _done(form, "words", lambda: operation(**said)):
            messages.success(request, done)
            return redirect("duties:inbox")
    title, lead, button = words
    shown = {"form": form, "event": event, "title": title, "lead": lead, "button": button}
    return render(request, "duties/say.html", shown)


def _done(form: Any, field: str, operation: Callable[[], Any]) -> bool:
    """Do it; what is refused is said at the field."""
    try:
        operation()
    except (operations.Refused, operations.MoveRefusedError) as refusal:
        form.add_error(field, _(str(refusal)))
        return False
    return True


def _likely(event: Any, viewer: Viewer) -> list[Any]:
    """Reports from the same service at about the same time, and earlier ones about the same person."""
    near = queries.visible_to(viewer).filter(
        service_id=event.service_id,
        occurred_from__lte=event.occurred_to + NEAR,
        occurred_to__gte=event.occurred_from - NEAR,
        source="live",
    )
    found = list(near.exclude(pk=event.pk).exclude(status="duplicate").order_by("-occurred_from", "-id")[:6])
    seen = {one.pk for one in found}
    before = reading.seen_before(event, viewer=viewer, days=NEAR.days * 7)
    return found + [one.event for one in before if one.same_person and one.event.pk not in seen][:4]


def _line(event: Any) -> str:
    zone = event.service.time_zone
    return f"{event.title} ({long_day(event.occurred_from, zone)}, {clock(event.occurred_from, zone)})"


def _chosen(form: forms.Duplicate, viewer: Viewer) -> UUID | None:
    said = form.cleaned_data
    if said["same"] != OTHER:
        return UUID(said["same"])
    number = event_number(said["code"])
    return queries.visible_to(viewer).filter(number=number).values_list("pk", flat=True).first() if number else None
