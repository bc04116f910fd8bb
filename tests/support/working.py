"""The real worker as a process that a test may kill, and how far it is with its jobs."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import connection, transaction

from heedful.hosting.health import SEE_ALL_JOBS


@dataclass
class Worker:
    """`heedful worker` in a process group of its own."""

    environ: Mapping[str, str]
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "heedful", "worker"],
            env=os.environ | self.environ,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """As when the power goes."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """Asked politely; how it ended."""
        return self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> int:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        return self.process.wait(60)


@contextmanager
def working(environ: Mapping[str, str]) -> Iterator[Worker]:
    worker = Worker(environ)
    try:
        yield worker
    finally:
        worker.kill()


def wait_for(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def jobs() -> Counter[tuple[str, str]]:
    """Of every organisation: how many of each task are in each state."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEE_ALL_JOBS)
        cursor.execute("SELECT task_name, status, count(*) FROM procrastinate_jobs GROUP BY 1, 2")
        return Counter({(row[0], row[1]): row[2] for row in cursor.fetchall()})


def unfinished() -> dict[tuple[str, str], int]:
    return {key: count for key, count in jobs().items() if key[1] in ("todo", "doing")}


def workers_after(number: int) -> int:
    """How many told the queue of themselves since then; those that stopped have left gaps between the numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE id > %s", [number])
        return int(cursor.fetchone()[0])


def newest_worker() -> int:
    """The number of the last worker that told the queue of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])
