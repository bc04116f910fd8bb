"""The tenant is set here and nowhere else: for requests, jobs and commands alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

SETTING = "heedful.organisation_id"
_current: ContextVar[UUID | None] = ContextVar("heedful_organisation_id", default=None)


class TenantNotSet(RuntimeError):
    """Code touched an organisation's data outside `tenant.use`."""


@contextmanager
def use(organisation_id: UUID) -> Iterator[None]:
    """Open a transaction that sees one organisation's rows and no others.

    Row-level security reads the setting; it ends with the transaction, so a pooled connection can never carry it on.
    """
    before = _current.get()
    with transaction.atomic():
        _set(organisation_id)
        token = _current.set(organisation_id)
        try:
            yield
        finally:
            _current.reset(token)
        # Reached only without an exception: after one, the rollback restores the setting by itself.
        _set(before)


def current() -> UUID:
    """The organisation in whose name the code runs now."""
    organisation_id = _current.get()
    if organisation_id is None:
        raise TenantNotSet("No organisation is set. Wrap this in tenant.use(organisation_id).")
    return organisation_id


def _set(organisation_id: UUID | None) -> None:
    value = "" if organisation_id is None else str(organisation_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
