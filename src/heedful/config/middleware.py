"""Headers on every response, errors too, and the two limits of a session."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "accelerometer=(), camera=(self), geolocation=(), gyroscope=(), magnetometer=(),"
    " microphone=(self), payment=(), usb=()",
}
SHARED_PHONE = "shared_phone"
STARTED, SEEN = "heedful_started", "heedful_seen"


def headers(get_response: Next) -> Next:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def session_limits(get_response: Next) -> Next:
    """Sign out after the idle limit (shorter on a shared phone) and, whatever happens, after the absolute one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            idle = (
                settings.HEEDFUL_SHARED_PHONE_IDLE_MINUTES
                if session.get(SHARED_PHONE)
                else settings.HEEDFUL_IDLE_MINUTES
            )
            started, seen = session.setdefault(STARTED, now), session.get(SEEN, now)
            if now - seen > idle * 60 or now - started > settings.HEEDFUL_SESSION_HOURS * 3600:
                logout(request)
            elif now - seen > 20 or SEEN not in session:
                session[SEEN] = now
        return get_response(request)

    return middleware
