"""Choosing what is told to whom about a case; and, for whoever told us, what came of it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.feedback import forms, operations, presenters, queries, rules
from heedful.loop.feedback.queries import Recipient, Step
from heedful.loop.incidents import queries as incidents


@page(Permission.SEE_OWN_REPORTS)
def own(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Heard, decided, changed, result: for whoever told us."""
    event = incidents.own_event(event_id, viewer=request.viewer)
    shown = {"event": event, "steps": presenters.own(event, viewer=request.viewer)}
    return render(request, "feedback/own.html", shown)


@page(Permission.TRIAGE_EVENT)
def waiting(request: ViewerRequest) -> HttpResponse:
    """Whom the viewer should tell what was decided, the soonest due first."""
    found = queries.to_tell(request.viewer, request.received_at)
    return render(request, "feedback/waiting.html", presenters.waiting(found, viewer=request.viewer))


@page(Permission.TRIAGE_EVENT)
def case(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Everybody who could be told about one case."""
    event = queries.event_to_tell(event_id, viewer=request.viewer)
    return render(request, "feedback/case.html", presenters.case(event, viewer=request.viewer))


@page(Permission.TRIAGE_EVENT)
def reporter(request: ViewerRequest, event_id: UUID, part: str) -> HttpResponse:
    return _tell(request, event_id, part, Recipient.REPORTER)


@page(Permission.TRIAGE_EVENT)
def person(request: ViewerRequest, event_id: UUID, person_id: UUID, part: str) -> HttpResponse:
    return _tell(request, event_id, part, Recipient.PERSON, person_id=person_id)


@page(Permission.TRIAGE_EVENT)
def family(request: ViewerRequest, event_id: UUID, relation_id: UUID, part: str) -> HttpResponse:
    return _tell(request, event_id, part, Recipient.FAMILY, relation_id=relation_id)


@page(Permission.TRIAGE_EVENT)
def may_we(request: ViewerRequest, event_id: UUID, relation_id: UUID) -> HttpResponse:
    """Write down who decided whether a relation may be told."""
    event = queries.event_to_tell(event_id, viewer=request.viewer)
    member = queries.relation_in(event, relation_id)
    form = forms.Family(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data | {"allowed": form.cleaned_data["allowed"] == "yes"} | _by(request)
        if did(form, lambda: operations.decide_family(event_id=event.pk, relation_id=relation_id, **said)):
            messages.success(request, _("Written down"))
            return redirect("feedback:case", event.pk)
    shown = {"form": form, "event": event, "member": member}
    shown["before"] = queries.family_decisions(event, relation_id)
    return render(request, "feedback/may_we.html", shown, status=422 if form.errors else 200)


@page(Permission.TRIAGE_EVENT)
def police(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Write down that the police say people may be told now."""
    event = queries.event_to_tell(event_id, viewer=request.viewer)
    if not queries.police_come_first(event):
        return redirect("feedback:case", event.pk)
    form = forms.Police(request.POST or None)
    if form.is_valid() and did(
        form, lambda: operations.note_police_word(event_id=event.pk, **form.cleaned_data, **_by(request))
    ):
        messages.success(request, _("Written down. People can be told now"))
        return redirect("feedback:case", event.pk)
    return render(request, "feedback/police.html", {"form": form, "event": event}, status=422 if form.errors else 200)


def _tell(request: ViewerRequest, event_id: UUID, part: str, recipient: Recipient, **ids: UUID) -> HttpResponse:
    """Choose sentences; look at the words as they will be read, and change them; tell."""
    event = queries.event_to_tell(event_id, viewer=request.viewer)
    if part not in set(Step):
        raise Http404
    standing = queries.standing(event, recipient, viewer=request.viewer, **ids)
    whom = {"person_id": ids.get("person_id"), "relation_id": ids.get("relation_id")}
    shown: dict[str, Any] = {"event": event, "step": presenters.step_words()[Step(part)], "recipient": recipient}
    shown |= {"who": presenters.who(event, recipient, **whom), "closed": rules.refusal(standing)}
    if shown["closed"]:
        return render(request, "feedback/closed.html", shown, status=422 if request.method == "POST" else 200)
    if "words" in request.POST:
        return _say(request, shown, Step(part), whom)
    return _choose(request, shown, Step(part), standing)


def _choose(request: ViewerRequest, shown: dict[str, Any], step: Step, standing: rules.Standing) -> HttpResponse:
    found = presenters.checked(queries.drafted(shown["event"], step, viewer=request.viewer), standing)
    clean = [one for one, problems in found.items() if not problems]
    form = forms.Choose(request.POST or None, drafted=list(found), clean=clean)
    shown["held_back"] = [(one, problems) for one, problems in found.items() if problems]
    if request.method != "POST" or not form.is_valid():
        return render(request, "feedback/choose.html", shown | {"form": form}, status=422 if form.errors else 200)
    words = form.words()
    problems = rules.in_the_way(words, standing.known) or ([] if words else [_nothing()])
    if problems:
        form.refuse("own" if form.cleaned_data["own"] or not words else "chosen", " ".join(_(one) for one in problems))
        return render(request, "feedback/choose.html", shown | {"form": form}, status=422)
    is_read_here = shown["recipient"] is Recipient.REPORTER
    tell = forms.Tell(initial={"words": words, "client_key": uuid4()}, is_read_here=is_read_here)
    return render(request, "feedback/tell.html", shown | {"form": tell})


def _say(request: ViewerRequest, shown: dict[str, Any], step: Step, whom: dict[str, Any]) -> HttpResponse:
    event, recipient = shown["event"], shown["recipient"]
    form = forms.Tell(request.POST, is_read_here=recipient is Recipient.REPORTER)
    if form.is_valid() and did(
        form,
        lambda: operations.tell(
            event_id=event.pk, recipient=recipient, step=step, **whom, **form.cleaned_data, **_by(request)
        ),
    ):
        messages.success(request, _("Told. It stays as you wrote it"))
        return redirect("feedback:case", event.pk)
    return render(request, "feedback/tell.html", shown | {"form": form}, status=422)


def _nothing() -> str:
    return _("Choose at least one sentence, or write your own.")


def _by(request: ViewerRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": request.received_at}
