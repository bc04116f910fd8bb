"""The two serving processes: web pages, and background jobs."""

import os
import socket

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from procrastinate.contrib.django import app

from heedful.config import env


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped. Granian starts its own processes, and Django is set up in each of them."""
    os.environ["HEEDFUL_PROCESS"] = "web"
    env.load()  # A wrong setting is said here, once, instead of by every process.
    Server(
        "heedful.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def work(concurrency: int = 2) -> None:
    """Run jobs and the schedule until stopped; Django is set up."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(concurrency=concurrency, name=f"heedful@{socket.gethostname()}")
