"""An empty machine for drills: a PostgreSQL server of its own with the three roles, and a data folder."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from heedful.hosting import binaries, roles
from heedful.hosting.cluster import SUPERUSER, Cluster


class Machine:
    """Runs `heedful` commands with settings that lead to this machine's database and folder only."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o711)
        self.data = folder / "data"
        self.cluster = Cluster(folder / "server", binaries.for_tests(), durable=False)
        self.cluster.start()
        roles.prepare(self.cluster.url(SUPERUSER, "postgres"), "heedful")
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")} | {
            "DATABASE_URL": self.cluster.url(roles.APP, "heedful"),
            "DATABASE_OWNER_URL": self.cluster.url(roles.OWNER, "heedful"),
            "DATABASE_BACKUP_URL": self.cluster.url(roles.BACKUP, "heedful"),
            "HEEDFUL_DATA_DIR": str(self.data),
        }

    def heedful(self, *command: str, fails: bool = False) -> str:
        """Run a command, which must end well (or must not); returns all it said."""
        done = run(command, self.environ)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, *command: str, said: IO[bytes] | int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "heedful", *command],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )

    def stop(self) -> None:
        self.cluster.remove()


def run(command: tuple[str, ...], environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "heedful", *command],
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
