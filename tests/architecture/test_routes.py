"""No route is silent about who may use it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (path, view) of the URL conf, however deep."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback


def test_every_route_declares_who_may_use_it() -> None:
    silent = [path for path, view in routes() if not hasattr(view, "heedful_access")]
    assert silent == []


def test_declared_permissions_are_real_and_somebody_holds_each() -> None:
    held = frozenset().union(*PERMISSIONS.values())
    for path, view in routes():
        declared = getattr(view, "heedful_access", ())
        if isinstance(declared, tuple):
            assert declared, path
            assert all(isinstance(permission, Permission) and permission in held for permission in declared), path


def test_every_permission_is_used_by_a_route_or_an_operation() -> None:
    """A permission that nothing asks for is a promise without a door."""
    from pathlib import Path

    import heedful

    package = Path(heedful.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*package.rglob("*.py"), *package.rglob("*.html")]
        if path.parent.name != "access"
    )
    unused = [permission for permission in Permission if f"Permission.{permission.name}" not in code]
    assert unused == []
