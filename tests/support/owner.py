"""The owner's and the backup role's addresses, for tests that play an insider or take a dump."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg

from heedful.hosting import binaries


@contextmanager
def insider(organisation_id: UUID) -> Iterator[psycopg.Connection]:
    """Somebody with the owner's rights in the database and no key: past the grants, past the triggers' good will."""
    with psycopg.connect(os.environ["TEST_DATABASE_OWNER_URL"]) as connection:
        connection.execute("SELECT set_config('heedful.organisation_id', %s, false)", [str(organisation_id)])
        yield connection


def dump() -> str:
    """Everything in the database, as the backup role reads it."""
    command = [binaries.for_tests().path("pg_dump"), "--data-only", os.environ["TEST_DATABASE_BACKUP_URL"]]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
