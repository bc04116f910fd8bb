"""Takes backups while people go on working, and knows whether one has ever been restored."""

import json
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from heedful import __version__
from heedful.config import env
from heedful.hosting import archive, postgres_tools

FOLDER = "backups"
STATUS = "status.json"
STALE = timedelta(hours=48)


@dataclass(frozen=True)
class Taken:
    """A backup that was written."""

    path: Path
    manifest: archive.Manifest
    size: int
    seconds: float


@dataclass(frozen=True)
class Status:
    """What administrators are told about backups."""

    last_backup_at: datetime | None
    last_restore_at: datetime | None
    restored_in_seconds: float | None

    def is_backed_up(self, now: datetime) -> bool:
        """A backup counts only when one has been restored once, and the last one is not old."""
        fresh = self.last_backup_at is not None and now - self.last_backup_at < STALE
        return fresh and self.last_restore_at is not None


def take(to: Path | None = None, keep: int | None = None) -> Taken:
    """Write one backup file; every part belongs to the same moment of the database."""
    settings = env.load()
    if not settings.database_backup_url:
        info = env.Settings.model_fields["database_backup_url"]
        raise env.SettingsError([f"DATABASE_BACKUP_URL is not set. {info.description}"])
    folder = to or settings.data_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    started, now = time.monotonic(), datetime.now(UTC)
    path = folder / f"heedful-{now:%Y%m%dT%H%M%S.%fZ}.tar"
    with archive.Writer(path) as writer:
        # The anchors first: a head that is anchored now is in the database's snapshot, taken after it.
        anchors = settings.anchors.read_bytes() if settings.anchors.exists() else b""
        writer.add_text(archive.ANCHORS, anchors[: anchors.rfind(b"\n") + 1])
        manifest = _dump(settings.database_backup_url, writer, now)
        _add_uploads(settings.data_dir / archive.UPLOADS, writer)
        writer.close_with(manifest)
    taken = Taken(path, manifest, path.stat().st_size, time.monotonic() - started)
    record(settings.data_dir, last_backup={"at": now.isoformat(), "file": path.name, "seconds": taken.seconds})
    if keep:
        remove_old(folder, keep)
    return taken


def describe(taken: Taken) -> str:
    entries = sum(int(head[0]) for head in taken.manifest.heads.values())
    return (
        f"{taken.path}: {taken.size / 1e6:.1f} MB in {taken.seconds:.1f} s, {len(taken.manifest.heads)} organisations, "
        f"{entries} ledger entries.\nIt holds neither HEEDFUL_SECRET_KEY nor HEEDFUL_LEDGER_KEY: keep those elsewhere, "
        "and copy the file off this machine."
    )


def remove_old(folder: Path, keep: int) -> None:
    """Keep the newest backups of a folder."""
    for path in sorted(folder.glob("heedful-*.tar"))[:-keep]:
        path.unlink()


def _dump(url: str, writer: archive.Writer, now: datetime) -> archive.Manifest:
    with psycopg.connect(url) as connection, tempfile.TemporaryDirectory(dir=writer.path.parent) as scratch:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = str(_rows(connection, "SELECT pg_export_snapshot()")[0][0])
        manifest = describe_database(connection, now)
        dump = Path(scratch) / archive.DUMP
        arguments = ["--format=custom", f"--snapshot={snapshot}", "--file", str(dump)]
        postgres_tools.run("pg_dump", url, manifest.postgresql, *arguments)
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
        writer.add_file(f"{archive.UPLOADS}/{path.relative_to(folder).as_posix()}", path)


def status(data_dir: Path) -> Status:
    """When a backup was last taken, and when one was last restored."""
    noted = _noted(data_dir)
    backup, restore = noted.get("last_backup") or {}, noted.get("last_restore") or {}
    at, restored_at = backup.get("at"), restore.get("at")
    return Status(
        last_backup_at=datetime.fromisoformat(at) if at else None,
        last_restore_at=datetime.fromisoformat(restored_at) if restored_at else None,
        restored_in_seconds=restore.get("seconds"),
    )


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
