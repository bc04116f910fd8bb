"""Telling us what happened: own words first, then short questions, check, send. Works without JavaScript."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.refusals import KeyReused, ReportRefused
from heedful.loop.reporting import journey, operations, queries
from heedful.loop.reporting.assembling import assemble
from heedful.loop.reporting.drafting import Journey, typed
from heedful.loop.reporting.presenters import checking
from heedful.loop.reporting.unsent import kept_until

LINES_MORE = 3


@page(Permission.RECORD_EVENT)
def start(request: ViewerRequest) -> HttpResponse:
    """The first page: one big box. A key is made with it, so that pressing twice is one report."""
    if request.method == "POST":
        return _answered(request, _key(request), journey.WORDS)
    on_way = Journey.begin(request.viewer, request.received_at)
    begun = {"drafts": queries.my_drafts(request.viewer), "kept_until": kept_until}
    return _show(request, on_way, journey.WORDS, on_way.form(journey.WORDS), **begun)


@page(Permission.RECORD_EVENT)
def question(request: ViewerRequest, key: UUID, page_name: str) -> HttpResponse:
    """One page of questions."""
    if page_name not in journey.PAGES:
        raise Http404
    if request.method == "POST":
        return _answered(request, key, page_name)
    on_way = _on_way(request.viewer, key, request.received_at)
    if on_way is None:
        return _gone(request, key)
    before = on_way.answers if page_name == journey.WORDS else on_way.answers.get(journey.ABOUT) or page_name == "about"
    if not before:
        return redirect("reporting:page", key, journey.ABOUT)
    return _show(request, on_way, page_name, on_way.form(page_name))


@page(Permission.RECORD_EVENT)
def check(request: ViewerRequest, key: UUID) -> HttpResponse:
    """All answers, each with Change, and Send. A short report is asked for the name here."""
    on_way = _on_way(request.viewer, key, request.received_at)
    if on_way is None:
        return _gone(request, key)
    open_page = on_way.invalid()
    if open_page:
        return redirect("reporting:page", key, open_page)
    name = _name_form(request, on_way)
    if request.method == "POST" and (name is None or name.is_valid()):
        said = (name or on_way.form(journey.NAME)).data["confidential"]
        return _send(request, on_way, name, confidential=said == "confidential")
    return _show_check(request, on_way, name)


@page(Permission.RECORD_EVENT)
def discard(request: ViewerRequest, key: UUID) -> HttpResponse:
    """Throw an unsent report away; asked first."""
    if request.method == "POST":
        operations.discard_draft(client_key=key, by=request.viewer, at=request.received_at)
        return redirect("reporting:report")
    draft = queries.draft(key, viewer=request.viewer)
    if draft is None:
        raise Http404
    return render(request, "reporting/discard.html", {"draft": draft})


def _answered(request: ViewerRequest, key: UUID, page_name: str) -> HttpResponse:
    """Keep what was typed, whatever it is; go on if it is right."""
    held = _on_way(request.viewer, key, request.received_at)
    if held is None and (page_name != journey.WORDS or incidents.sent_with(key, viewer=request.viewer)):
        return _gone(request, key)
    on_way = held or Journey(key, request.viewer, request.received_at, {})
    form = on_way.form(page_name, request.POST)
    raw = typed(request.POST, request.received_at, on_way.version.reference)
    if raw:
        draft = operations.save_draft(
            client_key=key, answers={page_name: raw}, by=request.viewer, at=request.received_at
        )
        on_way = Journey(key, request.viewer, request.received_at, draft.answers)
    if "more" in request.POST:
        return _show(request, on_way, page_name, _with_more_lines(on_way, request.POST))
    if not form.is_valid():
        return _show(request, on_way, page_name, form)
    return _onwards(on_way, page_name, changing="change" in request.POST)


def _onwards(on_way: Journey, page_name: str, *, changing: bool) -> HttpResponse:
    after = (on_way.invalid() or journey.CHECK) if changing else journey.place_of(page_name, on_way.pages).after
    if after == journey.CHECK:
        return redirect("reporting:check", on_way.client_key)
    return redirect("reporting:page", on_way.client_key, after)


def _with_more_lines(on_way: Journey, data: QueryDict) -> Any:
    more = data.copy()
    lines = more.get("lines", "0")
    more["lines"] = str((int(lines) if lines.isdigit() else 0) + LINES_MORE)
    form = on_way.form(journey.WHO, more)
    # Asking for lines is no mistake: nothing is marked as wrong yet.
    form._errors = {}
    return form


def _send(request: ViewerRequest, on_way: Journey, name: Any, *, confidential: bool) -> HttpResponse:
    try:
        report = assemble(on_way, confidential=confidential)
        recorded = operations.send(report=report, by=request.viewer, at=request.received_at)
    except ReportRefused as refusal:
        return _show_check(request, on_way, name, problems=[_(one.text) for one in refusal.problems])
    except KeyReused:
        return _gone(request, on_way.client_key)
    return redirect("reporting:receipt", recorded.event.pk)


def _name_form(request: HttpRequest, on_way: Journey) -> Any:
    """Only a short report is asked for the name on the page where it is sent."""
    if not on_way.short:
        return None
    return on_way.form(journey.NAME, request.POST if request.method == "POST" else None)


def _show_check(request: ViewerRequest, on_way: Journey, name: Any, problems: list[str] | None = None) -> HttpResponse:
    shown = {
        "rows": checking.rows(on_way),
        "form": name,
        "problems": problems or [],
        "name_said": None if name else on_way.form(journey.NAME).data["confidential"],
        "journey": on_way,
        "before": on_way.pages[-1],
    }
    return render(request, "reporting/check.html", shown)


def _show(request: ViewerRequest, on_way: Journey, page_name: str, form: Any, **more: Any) -> HttpResponse:
    shown = {
        "form": form,
        "journey": on_way,
        "place": journey.place_of(page_name, on_way.pages),
        "page_name": page_name,
        "changing": "change" in request.GET or "change" in request.POST,
        "service": on_way.service,
        **_offered(on_way, page_name, request.received_at),
        **more,
    }
    return render(request, f"reporting/{page_name}.html", shown)


def _offered(on_way: Journey, page_name: str, at: datetime) -> dict[str, Any]:
    """Names that the browser offers while somebody types."""
    if page_name != journey.WHO or on_way.service is None:
        return {}
    people = [one.name for one in workplace.people_of(on_way.service.pk, at.date())]
    staff = [one.name for one in workplace.staff_of(on_way.service.pk, at.date())]
    return {"people_here": people, "everyone_here": [*staff, *people]}


def _on_way(viewer: Viewer, key: UUID, at: datetime) -> Journey | None:
    draft = queries.draft(key, viewer=viewer)
    return Journey(key, viewer, at, draft.answers) if draft else None


def _gone(request: ViewerRequest, key: UUID) -> HttpResponse:
    """No such draft: it was sent already, or thrown away."""
    sent = incidents.sent_with(key, viewer=request.viewer)
    return redirect("reporting:receipt", sent.pk) if sent else redirect("reporting:report")


def _key(request: ViewerRequest) -> UUID:
    """The key that came with the page; a new one when somebody took it away."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return Journey.begin(request.viewer, request.received_at).client_key
