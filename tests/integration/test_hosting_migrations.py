"""Nightly: a database migrated in batches is the one that Django's own command makes, step by step."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from heedful.hosting.postgres_tools import run
from tests.support.machine import Machine

pytestmark = pytest.mark.nightly


@pytest.fixture
def machines() -> Iterator[tuple[Machine, Machine]]:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        pair = Machine(Path(one)), Machine(Path(other))
        yield pair
        for machine in pair:
            machine.stop()


def schema(machine: Machine) -> Counter[str]:
    """Every object of the database, in whatever order."""
    version = machine.cluster.binaries.version
    text = run("pg_dump", machine.environ["DATABASE_OWNER_URL"], version, "--schema-only")
    # The newest versions of the program write a random word on these lines.
    text = re.sub(r"^\\.*$", "", text, flags=re.MULTILINE)
    return Counter(part.strip() for part in re.split(r"\n--\n(?=-- Name:)", text))


def test_batches_make_the_same_database_as_single_steps(machines: tuple[Machine, Machine]) -> None:
    batched, stepwise = machines
    batched.heedful("migrate")
    owner = stepwise.environ["DATABASE_OWNER_URL"]
    app, stepwise.environ["DATABASE_URL"] = stepwise.environ["DATABASE_URL"], owner
    stepwise.heedful("manage", "migrate")
    # Nothing is left to migrate: this only protects the tables.
    stepwise.environ["DATABASE_URL"] = app
    stepwise.heedful("migrate")
    expected, found = schema(stepwise), schema(batched)
    assert len(expected) > 1000
    assert found == expected
