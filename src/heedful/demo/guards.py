"""Where the start page may be shown: a demonstration, marked as one, looked at from this very machine."""

from ipaddress import ip_address

from django.conf import settings
from django.db import Error
from django.http import HttpRequest

from heedful.foundation.access.models import Installation

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
# Somebody who is elsewhere came through something that forwards; it may call itself 127.0.0.1.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


def shown_here(request: HttpRequest) -> bool:
    """All of it, or the page does not exist."""
    return bool(settings.HEEDFUL_DEMO) and _from_here(request) and _marked()


def _from_here(request: HttpRequest) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return host.strip("[]") in HERE and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _marked() -> bool:
    """Said by the load itself, at its very end."""
    try:
        return Installation.objects.filter(pk=1, demo=True).exists()
    except Error:
        return False
