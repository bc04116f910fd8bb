"""Restores a backup onto an empty database, or in the place of what is there, and proves that it is whole."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import psycopg
from psycopg import sql

from heedful.config import env
from heedful.hosting import age, archive, backups, binaries, postgres_tools, roles
from heedful.hosting.cluster import SUPERUSER, Cluster

# In the data folder, while a backup is unpacked there.
SCRATCH = "restore-"
COMMAND = [sys.executable, "-m", "heedful"]


class RestoreError(Exception):
    """The backup was not restored; the message says why, and what is there now."""


def restore(file: Path, private: Sequence[str] = (), *, replace: bool = False, then_verify: bool = True) -> str:
    """Restore a backup into the owner's database and the data folder; what was there comes back when it fails.

    An encrypted one needs one of the private keys. All of it is read and compared before anything is touched.
    """
    settings = env.load()
    owner_url = settings.database_owner_url
    if not owner_url:
        info = env.Settings.model_fields["database_owner_url"]
        raise env.SettingsError([f"DATABASE_OWNER_URL is not set. {info.description}"])
    started = time.monotonic()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=SCRATCH) as scratch:
        unpacked = Path(scratch)
        manifest = archive.unpack(file, unpacked, private)
        _refuse_to_overwrite(settings, owner_url, replace=replace)
        _put_in_place(settings, owner_url, unpacked, manifest)
    if then_verify:
        _heedful("migrate")
        _heedful("ledger", "verify")
    seconds = time.monotonic() - started
    note = {"file": file.name, "taken_at": manifest.taken_at, "seconds": seconds}
    backups.record_restore(settings.data_dir, note, _used(file, private))
    rows = sum(manifest.counts.values())
    return (
        f"Restored {file.name} of {manifest.taken_at}: {rows} rows, {len(manifest.heads)} ledgers, in {seconds:.1f} s."
    )


def drill(file: Path, private: Sequence[str] = ()) -> str:
    """Restore into a throwaway server, verify, remove it, and note that this backup can be restored."""
    settings = env.load()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="heedful-drill-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o711)
        cluster = Cluster(folder / "server", _server_for(file, private), durable=False)
        environ = {"HEEDFUL_DATA_DIR": str(folder / "data"), "HEEDFUL_ANCHOR_FILE": ""}
        try:
            cluster.start()
            roles.prepare(cluster.url(SUPERUSER, "postgres"), "heedful")
            environ |= {
                "DATABASE_URL": cluster.url(roles.APP, "heedful"),
                "DATABASE_OWNER_URL": cluster.url(roles.OWNER, "heedful"),
                "DATABASE_BACKUP_URL": cluster.url(roles.BACKUP, "heedful"),
            }
            # The keys go through a pipe: they lie in no file and stand in no list of processes.
            keys = ["--identity", "-"] if private else []
            said = _heedful("restore", str(file.resolve()), *keys, environ=environ, told="\n".join(private))
        finally:
            cluster.remove()
    seconds = time.monotonic() - started
    note = {"file": file.name, "seconds": seconds, "drill": True}
    backups.record_restore(settings.data_dir, note, _used(file, private))
    return f"{said.strip().splitlines()[-1]}\nThe drill took {seconds:.1f} s; the throwaway server is gone."


def _used(file: Path, private: Sequence[str]) -> Sequence[str]:
    """Keys that were given and not needed prove nothing."""
    return private if age.is_encrypted(file) else ()


def _server_for(file: Path, private: Sequence[str]) -> binaries.Binaries:
    """Server programs that can read the dump: any not older than the server that it came from."""
    wanted = archive.unpack(file, None, private).postgresql
    found = [one for one in sorted(binaries.distribution() + binaries.wheel()) if one.version >= wanted]
    if not found:
        raise binaries.NoPostgresError(f"a server of version {wanted} or newer, for the drill")
    return found[0]


def _refuse_to_overwrite(settings: env.Settings, owner_url: str, *, replace: bool) -> None:
    with psycopg.connect(owner_url) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s", [roles.APP]
        ).fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if others and others[0]:
        raise RestoreError("Heedful is still connected to the database: stop the web server and the worker first.")
    if replace:
        return
    uploads = settings.data_dir / archive.UPLOADS
    if tables and tables[0]:
        raise RestoreError("The database is not empty. To put the backup in its place, add --replace.")
    if uploads.exists() and any(uploads.iterdir()):
        raise RestoreError(f"{uploads} is not empty. To put the backup's files in its place, add --replace.")


def _put_in_place(settings: env.Settings, owner_url: str, unpacked: Path, manifest: archive.Manifest) -> None:
    """Restore beside what is there, compare with the manifest, and only then let go of the old."""
    aside = sql.Identifier(f"replaced_{token_hex(4)}")
    public = sql.SQL("public")
    with psycopg.connect(owner_url, autocommit=True) as connection:
        version = postgres_tools.server_version(connection)
        with connection.transaction():
            connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(public, aside))
            connection.execute("CREATE SCHEMA public")
        try:
            arguments = ["--no-owner", "--exit-on-error", "--single-transaction", "--dbname="]
            dump = str(unpacked / archive.DUMP)
            postgres_tools.run("pg_restore", owner_url, max(version, manifest.postgresql), *arguments, dump)
            _compare(manifest)
            _put_files(settings, unpacked)
        except BaseException:
            with connection.transaction():
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(aside, public))
            raise
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(aside))


def _compare(manifest: archive.Manifest) -> None:
    """The restored rows and ledger heads are those of the moment the backup was taken."""
    url = env.load().database_backup_url
    if not url:
        info = env.Settings.model_fields["database_backup_url"]
        raise env.SettingsError([f"DATABASE_BACKUP_URL is not set. {info.description}"])
    with psycopg.connect(url) as connection:
        found = backups.describe_database(connection, datetime.now(UTC))
    wrong = sorted(name for name, count in manifest.counts.items() if found.counts.get(name) != count)
    if wrong or found.heads != manifest.heads:
        raise RestoreError(f"The restored database differs from the backup ({', '.join(wrong) or 'ledger heads'}).")


def _put_files(settings: env.Settings, unpacked: Path) -> None:
    """Uploads and anchors into the data folder; what was there is kept under another name."""
    suffix = f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    uploads = settings.data_dir / archive.UPLOADS
    for path in (uploads, settings.anchors):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.{suffix}"))
    restored = unpacked / archive.UPLOADS
    restored.mkdir(exist_ok=True)
    shutil.move(restored, uploads)
    settings.anchors.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(unpacked / archive.ANCHORS, settings.anchors)


def _heedful(*command: str, environ: dict[str, str] | None = None, told: str = "") -> str:
    """Run another `heedful` command, which needs its own database role."""
    done = subprocess.run(
        [*COMMAND, *command],
        env=os.environ | (environ or {}),
        capture_output=True,
        text=True,
        input=told,
    )
    if done.returncode:
        raise RestoreError(f"`heedful {' '.join(command)}` failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout
