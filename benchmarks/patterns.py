"""What the page of patterns costs in processor time: first page of a process, a new page, the same page again.

Run with `python benchmarks/patterns.py`. It makes a database of its own, with twelve homes, then a log of 676 services.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from heedful.hosting import testdb


def cost(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


# ruff: noqa: PLC0415 - Django has to know its database first.
def small_provider() -> tuple[object, int]:
    """Twelve homes, three years, rates and many charts."""
    from heedful.foundation.people import operations as people
    from tests.support import histories
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
    return world, len(rows)


def large_log() -> tuple[object, int]:
    """676 services and 36,000 events, as large as the Oregon log."""
    from heedful.foundation.access.models import new_id
    from heedful.foundation.people.imported import Listed, open_listed
    from heedful.foundation.people.models import Service
    from tests.support import histories
    from tests.support.world import make_world

    world, rows = make_world(), []
    listed = [Listed(f"x{n}", f"Facility {n:03}", exposure_measure="capacity_days") for n in range(676)]
    with world.use():
        open_listed(services=listed, batch_id=new_id(), by=world.system, at=histories.NOW)
        homes = list(Service.objects.order_by("name"))
    for n, home in enumerate(homes):
        rows += histories.monthly(home, histories.steady(n, 1.0, 53), type_=("fall", "medication", "other")[n % 3])
    for start in range(0, len(rows), 5000):
        histories.keep(world, rows[start : start + 5000])
    return world, len(rows)


def measured(title: str, made: Callable[[], tuple[Any, int]], steps: list[tuple[str, str, int]]) -> None:
    from django.test import Client, override_settings

    from tests.support.signing_in import sign_in

    world, events = made()
    client = sign_in(Client(), world.accounts["nominated_individual"])
    print(f"\n{title}, {events:,} events\n{'page':34}{'CPU ms':>8}{'limit':>8}{'ratio':>7}")
    with override_settings(ALLOWED_HOSTS=["*"]):
        for name, query, limit in steps:
            took = cost(lambda query=query: client.get(f"/patterns/{query}"))  # type: ignore[misc]
            print(f"{name:34}{took:8.0f}{limit:8}{took / limit:7.2f}")


def main() -> None:
    pages = [
        ("first page of a process", "?until=2026-02", 10_000),
        ("the same again", "?until=2026-02", 400),
        ("another month: every chart new", "?until=2026-01", 2_500),
        ("another kind", "?until=2026-02&what=medication", 2_500),
    ]
    measured("Twelve homes", small_provider, pages)
    turned = [
        ("first of 57 pages", "?until=2026-02", 2_500),
        ("the same again", "?until=2026-02", 400),
        ("page 40", "?until=2026-02&page=40", 2_500),
        ("one name", "?until=2026-02&name=Facility+55", 2_500),
    ]
    measured("676 services", large_log, turned)


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
