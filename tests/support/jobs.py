"""Run one organisation's waiting jobs here and now, as the worker would: same functions, same arguments."""

import json
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from heedful.foundation.access import tenant


def waiting(organisation_id: UUID, *, later_too: bool = False) -> list[tuple[int, str, dict[str, str]]]:
    """What could be done now; or all that is planned."""
    with tenant.use(organisation_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " AND args->>'organisation_id' = %s AND (%s OR coalesce(scheduled_at, now()) <= now()) ORDER BY id",
            [str(organisation_id), later_too],
        )
        return [(row[0], row[1], json.loads(row[2])) for row in cursor.fetchall()]


def run_jobs(organisation_id: UUID) -> int:
    """Until none is left; a job that defers another is followed."""
    done = 0
    while jobs := waiting(organisation_id):
        for job_id, name, args in jobs:
            app.tasks[name].func(**args)
            with tenant.use(organisation_id), connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
            done += 1
    return done
