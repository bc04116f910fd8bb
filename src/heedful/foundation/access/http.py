"""Every route says what it needs: `@page(Permission.X)` or `@public`. A test walks the URL conf."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from heedful.foundation.access import tenant
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Refused
from heedful.foundation.access.viewer import Viewer

View = Callable[..., HttpResponse]
# For a file that goes out as it is: should a browser show it after all, it may do nothing.
FILE_POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class ViewerRequest(HttpRequest):
    """A request after `page` has let it in."""

    viewer: Viewer
    received_at: datetime


def public(view: View) -> View:
    """A page for anyone, which shows nothing of any organisation."""
    view.heedful_access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A page about the account itself (choose an organisation, sign out); it opens no tenant."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _second_factor_done(request):
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    inner.heedful_access = "signed_in"  # type: ignore[attr-defined]
    return inner


def page(*needed: Permission) -> Callable[[View], View]:
    """A page for viewers who hold any of these permissions, run inside their organisation's transaction."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _second_factor_done(request):
                return _to_sign_in(request)
            viewer = _viewer(request)
            if viewer is None:
                return redirect("people:choose_organisation")
            ready = cast(ViewerRequest, request)
            ready.viewer, ready.received_at = viewer, timezone.now()
            if not any(viewer.holds(permission) for permission in needed):
                with tenant.use(viewer.organisation_id):
                    return refused(request)
            return tenant.run(
                viewer.organisation_id, lambda: view(ready, *args, **kwargs), before_again=lambda: _rewind(request)
            )

        inner.heedful_access = needed  # type: ignore[attr-defined]
        return inner

    return decorate


def _rewind(request: HttpRequest) -> None:
    """What was sent is read from its beginning again."""
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)


def not_found(request: HttpRequest) -> HttpResponse:
    """The same page, byte for byte, for what is absent and for what is not theirs."""
    return render(request, "ui/error.html", {"status": 404}, status=404)


def refused(request: HttpRequest) -> HttpResponse:
    """The role never does this. Said plainly: it tells nothing about any case."""
    return render(request, "ui/error.html", {"status": 403}, status=403)


def _second_factor_done(request: HttpRequest) -> bool:
    account = request.user
    return account.is_authenticated and import_string(settings.HEEDFUL_SECOND_FACTOR)(request)


def _viewer(request: HttpRequest) -> Viewer | None:
    loader = import_string(settings.HEEDFUL_VIEWER_LOADER)
    return cast(Viewer | None, loader(request, timezone.now()))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    target = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': target})}")


class Says(Protocol):
    """A form that can say what was refused."""

    def refuse(self, field: str, message: str) -> None: ...


def did(form: Says, operation: Callable[[], Any]) -> Any:
    """Do it and give what it made, or True; None when it was refused, which is said at the field where it was typed."""
    try:
        made = operation()
    except Refused as refusal:
        for problem in refusal.problems:
            form.refuse(problem.field, _(problem.text))
        return None
    return True if made is None else made
