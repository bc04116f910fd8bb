"""What people see when something goes wrong: calm words, never a stack trace."""

import logging
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)


def _error(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, "ui/error.html", {"status": status, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return _error(request, 403, form_expired=bool(reason))


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    reference = uuid.uuid4().hex[:8]
    log.error(
        "request.broken", extra={"reference": reference, "route": getattr(request.resolver_match, "view_name", "")}
    )
    return _error(request, 500, reference=reference)
