"""Nightly: kills in the middle of a migration, and many backups under load; each must end whole."""

import os
import random
import re
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from heedful.foundation.people import operations as people
from heedful.hosting import archive, backups
from tests.support.machine import Machine, run
from tests.support.world import World, make_world

pytestmark = pytest.mark.nightly


@pytest.fixture
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        yield machine
        machine.stop()


def shape(url: str) -> tuple[list[str], dict[str, int]]:
    with psycopg.connect(url) as there:
        found = backups.describe_database(there, datetime.now(UTC))
    return found.migrations, found.counts


def test_a_migration_killed_at_any_moment_is_finished_by_running_it_again(machine: Machine) -> None:
    """20 kills, each a little later in the work; then one run to the end equals an undisturbed one."""
    lots = random.Random(7)
    for _ in range(20):
        process = machine.start("migrate")
        time.sleep(lots.uniform(1, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    machine.heedful("migrate")
    with tempfile.TemporaryDirectory() as folder:
        calm = Machine(Path(folder))
        try:
            calm.heedful("migrate")
            expected = shape(calm.environ["DATABASE_BACKUP_URL"])
        finally:
            calm.stop()
    assert shape(machine.environ["DATABASE_BACKUP_URL"]) == expected
    assert "There is no organisation yet." in machine.heedful("ledger", "verify")


def test_every_one_of_20_backups_under_load_restores_whole(machine: Machine) -> None:
    world = make_world()
    enough = threading.Event()
    writers = [threading.Thread(target=_write, args=(world, enough)) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        taken = [_backup() for _ in range(20)]
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    sequences = []
    for path in taken:
        machine.heedful("restore", "--replace", str(path))
        with tempfile.TemporaryDirectory() as folder:
            manifest = archive.unpack(path, Path(folder))
        sequences.append(manifest.heads[str(world.organisation.id)][0])
        path.unlink()
    assert sequences == sorted(sequences)
    assert sequences[-1] > sequences[0]


def _backup() -> Path:
    done = run(("backup",), dict(os.environ))
    assert done.returncode == 0, done.stderr
    named = re.match(r"(\S+\.tar): ", done.stdout)
    assert named is not None
    return Path(named[1])


def _write(world: World, enough: threading.Event) -> None:
    while not enough.is_set():
        with world.use():
            people.engage(name="Writer Meanwhile", by=world.system, at=datetime.now(UTC))
    connection.close()
