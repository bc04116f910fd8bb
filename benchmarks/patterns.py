"""What the page of patterns costs in processor time: first page of a process, a new page, the same page again.

Run with `python benchmarks/patterns.py`. Makes a database of its own; 12 services, three years, about 10,000 events.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import django

from heedful.hosting import testdb


def cost(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


def main() -> None:
    # ruff: noqa: PLC0415 - Django has to know its database first.
    from django.test import Client, override_settings

    from heedful.foundation.people import operations as people
    from tests.support import histories
    from tests.support.signing_in import sign_in
    from tests.support.world import make_world

    world, rows = make_world(), []
    types = ("fall", "medication", "behaviour", "injury", "care_not_given", "choking")
    with world.use():
        homes = [
            people.open_service(name=f"Home {n:02}", by=world.system, at=histories.NOW, exposure_measure="bed_days")
            for n in range(12)
        ]
    for number, home in enumerate(homes):
        for at, kind in enumerate(types):
            rows += histories.monthly(home, histories.steady(number * 10 + at, 6 / (at + 1)), type_=kind)
        histories.care(world, home, 9_000)
    histories.keep(world, rows)
    client = sign_in(Client(), world.accounts["nominated_individual"])
    chart = f"/patterns/{homes[0].pk}/fall/?until=2026-02"
    steps = [
        ("first page of a process", "/patterns/?until=2026-02", None),
        ("the same again", "/patterns/?until=2026-02", 400.0),
        ("another month: every chart new", "/patterns/?until=2026-01", 2500.0),
        ("another kind", "/patterns/?until=2026-02&what=medication", 2500.0),
        ("one chart", chart, 600.0),
        ("the same chart again", chart, 200.0),
    ]
    print(f"{len(rows):,} events\n{'page':34}{'CPU ms':>8}{'limit':>8}{'ratio':>7}")
    with override_settings(ALLOWED_HOSTS=["*"]):
        for name, url, limit in steps:
            took = cost(lambda url=url: client.get(url))  # type: ignore[misc]
            print(f"{name:34}{took:8.0f}{limit or '':>8}{took / limit if limit else 0:7.2f}")


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
