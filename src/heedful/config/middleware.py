"""Headers on every response, errors and static files too, and the limits of a session."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(self), geolocation=(), gyroscope=(), magnetometer=(),"
    " microphone=(self), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()",
}
SHARED_PHONE = "shared_phone"
STARTED, SEEN = "heedful_started", "heedful_seen"
# How often "seen" is written: not with every request of a busy page.
SEEN_STEP = 20


def headers(get_response: Next) -> Next:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL) or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def session_limits(get_response: Next) -> Next:
    """Sign out after the idle limit (shorter on a shared phone) and, whatever happens, after the absolute one.

    A session that never passed a second factor ends here too: no way of signing in makes one, and none may stay.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        second_factor_done = import_string(settings.HEEDFUL_SECOND_FACTOR)
        if request.user.is_authenticated:
            keep = not _over(request, int(time.time())) and second_factor_done(request)
        else:
            # An account that was switched off does not find its old session again when it is switched on.
            keep = SESSION_KEY not in request.session
        if not keep:
            logout(request)
        return get_response(request)

    return middleware


def _over(request: HttpRequest, now: int) -> bool:
    """Is this session past a limit? If not, it was seen now."""
    session = request.session
    shared = session.get(SHARED_PHONE)
    idle = settings.HEEDFUL_SHARED_PHONE_IDLE_MINUTES if shared else settings.HEEDFUL_IDLE_MINUTES
    if STARTED not in session:
        session[STARTED] = now
    seen = session.get(SEEN, now)
    if now - seen > idle * 60 or now - session[STARTED] > settings.HEEDFUL_SESSION_HOURS * 3600:
        return True
    if now - seen >= SEEN_STEP or SEEN not in session:
        session[SEEN] = now
    return False
