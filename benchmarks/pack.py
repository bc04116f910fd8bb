"""What a three-question pack costs in processor time: setting the paper, the table, and gathering the values.

Run with `python benchmarks/pack.py`. It makes a database of its own with two homes and ten changes.
"""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

from heedful.hosting import testdb

LIMIT = 100  # CPU ms for one pack on paper, once the process is warm
TURNS = 20
CHANGES = 10


def cost(what: Callable[[], object]) -> float:
    """CPU milliseconds a turn."""
    start = time.process_time()
    for _turn in range(TURNS):
        what()
    return (time.process_time() - start) * 1000 / TURNS


# ruff: noqa: PLC0415 - Django has to know its database first.
def made() -> Any:
    """A world with ten changes, each with two and a half years behind it."""
    from tests.support import verdicts
    from tests.support.world import make_world

    world = make_world(at=verdicts.NOW - timedelta(days=10))
    verdicts.years(world)
    for number in range(CHANGES):
        verdicts.change(world, starts_on=date(2026, 3, 2 + number), at=verdicts.NOW)
    return world


def main() -> None:
    from heedful.foundation.exits.sheets import to_csv
    from heedful.oversight.governance import pack, sheets, typesetting
    from heedful.oversight.governance.queries import scope
    from tests.support.verdicts import NOW

    world = made()
    with world.use():
        asked = scope.scope(world.viewer("nominated_individual"), NOW, length=12)
        assert asked is not None
        values = pack.pack(asked, outside=True)
        first = time.process_time()
        paper = typesetting.three_questions(values, NOW)
        fresh = (time.process_time() - first) * 1000
        rows = [
            ("paper, first of a process", fresh),
            ("paper, warm", cost(lambda: typesetting.three_questions(values, NOW))),
            ("table", cost(lambda: to_csv(sheets.columns(), sheets.rows(values)))),
            ("gathering the values", cost(lambda: pack.pack(asked, outside=True))),
        ]
    print(f"{len(values.changes)} changes, {len(paper):,} bytes\n{'what':28}{'CPU ms':>8}{'limit':>8}{'ratio':>7}")
    for name, took in rows:
        print(f"{name:28}{took:8.1f}{LIMIT:8}{took / LIMIT:7.2f}")
    if rows[1][1] > LIMIT:
        raise SystemExit("Setting a pack takes longer than it may.")


if __name__ == "__main__":
    database = testdb.start()
    try:
        Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        os.environ.update(database.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "heedful.config.settings"
        django.setup()
        main()
    finally:
        database.stop()
