"""`heedful doctor`: what is not right with this installation, and how to mend it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg
from django.utils.module_loading import import_string

from heedful.config import env
from heedful.foundation.notices import commands
from heedful.hosting import backups, embedded, health, postgres_tools, restores, roles

# The first minor releases of each version with the row-level security fixes that Heedful relies on.
SAFE_FROM = {15: 14, 16: 10, 17: 6, 18: 0}
LOW_DISK = 0.1


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_right: bool
    said: str


def run(say: Callable[[str], object], *, send_test_to: str = "") -> bool:
    """Look at everything, say what was found; True when all is right."""
    findings = list(_findings(send_test_to))
    for finding in findings:
        say(f"{'ok ' if finding.is_right else 'NOT'}  {finding.name}: {finding.said}")
    return all(finding.is_right for finding in findings)


def new_keys() -> str:
    """New secrets, as lines for an environment file."""
    return "\n".join(f"{name}={value}" for name, value in embedded.new_keys().items())


def _findings(send_test_to: str) -> Iterator[Finding]:
    try:
        settings = env.load()
    except env.SettingsError as error:
        yield Finding("settings", False, str(error))
        return
    yield Finding("settings", True, f"{len(settings.shown())} in force")
    yield _folder(settings.data_dir)
    database = list(_database(settings))
    yield from database
    if all(finding.is_right for finding in database):
        yield from _application()
    yield _backup(settings)
    yield _encryption(settings)
    yield _copies(settings.data_dir)
    yield _mail(settings, send_test_to)


def _folder(folder: Path) -> Finding:
    name = "data folder"
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding(name, False, f"{folder} is not there or may not be written; make it, owned by this user.")
    if folder.stat().st_mode & 0o007:
        return Finding(name, False, f"everybody on this machine may enter {folder}: chmod 700 {folder}")
    usage = shutil.disk_usage(folder)
    if usage.free < usage.total * LOW_DISK:
        return Finding(name, False, f"only {usage.free / 1e9:.1f} GB are free at {folder}: make room.")
    return Finding(name, True, f"{folder}, {usage.free / 1e9:.1f} GB free")


def _database(settings: env.Settings) -> Iterator[Finding]:
    try:
        with psycopg.connect(settings.database_url, connect_timeout=10) as connection:
            yield _version(connection)
            yield _role(connection)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        yield Finding("database", False, f"{said}. Check DATABASE_URL and that PostgreSQL runs.")


def _version(connection: psycopg.Connection) -> Finding:
    number = connection.info.server_version
    major, minor = postgres_tools.server_version(connection), number % 10_000
    safe = SAFE_FROM.get(major, 0)
    if major < min(SAFE_FROM) or minor < safe:
        return Finding("PostgreSQL", False, f"{major}.{minor} has known faults: upgrade it to {major}.{safe} or newer.")
    return Finding("PostgreSQL", True, f"{major}.{minor}")


def _role(connection: psycopg.Connection) -> Finding:
    """The role that serves must not be able to see past row-level security, nor own a table."""
    row = connection.execute(
        "SELECT rolname, rolsuper OR rolbypassrls, "
        "(SELECT count(*) FROM pg_tables WHERE tableowner = rolname AND schemaname = 'public') "
        "FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    name, mighty, owned = row if row else ("?", True, 0)
    if mighty or owned:
        said = f"{name} sees past row-level security or owns tables: DATABASE_URL must be the address of {roles.APP}."
        return Finding("database role", False, said)
    return Finding("database role", True, f"{name} is held by row-level security and owns no table")


def _application() -> Iterator[Finding]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heedful.config.settings")
    django.setup()
    found = health.health()
    yield _sealing()
    said = "up to date" if found["migrated"] else "older than this version: run `heedful migrate`"
    yield Finding("tables", found["migrated"], said)
    alive = found.get("worker", False)
    yield Finding("worker", alive, "alive" if alive else "no sign of life: start `heedful worker`")
    waited = found.get("oldest_job_seconds", 0)
    yield Finding("jobs", found.get("jobs_in_time", False), f"the oldest one has waited {waited} s")


def _sealing() -> Finding:
    shut = import_string("heedful.foundation.people.factors.sealed_with_another_key")()
    if shut:
        said = f"{shut} apps or cards were sealed with another key: put that one after the one in force, with a comma"
        return Finding("sealing key", False, said)
    return Finding("sealing key", True, "opens every app and card")


def _backup(settings: env.Settings) -> Finding:
    status = backups.status(settings.data_dir)
    if status.last_backup_at is None:
        return Finding("backup", False, "none yet: run `heedful backup` every day")
    last = f"last one {status.last_backup_at:%Y-%m-%d %H:%M}"
    if not status.is_proven:
        key = " --identity KEYFILE" if status.is_encrypted else ""
        never = "never restored with a key that fits it" if status.is_encrypted else "never restored"
        return Finding("backup", False, f"{last}, {never}, so not proven: run `heedful restore --drill{key} FILE`")
    if not status.is_backed_up(datetime.now(UTC)):
        return Finding("backup", False, f"{last}, which is old: run `heedful backup` every day")
    return Finding("backup", True, f"{last}, restored {status.last_restore_at:%Y-%m-%d}")


def _encryption(settings: env.Settings) -> Finding:
    name = "backup encryption"
    if not settings.backup_recipients:
        said = "backups are not encrypted: make a key with `heedful backup-key`, and set HEEDFUL_BACKUP_RECIPIENTS"
        return Finding(name, settings.demo, said)
    status = backups.status(settings.data_dir)
    if status.last_backup_at and status.recipients != set(settings.backup_recipients):
        return Finding(name, False, "the last backup is not encrypted to the keys in force: run `heedful backup`")
    return Finding(name, True, f"to {len(settings.backup_recipients)} public key(s)")


def _copies(folder: Path) -> Finding:
    """What an upgrade or a restore leaves when the machine dies in the middle of it."""
    left = [*folder.glob(f"{backups.SAFETY}/heedful-*"), *folder.glob(f"{restores.SCRATCH}*")]
    if left:
        named = ", ".join(map(str, left))
        return Finding("clear copies", False, f"left by what was broken off, delete when all is well: {named}")
    return Finding("clear copies", True, "no upgrade or restore left one behind")


def _mail(settings: env.Settings, send_test_to: str) -> Finding:
    server = settings.mail
    if server is None:
        return Finding("mail", not send_test_to, "HEEDFUL_EMAIL_URL is not set: notices are shown in the app only")
    if not send_test_to:
        return Finding("mail", True, f"{server.host}:{server.port}; try it with --send-test ADDRESS")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heedful.config.settings")
    django.setup()
    try:
        return Finding("mail", True, commands.send_test(send_test_to))
    except commands.NotHandedOver as refusal:
        return Finding("mail", False, f"not delivered to {send_test_to}: {commands.why(refusal)}")
