"""Giving exactly chosen parts of one case to a body outside, after seeing them as they will be given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dateformat
from django.utils.translation import gettext as _

from heedful.foundation.access.decisions import may
from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.exits import operations as exits
from heedful.foundation.policies import taxonomy
from heedful.foundation.ui.filters import local
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import reference_for
from heedful.oversight.casefile import forms, parts_of_case


@page(Permission.DISCLOSE)
def disclose(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Choose, look at what would be given, then give it: a page to print or a text file, and a line in the register."""
    event = incidents.event(event_id, viewer=request.viewer)
    if not may(request.viewer, Permission.DISCLOSE, incidents.subject_of(event)):
        return not_found(request)
    known = parts_of_case.parts(event)
    form = forms.Disclose(request.POST or None, parts=[(part.slug, part.label) for part in known])
    context = {"form": form, "event": event}
    if not form.is_valid():
        return render(request, "casefile/disclose.html", context)
    chosen = [part for part in known if part.slug in form.cleaned_data["parts"]]
    lines = _heading(request, form.cleaned_data, event.service.time_zone)
    text = parts_of_case.document(event, chosen, lines=lines)
    context |= {"lines": lines, "parts": chosen, "code": reference_for(event.number)}
    step = request.POST.get("step", "")
    if step not in ("file", "page"):
        return render(request, "casefile/disclose_preview.html", context | {"sent": _sent(request)})
    row = _registered(request, event, form.cleaned_data, text)
    if step == "file":
        name = f"case-{reference_for(event.number).replace(' ', '-')}.txt"
        return exits.as_file(text.encode("utf-8-sig"), name, "text/plain; charset=utf-8")
    messages.success(request, _("It is written down in the register of what left. Now print this page."))
    may_see = request.viewer.holds(Permission.SEE_EXITS)
    return render(request, "casefile/disclosed.html", context | {"row": row, "may_see_register": may_see})


def _registered(request: ViewerRequest, event: incidents.Event, said: dict, text: str) -> Any:  # type: ignore[type-arg]
    return exits.disclose(
        subject_type="event",
        subject_id=event.pk,
        to=exits.Recipient(said["body"], said["body_name"]),
        basis=said["basis"],
        fields=said["parts"],
        purpose=said["purpose"],
        reference=said["reference"],
        document=text.encode(),
        by=request.viewer,
        at=request.received_at,
    )


def _heading(request: ViewerRequest, said: dict, zone: str) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    """What stands over the parts: who gives what to whom, when and on what basis."""
    basis = taxonomy("lawful_bases").term(said["basis"])
    articles = ", ".join(dict(basis.codes).values())
    rows = [
        (_("From"), f"{request.viewer.organisation_name}, {request.viewer.name}"),
        (_("To"), said["body_name"]),
        (_("Their number"), said["reference"]),
        (_("On"), dateformat.format(local(request.received_at, zone), "j F Y, H:i")),
        (_("Why we may give this out"), f"{_(basis.label)} (UK GDPR {articles})" if articles else _(basis.label)),
        (_("What for"), said["purpose"]),
    ]
    return [(label, value) for label, value in rows if value]


def _sent(request: ViewerRequest) -> list[tuple[str, str]]:
    """The answers again, for the button under the preview."""
    names = ("body", "body_name", "basis", "purpose", "reference", "parts")
    return [(name, value) for name in names for value in request.POST.getlist(name)]
