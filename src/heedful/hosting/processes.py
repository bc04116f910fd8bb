"""The process that serves web pages."""

import os

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

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
