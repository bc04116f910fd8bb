"""A fresh, migrated database for a test run, and the three roles. Nothing is left running at the end.

`DATABASE_OWNER_URL` is used when given; else a private server from the distribution's programs; else from the wheel.
The private server's files are kept between runs (only stopped), and a migrated template with them: see `_template`.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from heedful.hosting import binaries, roles, shape
from heedful.hosting.cluster import SUPERUSER, Cluster, server_account

KEEPER = "heedful-test-run"
OTHER_KEEPERS = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid() LIMIT 1"


@dataclass
class TestDatabase:
    """The addresses of one test run's database; `stop()` removes it."""

    __test__ = False

    url: str
    owner_url: str
    backup_url: str
    source: str
    environ: dict[str, str] = field(repr=False)
    stop: Callable[[], None] = field(repr=False)


def start(*, migrate: bool = True) -> TestDatabase:
    """Find PostgreSQL, make the database, migrate it as the owner; set `environ` before Django is set up."""
    given = os.environ.get("DATABASE_OWNER_URL", "")
    return _on_given_server(given, migrate=migrate) if given else _on_private_server(migrate=migrate)


def _on_given_server(owner_url: str, *, migrate: bool) -> TestDatabase:
    name = f"test_heedful_{secrets.token_hex(4)}"
    urls = {role: _url_for(role, owner_url, name) for role in roles.ATTRIBUTES}
    with psycopg.connect(owner_url, autocommit=True) as connection:
        missing = _make_missing_roles(connection)
        if missing:
            raise RuntimeError(
                f"The server of DATABASE_OWNER_URL has no role {', '.join(missing)}, and its role may not make one. "
                "Make the roles once as a superuser with `heedful prepare-database`, or unset DATABASE_OWNER_URL."
            )
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    owner = make_conninfo_url(owner_url, name)
    if migrate:
        _migrate(owner)

    def stop() -> None:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            _drop(connection, name)

    return _test_database(urls[roles.APP], owner, urls[roles.BACKUP], "DATABASE_OWNER_URL", stop)


def _make_missing_roles(connection: psycopg.Connection) -> list[str]:
    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    missing = [role for role in (roles.APP, roles.BACKUP) if role not in there]
    try:
        for role in missing:
            connection.execute(sql.SQL(f"CREATE ROLE {{}} {roles.ATTRIBUTES[role]}").format(sql.Identifier(role)))
    except psycopg.errors.InsufficientPrivilege:
        return missing
    return []


def _url_for(role: str, owner_url: str, name: str) -> str:
    """The address for a role on the owner's server; passwords come from DATABASE_URL and DATABASE_BACKUP_URL."""
    variable = {roles.APP: "DATABASE_URL", roles.BACKUP: "DATABASE_BACKUP_URL"}.get(role)
    given = os.environ.get(variable, "") if variable else owner_url
    return make_conninfo_url(given, name) if given else make_conninfo_url(owner_url, name, user=role)


def make_conninfo_url(url: str, database: str, user: str | None = None) -> str:
    """The same server, another database (and, without its password, another role)."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    login = user or parts.get("user", "")
    password = "" if user else parts.get("password", "")
    query = "&".join(f"{key}={parts[key]}" for key in ("host", "port") if parts.get(key))
    return f"postgresql://{login}{':' + password if password else ''}@/{database}?{query}"


def _on_private_server(*, migrate: bool) -> TestDatabase:
    found = binaries.for_tests()
    digest = hashlib.sha256(f"{shape.PACKAGE}{found.folder}".encode()).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / f"heedful-tests-{os.getuid()}-{server_account().uid}-{digest}"
    cluster = Cluster(home, found, durable=False)
    name = f"test_heedful_{secrets.token_hex(4)}"
    admin = cluster.url(SUPERUSER, "postgres")
    with _alone(home):
        cluster.start()
        # One open connection per run says that the server is still needed.
        keeper = psycopg.connect(make_conninfo(admin, application_name=KEEPER), autocommit=True)
        roles.prepare(admin, "heedful_empty")
        template = _template(cluster) if migrate else None
        with psycopg.connect(admin, autocommit=True) as connection:
            roles.make_database(connection, name, template=template)
            roles.shut_out_others(connection, name)

    def stop() -> None:
        with _alone(home):
            _drop(keeper, name)
            others = keeper.execute(OTHER_KEEPERS, [KEEPER]).fetchone()
            keeper.close()
            if not others:
                cluster.stop()

    app, owner, backup = (cluster.url(role, name) for role in (roles.APP, roles.OWNER, roles.BACKUP))
    source = f"PostgreSQL {found.version} of {'the wheel' if found.wheel else 'the distribution'}"
    return _test_database(app, owner, backup, source, stop)


def _template(cluster: Cluster) -> str:
    """A migrated database to copy, made again whenever a file that shapes it has changed."""
    name = f"heedful_template_{shape.fingerprint()}"
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        old = [row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datistemplate")]
        if name in old:
            return name
        making = f"{name}_making"
        _drop(connection, making)
        roles.make_database(connection, making)
        _migrate(cluster.url(roles.OWNER, making))
        mark = sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE {}")
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, name))))
        connection.execute(mark.format(sql.Identifier(name), sql.Literal(True)))
        for stale in [other for other in old if other.startswith("heedful_template_")]:
            connection.execute(mark.format(sql.Identifier(stale), sql.Literal(False)))
            _drop(connection, stale)
    return name


def _migrate(owner_url: str) -> None:
    environ = os.environ | settings_for_tests() | {"DATABASE_URL": owner_url, "DATABASE_OWNER_URL": owner_url}
    done = subprocess.run(
        [sys.executable, "-m", "heedful", "--debug", "migrate"],
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"The test database could not be migrated:\n{done.stdout}{done.stderr}")


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _test_database(url: str, owner_url: str, backup_url: str, source: str, stop: Callable[[], None]) -> TestDatabase:
    addresses = {"DATABASE_URL": url, "DATABASE_OWNER_URL": owner_url, "DATABASE_BACKUP_URL": backup_url}
    data = tempfile.mkdtemp(prefix="heedful-test-data-")
    environ = settings_for_tests() | addresses | {"HEEDFUL_DATA_DIR": data}

    def stop_and_clean() -> None:
        stop()
        shutil.rmtree(data, ignore_errors=True)

    return TestDatabase(url, owner_url, backup_url, source, environ, stop_and_clean)


def settings_for_tests() -> dict[str, str]:
    """Every setting that Heedful needs to load, with keys that are good for nothing but tests."""
    return {
        "HEEDFUL_SECRET_KEY": "only-for-tests-" * 5,
        "HEEDFUL_LEDGER_KEY": "5a" * 32,
        "HEEDFUL_SEALING_KEY": "5e" * 32,
        "HEEDFUL_DATA_DIR": str(Path(tempfile.gettempdir()) / "heedful-test-nothing-is-kept"),
    }


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two test runs may start at once; one of them prepares."""
    lock = home.with_name(home.name + ".lock")
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
