"""Somebody's own notices; and, for administrators, what did not arrive."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.notices import mail, operations, queries

MOST_WAITING = 100
MOST_READ = 30


@require_GET
@page(Permission.SEE_TODAY)
def mine(request: ViewerRequest) -> HttpResponse:
    notices = queries.mine(request.viewer)
    shown = {
        "waiting": notices.filter(read_at__isnull=True)[:MOST_WAITING],
        "read": notices.filter(read_at__isnull=False)[:MOST_READ],
        "words": _words(),
        "count": queries.unread(request.viewer),
    }
    return render(request, "notices/mine.html", shown)


@require_POST
@page(Permission.SEE_TODAY)
def follow(request: ViewerRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = queries.mine(request.viewer).filter(pk=notice_id).first()
    if notice is None:
        return not_found(request)
    operations.mark_read(by=request.viewer, at=request.received_at, notice_id=notice.pk)
    return redirect(notice.link)


@require_POST
@page(Permission.SEE_TODAY)
def read_all(request: ViewerRequest) -> HttpResponse:
    operations.mark_read(by=request.viewer, at=request.received_at)
    return redirect("notices:mine")


@require_GET
@page(Permission.ADMINISTER)
def undelivered(request: ViewerRequest) -> HttpResponse:
    now = request.received_at
    rows = queries.undelivered(now)
    unreached = queries.unreached(now - timedelta(days=30))
    shown = {
        "rows": rows,
        "given_up": any(row.given_up for row in rows),
        "names": queries.names(row.account_id for row in rows),
        "troubles": mail.TROUBLES,
        "set_up": mail.set_up(),
        "unreached": unreached,
        "services": queries.service_names(),
    }
    return render(request, "notices/undelivered.html", shown)


@require_POST
@page(Permission.ADMINISTER)
def again(request: ViewerRequest) -> HttpResponse:
    count = operations.try_again(by=request.viewer, at=request.received_at)
    words = ngettext("We send %(count)d alert again now", "We send %(count)d alerts again now", count)
    messages.info(request, words % {"count": count} if count else _("There is nothing to send again"))
    return redirect("notices:undelivered")


def _words() -> dict[str, str]:
    """What the rooms above say for each kind; a kind without words still says that something waits."""
    return defaultdict(lambda: _("Something needs you"), import_string(settings.HEEDFUL_NOTICE_WORDS))
