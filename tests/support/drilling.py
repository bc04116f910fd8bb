"""The first machine of a drill, in a process of its own: found an organisation, then write until told to stop."""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.support.machine import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator


# What somebody reported on the first machine.
CANARY = "Miss Zqxwimple found the blue tablet under the piano"


@dataclass(frozen=True)
class Manager:
    """Who signs in after the restore: password as everywhere in the tests, codes from this secret."""

    organisation_id: str
    username: str
    secret: str


@dataclass
class Writer:
    """A process that writes staff into the first machine's database while the test goes on."""

    manager: Manager
    process: "subprocess.Popen[str]"

    @contextmanager
    def at_work(self) -> "Iterator[list[float]]":
        """Within the block it writes; afterwards the list holds the moment of each write."""
        moments: list[float] = []
        self._tell("begin")
        self._hears()
        try:
            yield moments
        finally:
            self._tell("end")
            moments += json.loads(self._hears())

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)

    def _tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def _hears(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


def start_writer(machine: Machine) -> Writer:
    environ = machine.environ | {"DJANGO_SETTINGS_MODULE": "heedful.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.drilling"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return Writer(Manager(**json.loads(process.stdout.readline())), process)


def _main() -> None:
    import django

    django.setup()
    from tests.support.reports import told
    from tests.support.signing_in import app_for
    from tests.support.world import make_world

    world = make_world()
    told(world, words=CANARY)
    account = world.accounts["registered_manager"]
    _say({"organisation_id": str(world.organisation.id), "username": account.username, "secret": app_for(account)})
    while sys.stdin.readline():
        _say("begun")
        _say(_written_until_told(world))


def _written_until_told(world) -> list[float]:  # type: ignore[no-untyped-def]
    from heedful.foundation.people import operations as people

    moments = []
    while not select.select([sys.stdin], [], [], 0)[0]:
        with world.use():
            people.engage(name="Writer Meanwhile", by=world.system, at=datetime.now(UTC))
        moments.append(time.time())
    sys.stdin.readline()
    return moments


def _say(what: object) -> None:
    os.write(1, f"{json.dumps(what)}\n".encode())


if __name__ == "__main__":
    _main()
