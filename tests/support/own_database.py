"""A database for one test alone, on the server of this run: for what looks at all organisations, as a worker does."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from heedful.config import env
from heedful.hosting import testdb


@contextmanager
def own_database() -> Iterator[Mapping[str, str]]:
    """Within the block this process works on the new database; the settings are for processes that it starts."""
    before = dict(settings.DATABASES["default"])
    shared = {name: os.environ[name] for name in ("DATABASE_OWNER_URL", "DATABASE_URL", "DATABASE_BACKUP_URL")}
    os.environ["DATABASE_OWNER_URL"] = os.environ["TEST_GIVEN_OWNER_URL"]
    try:
        database = testdb.start()
    finally:
        os.environ.update(shared)
    _go_to(env.django_database(database.url))
    try:
        yield database.environ
    finally:
        _go_to(before)
        database.stop()


def _go_to(address: Mapping[str, object]) -> None:
    # Every thread's connection reads this very dictionary when it connects.
    connections.close_all()
    settings.DATABASES["default"].update(address)
