"""The pages on which a manager brings in a spreadsheet: send it, answer, look, bring in, take back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heedful.foundation.access.http import ViewerRequest, did, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Refused
from heedful.foundation.exits import operations as exits
from heedful.intake import forms, presenters, queries, uploads


def _for_all_services(request: ViewerRequest) -> bool:
    """A file may speak of any service, so whoever brings it in answers for all of them."""
    return request.viewer.everywhere(Permission.IMPORT_RECORDS)


@page(Permission.IMPORT_RECORDS)
def listed(request: ViewerRequest) -> HttpResponse:
    """The newest first, and where each stands."""
    may = _for_all_services(request)
    context = {"files": presenters.lines(queries.uploads() if may else []), "may": may}
    return render(request, "intake/list.html", context)


@page(Permission.IMPORT_RECORDS)
def send(request: ViewerRequest) -> HttpResponse:
    if not _for_all_services(request):
        return redirect("intake:list")
    form = forms.Send(request)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        said = {"content": file.read(), "file_name": file.name or "", "client_key": form.cleaned_data["client_key"]}
        made = did(form, lambda: uploads.send(**said, by=request.viewer, at=request.received_at))
        if made:
            return redirect("intake:show", made.pk)
    return render(request, "intake/send.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.IMPORT_RECORDS)
def show(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    """Where the file stands, what only its owner can say, and what will come in."""
    row = _row(request, upload_id)
    if row is None:
        return not_found(request)
    questions = presenters.open_questions(row)
    form = forms.Answers(request.POST or None, questions=questions) if questions else None
    if form is not None and form.is_valid():
        said: dict[str, Any] = {"upload_id": row.pk, "answers": form.answers()}
        if did(form, lambda: uploads.answer(**said, by=request.viewer, at=request.received_at)):
            return redirect("intake:show", row.pk)
    context = presenters.shown(row) | {"form": form}
    return render(request, "intake/show.html", context, status=422 if form is not None and form.errors else 200)


@require_GET
@page(Permission.IMPORT_RECORDS)
def rows(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    """The rows that stay behind, with the reason of each."""
    row = _row(request, upload_id)
    if row is None or not row.found:
        return not_found(request)
    may_download = request.viewer.holds(Permission.DOWNLOAD)
    context = presenters.left(row, after=request.GET.get("after", "")) | {"may_download": may_download}
    return render(request, "intake/rows.html", context)


@require_POST
@page(Permission.DOWNLOAD)
def rows_file(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    """The same as a file, to correct and send in again."""
    if not request.viewer.holds(Permission.IMPORT_RECORDS):
        raise PermissionDenied
    row = _row(request, upload_id)
    if row is None or not row.found:
        return not_found(request)
    body, count = presenters.left_as_csv(row)
    return exits.download(
        what="imports.rows", body=body, filename="rows-left-out.csv", media_type="text/csv; charset=utf-8",
        by=request.viewer, at=request.received_at, rows=count, subject_id=row.pk,
    )  # fmt: skip


@require_POST
@page(Permission.IMPORT_RECORDS)
def bring_in(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    return _go_on(request, upload_id, uploads.bring_in)


@require_POST
@page(Permission.IMPORT_RECORDS)
def take_back(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    return _go_on(request, upload_id, uploads.take_back)


@require_POST
@page(Permission.IMPORT_RECORDS)
def throw_away(request: ViewerRequest, upload_id: UUID) -> HttpResponse:
    return _go_on(request, upload_id, uploads.throw_away, _("Thrown away. Nothing of this file is kept here"))


def _row(request: ViewerRequest, upload_id: UUID) -> Any:
    return queries.upload(upload_id) if _for_all_services(request) else None


def _go_on(request: ViewerRequest, upload_id: UUID, verb: Callable[..., Any], said: str = "") -> HttpResponse:
    if _row(request, upload_id) is None:
        return not_found(request)
    try:
        verb(upload_id=upload_id, by=request.viewer, at=request.received_at)
        if said:
            messages.success(request, said)
    except Refused as refusal:
        messages.error(request, " ".join(_(problem.text) for problem in refusal.problems))
    return redirect("intake:show", upload_id)
