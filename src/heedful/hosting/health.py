"""What `/healthz` answers: is the database there and up to date, are jobs being done, is there a backup."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction

from heedful.hosting import backups, migrations

# The oldest job that could have been started, and the last sign of life of a worker.
QUEUE = """
    SELECT coalesce(extract(epoch FROM now() - min(greatest(j.scheduled_at, e.at))), 0)::int
      FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
     WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
"""
WORKER = "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers"
SEE_ALL_JOBS = "SELECT set_config('heedful.worker', 'on', true), set_config('heedful.organisation_id', '', true)"
SLOW_QUEUE_SECONDS = 300
SILENT_WORKER_SECONDS = 60

_migrated = False


def health() -> dict[str, Any]:
    """A small dictionary; `ok` is False only when pages cannot be served."""
    try:
        answer = _jobs() | {"database": True, "migrated": _is_migrated()}
    except Error:
        answer = {"database": False, "migrated": False}
    return {"ok": bool(answer["database"] and answer["migrated"])} | answer | _backup()


def _is_migrated() -> bool:
    """Asked until the answer is yes: a running process does not lose migrations."""
    global _migrated
    _migrated = _migrated or not migrations.pending()
    return _migrated


def _jobs() -> dict[str, Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Only ages leave here. The worker's setting makes jobs of all organisations visible, for this transaction.
        cursor.execute(SEE_ALL_JOBS)
        cursor.execute("SELECT to_regclass('procrastinate_workers') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return {}
        cursor.execute(QUEUE)
        oldest = int(cursor.fetchone()[0])
        cursor.execute(WORKER)
        beat = cursor.fetchone()[0]
    alive = beat is not None and beat <= SILENT_WORKER_SECONDS
    return {"worker": alive, "oldest_job_seconds": oldest, "jobs_in_time": oldest <= SLOW_QUEUE_SECONDS}


def _backup() -> dict[str, Any]:
    now = datetime.now(UTC)
    status = backups.status(settings.HEEDFUL_DATA_DIR)
    age = None if status.last_backup_at is None else round((now - status.last_backup_at).total_seconds() / 3600, 1)
    return {"last_backup_hours": age, "backed_up": status.is_backed_up(now)}
