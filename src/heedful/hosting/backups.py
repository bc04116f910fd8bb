"""Takes backups while people go on working, and knows whether one has ever been restored."""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from heedful import __version__
from heedful.config import env
from heedful.hosting import age, archive, postgres_tools

FOLDER = "backups"
# For the length of an upgrade: what can be put back without the offline key.
SAFETY = "upgrade"
STATUS = "status.json"
STALE = timedelta(hours=48)


@dataclass(frozen=True)
class Taken:
    """A backup that was written, and to which public keys it is encrypted."""

    path: Path
    manifest: archive.Manifest
    size: int
    seconds: float
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Status:
    """What administrators are told about backups: the last one's public keys, and those a restore was seen with."""

    last_backup_at: datetime | None
    last_restore_at: datetime | None
    restored_in_seconds: float | None
    recipients: frozenset[str] = frozenset()
    opened_with: frozenset[str] = frozenset()

    @property
    def is_encrypted(self) -> bool:
        return bool(self.recipients)

    @property
    def is_proven(self) -> bool:
        """One has been restored; where backups are encrypted, with a private key that fits the last one."""
        fits = not self.recipients or bool(self.recipients & self.opened_with)
        return self.last_restore_at is not None and fits

    def is_backed_up(self, now: datetime) -> bool:
        """A backup counts only when one has been restored once, and the last one is not old."""
        fresh = self.last_backup_at is not None and now - self.last_backup_at < STALE
        return fresh and self.is_proven


def take(to: Path | None = None, keep: int | None = None) -> Taken:
    """Write one backup file; every part belongs to the same moment of the database."""
    settings, now, started = env.load(), datetime.now(UTC), time.monotonic()
    path = _place(to or settings.data_dir / FOLDER, now, settings.backup_recipients)
    manifest = _write(path, settings.backup_recipients, now)
    taken = _taken(path, manifest, started)
    if keep:
        remove_old(path.parent, keep)
    return taken


def take_for_upgrade() -> tuple[Taken, Path]:
    """A backup, and the file that can be put back on this machine: a copy in the clear when the backup is encrypted."""
    settings, now, started = env.load(), datetime.now(UTC), time.monotonic()
    if not settings.backup_recipients:
        taken = take()
        return taken, taken.path
    path = _place(settings.data_dir / FOLDER, now, settings.backup_recipients)
    clear = _place(settings.data_dir / SAFETY, now, ())
    manifest = _write(clear, (), now)
    try:
        with clear.open("rb") as source, archive.appearing(path, settings.backup_recipients) as sink:
            shutil.copyfileobj(source, sink, archive.CHUNK)
    except BaseException:
        clear.unlink()
        raise
    return _taken(path, manifest, started), clear


def _place(folder: Path, now: datetime, recipients: Sequence[str]) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"heedful-{now:%Y%m%dT%H%M%S.%fZ}.tar{age.SUFFIX if recipients else ''}"


def _write(path: Path, recipients: Sequence[str], now: datetime) -> archive.Manifest:
    settings = env.load()
    if not settings.database_backup_url:
        info = env.Settings.model_fields["database_backup_url"]
        raise env.SettingsError([f"DATABASE_BACKUP_URL is not set. {info.description}"])
    with archive.Writer(path, recipients) as writer:
        # The anchors first: a head that is anchored now is in the database's snapshot, taken after it.
        anchors = settings.anchors.read_bytes() if settings.anchors.exists() else b""
        writer.add_text(archive.ANCHORS, anchors[: anchors.rfind(b"\n") + 1])
        manifest = _dump(settings, settings.database_backup_url, writer, now)
        _add_uploads(settings.data_dir / archive.UPLOADS, writer)
        writer.close_with(manifest)
    return manifest


def _taken(path: Path, manifest: archive.Manifest, started: float) -> Taken:
    settings = env.load()
    taken = Taken(path, manifest, path.stat().st_size, time.monotonic() - started, tuple(settings.backup_recipients))
    note = {"at": manifest.taken_at, "file": path.name, "seconds": taken.seconds}
    record(settings.data_dir, last_backup=note | {"recipients": settings.backup_recipients})
    return taken


def describe(taken: Taken) -> str:
    entries = sum(int(head[0]) for head in taken.manifest.heads.values())
    if taken.recipients:
        sealed = f"It is encrypted to {', '.join(taken.recipients)}: only the private key, kept elsewhere, opens it."
    else:
        sealed = "It is NOT encrypted: whoever has it can read everything. `heedful backup-key` says how to mend that."
    return (
        f"{taken.path}: {taken.size / 1e6:.1f} MB in {taken.seconds:.1f} s, {len(taken.manifest.heads)} organisations, "
        f"{entries} ledger entries.\n{sealed}\n"
        "It holds neither HEEDFUL_SECRET_KEY nor HEEDFUL_LEDGER_KEY nor HEEDFUL_SEALING_KEY: keep those elsewhere, "
        "and copy the file off this machine."
    )


def remove_old(folder: Path, keep: int) -> None:
    """Keep the newest backups of a folder."""
    written = [*folder.glob("heedful-*.tar"), *folder.glob(f"heedful-*.tar{age.SUFFIX}")]
    for path in sorted(written, key=lambda path: path.name)[:-keep]:
        path.unlink()


def _dump(settings: env.Settings, url: str, writer: archive.Writer, now: datetime) -> archive.Manifest:
    """The dump passes through a file without a name in the data folder: it is gone with the process, come what may."""
    with psycopg.connect(url) as connection, tempfile.TemporaryFile(dir=settings.data_dir) as dump:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = str(_rows(connection, "SELECT pg_export_snapshot()")[0][0])
        manifest = describe_database(connection, now)
        postgres_tools.run("pg_dump", url, manifest.postgresql, "--format=custom", f"--snapshot={snapshot}", into=dump)
        writer.add_file(archive.DUMP, dump)
    return manifest


def describe_database(connection: psycopg.Connection, now: datetime) -> archive.Manifest:
    """Heads, migrations and number of rows as this connection sees them."""
    heads = _rows(connection, "SELECT organisation_id, sequence, encode(hash, 'hex') FROM ledger_head")
    migrations = _rows(connection, "SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    tables = [str(row[0]) for row in _rows(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    counts = {name: int(_rows(connection, count.format(sql.Identifier(name)))[0][0]) for name in sorted(tables)}
    return archive.Manifest(
        taken_at=now.isoformat(),
        heedful=__version__,
        postgresql=postgres_tools.server_version(connection),
        migrations=[str(row[0]) for row in migrations],
        heads={str(row[0]): [int(row[1]), str(row[2])] for row in heads},
        counts=counts,
    )


def _rows(connection: psycopg.Connection, query: LiteralString | sql.Composed) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _add_uploads(folder: Path, writer: archive.Writer) -> None:
    """Uploads are written before the row that names them is committed, so copying after the dump misses none."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        with path.open("rb") as file:
            writer.add_file(f"{archive.UPLOADS}/{path.relative_to(folder).as_posix()}", file)


def status(data_dir: Path) -> Status:
    """When a backup was last taken, and when one was last restored."""
    noted = _noted(data_dir)
    backup, restore = noted.get("last_backup") or {}, noted.get("last_restore") or {}
    at, restored_at = backup.get("at"), restore.get("at")
    return Status(
        last_backup_at=datetime.fromisoformat(at) if at else None,
        last_restore_at=datetime.fromisoformat(restored_at) if restored_at else None,
        restored_in_seconds=restore.get("seconds"),
        recipients=frozenset(backup.get("recipients") or ()),
        opened_with=frozenset(restore.get("opened_with") or ()),
    )


def record_restore(data_dir: Path, note: dict[str, Any], private: Sequence[str]) -> None:
    """Note a restore; keys that opened a backup once are remembered, whatever is restored later."""
    seen = (_noted(data_dir).get("last_restore") or {}).get("opened_with") or []
    keys = sorted({*seen, *map(age.public, private)})
    record(data_dir, last_restore={"at": datetime.now(UTC).isoformat()} | note | {"opened_with": keys})


def record(data_dir: Path, **entries: dict[str, Any]) -> None:
    """Note a backup or a restore where the pages can read it."""
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{STATUS}.new"
    fresh.write_text(json.dumps(_noted(data_dir) | entries, indent=1))
    fresh.replace(folder / STATUS)


def _noted(data_dir: Path) -> dict[str, dict[str, Any]]:
    try:
        noted = json.loads((data_dir / FOLDER / STATUS).read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
