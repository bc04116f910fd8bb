"""Every test runs against a real PostgreSQL, as the app role, on committed data."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

from heedful.hosting import testdb


def pytest_configure(config: pytest.Config) -> None:
    """The database comes before Django's settings, which read its address."""
    if not hasattr(config, "workerinput"):
        # For a test that needs a database of its own on the same server; see support/own_database.py.
        os.environ["TEST_GIVEN_OWNER_URL"] = os.environ.get("DATABASE_OWNER_URL", "")
        database = testdb.start()
        config.add_cleanup(database.stop)
        Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        os.environ.update(database.environ)
        os.environ["TEST_DATABASE_OWNER_URL"] = database.owner_url
        os.environ["TEST_DATABASE_BACKUP_URL"] = database.backup_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "heedful.config.settings"
    django.setup()
    # Slow hashes are right in production and would be most of a test's time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def committed_data(django_db_blocker) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """No test transaction: what a test writes is committed, as in real life. Each test makes its own organisation."""
    with django_db_blocker.unblock():
        yield
