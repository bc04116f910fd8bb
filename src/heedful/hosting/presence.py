"""Which workers live, and what the dead ones left.

Each worker holds a lock of the database while it is connected. The database drops it the moment the process is gone,
and not when a process, or the database, is merely slow: a job is taken over in seconds, and never from one that lives.
"""

import asyncio
from typing import Any

import psycopg
from procrastinate import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

LOOK_SECONDS = 1.0
# The first of the two numbers of each lock; the second is the worker's.
LOCK = 0x48454544
# For a machine that vanished without a word: its connection may seem open for hours.
SILENT_SECONDS = 90
LEFT = """
    SELECT j.id, j.worker_id
      FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
     WHERE j.status = 'doing' AND (
           w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %(silent)s) OR NOT EXISTS (
           SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
              AND l.classid = %(lock)s::bigint::oid AND l.objid = j.worker_id::oid))
"""
# Only from the worker that was seen to be dead. What was left five times may be what kills: it waits longer each time.
TAKE_UP = """
    SELECT procrastinate_retry_job_v2(
           id, now() + CASE WHEN attempts < 5 THEN 0 ELSE attempts END * interval '1 minute', NULL, NULL, NULL)
      FROM (SELECT id, attempts FROM procrastinate_jobs
             WHERE id = %s AND worker_id IS NOT DISTINCT FROM %s AND status = 'doing' FOR UPDATE SKIP LOCKED) AS job
"""


class Presence:
    """The connection whose locks say that this process lives."""

    def __init__(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        self._connection = connection
        self._held: set[int] = set()

    async def around(self, do: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
        """Before a worker's first job, say that it lives."""
        number = worker.worker_id
        if number is not None and number not in self._held:
            await self._connection.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, number])
            self._held.add(number)
        return await do()

    async def watch(self) -> None:
        """Again and again: what a dead worker left is waiting again. Ends only by an error or by being cancelled."""
        before: set[tuple[int, int | None]] = set()
        while True:
            left = await self._left()
            # Seen twice: a worker takes its first job a moment before it says that it lives.
            for job in left & before:
                await self._connection.execute(TAKE_UP, job)
            before = left
            await asyncio.sleep(LOOK_SECONDS)

    async def _left(self) -> set[tuple[int, int | None]]:
        found = await self._connection.execute(LEFT, {"lock": LOCK, "silent": SILENT_SECONDS})
        return {(int(row[0]), row[1]) for row in await found.fetchall()}
