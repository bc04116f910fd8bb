"""Adding one file to something, and fetching one. Files are only ever downloads: nothing is shown in place."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from heedful.foundation.access.http import FILE_POLICY, ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.files import operations, queries
from heedful.foundation.files.forms import Add
from heedful.foundation.files.subjects import Holder, holder

# Whoever may see the subject; `subjects.holder` asks the subject's own room.
SEE = (Permission.SEE_EVENT, Permission.SEE_OWN_REPORTS)


@require_http_methods(["GET", "POST"])
@page(*SEE)
def add(request: ViewerRequest, subject_type: str, subject_id: UUID) -> HttpResponse:
    found = holder(request.viewer, subject_type, subject_id)
    if found is None or not found.may_add:
        return not_found(request)
    form = Add(request)
    if request.method == "POST" and form.is_valid() and _added(request, form, found, (subject_type, subject_id)):
        messages.success(request, _("We have added it, without the place and device it came from"))
        return redirect(found.url)
    return _form(request, form, found)


@require_GET
@page(*SEE)
def download(request: ViewerRequest, attachment_id: UUID) -> HttpResponse:
    found = queries.attachment(attachment_id, viewer=request.viewer)
    if found is None:
        return not_found(request)
    attachment, subject = found
    try:
        content = operations.read(attachment=attachment, by=subject.actor(request.viewer), at=request.received_at)
    except operations.Damaged:
        return _damaged(request, subject)
    response = HttpResponse(content, content_type=attachment.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _added(request: ViewerRequest, form: Add, found: Holder, subject: tuple[str, UUID]) -> bool:
    try:
        operations.add(
            subject_type=subject[0],
            subject_id=subject[1],
            client_key=form.cleaned_data["client_key"],
            checked=form.cleaned_data["file"],
            by=found.actor(request.viewer),
            at=request.received_at,
            kept=found.kept,
        )
    except operations.Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


def _form(request: ViewerRequest, form: Add, found: Holder) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "files/add.html", {"form": form, "holder": found}, status=status)


def _damaged(request: ViewerRequest, found: Holder) -> HttpResponse:
    said = {
        "title": _("This file is not here any more"),
        "text": _("We know of it, but cannot read it. Ask whoever looks after Heedful to restore the uploads."),
        "url": found.url,
        "link": _("Back to %(name)s") % {"name": found.name},
    }
    return render(request, "ui/message.html", said, status=410)
