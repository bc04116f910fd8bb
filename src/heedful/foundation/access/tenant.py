"""The tenant is set here and nowhere else: for requests, jobs and commands alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

SETTING = "heedful.organisation_id"
# How often a piece of work is begun that the database stops because another one waits for it.
TRIES = 3
T = TypeVar("T")
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


def run(organisation_id: UUID, work: Callable[[], T], *, before_again: Callable[[], None] = lambda: None) -> T:
    """A whole piece of work in `use`. Of two that wait for each other the database stops one, which begins again."""
    for left in range(TRIES - 1, -1, -1):
        try:
            with use(organisation_id):
                return work()
        except OperationalError as stopped:
            if not left or not isinstance(stopped.__cause__, DeadlockDetected):
                raise
            before_again()
    raise AssertionError("The last try gives something back, or raises.")


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
