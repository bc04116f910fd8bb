"""What each page costs as events grow: queries, milliseconds in the database, of processor, and in all.

python benchmarks/pages.py [EVENTS ...] [--neighbours N]     1000 10000 100000 unless said otherwise

It makes a database of its own, an organisation of 40 services with 100 accounts and 300 reports that wait, fills it
(see `filling.py`) up to each number of events, and asks each page as each role that uses it, as the app role, over
Django's test client; "its CPU" is the database's. N other organisations, with ten services and 1,000 events each, stand
beside it.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

from heedful.hosting import testdb

SERVICES, ACCOUNTS, WAITING, TIMES, ROOM = 40, 100, 300, 5, 40
ALL = ("care_worker", "team_leader", "registered_manager", "safeguarding_lead", "nominated_individual")
READ, DECIDE, LOOK = ALL[1:], ALL[2:], ("registered_manager", "nominated_individual")
# Page, where it is, milliseconds that it may take, who uses it.
PAGES = (
    ("today", "/", 500, ALL),
    ("list", "/cases/", 300, READ),
    ("list, page 40", "/cases/?after={after}", 300, READ),
    ("search, rare", "/cases/?words=needle", 500, READ),
    ("search, common", "/cases/?words=chair", 500, READ),
    ("case, decided", "/cases/{case}/", 200, READ),
    ("case, waiting", "/cases/{waiting}/", 200, READ),
    ("inbox", "/decide/", 300, DECIDE),
    ("decide", "/decide/{waiting}/", 300, DECIDE),
    ("patterns", "/patterns/", 500, LOOK),
    ("chart", "/patterns/{service}/fall/", 500, LOOK),
    ("board", "/board/", 500, LOOK),
    ("report", "", 400, ("care_worker",)),
)


@dataclass
class Cost:
    """One request: queries, and milliseconds."""

    queries: int = 0
    sql: float = 0.0
    cpu: float = 0.0
    whole: float = 0.0
    slowest: dict[str, float] = field(default_factory=dict)


@contextmanager
def measured() -> Iterator[Cost]:
    from django.db import connection

    cost = Cost()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1000
            cost.queries, cost.sql = cost.queries + 1, cost.sql + took
            cost.slowest[sql] = max(took, cost.slowest.get(sql, 0))

    with connection.execute_wrapper(watch):
        began, processor = time.perf_counter(), time.process_time()
        yield cost
        cost.cpu = (time.process_time() - processor) * 1000
        cost.whole = (time.perf_counter() - began) * 1000


@dataclass
class Provider:
    """The organisation whose pages are asked for."""

    world: Any
    given: dict[str, Any]
    places: dict[str, Any] = field(default_factory=dict)
    filled: int = 0
    clients: dict[str, Any] = field(default_factory=dict)

    def grow(self, owner_url: str, events: int) -> None:
        """Up to so many events, `told` ones aside."""
        from benchmarks.filling import fill, settle

        fill(owner_url, self.world.organisation.id, self.filled + 1, events, **self.given)
        self.filled = events
        settle(owner_url)
        self.places = self._places()

    def _places(self) -> dict[str, Any]:
        from heedful.loop.incidents.models import Event

        home = self.world.home.pk
        with self.world.use():
            here = Event.objects.filter(service_id=home, restricted=False)
            rows = Event.objects.order_by("-occurred_from", "-id").values_list("occurred_from", "id")
            at, found = rows[min(1000, self.filled // 2)]
            return {
                "after": f"{at.timestamp():.6f}_{found}",
                "case": here.filter(status="answered").values_list("pk", flat=True).first(),
                "waiting": here.filter(status="recorded", source="live").values_list("pk", flat=True).first(),
                "service": home,
            }

    def ask(self, where: str, role: str) -> Cost:
        from tests.support.signing_in import sign_in

        client = self.clients.get(role)
        if client is None:
            from django.test import Client

            client = self.clients[role] = sign_in(Client(), self.world.accounts[role])
        body = json.dumps(_report(self.world))
        with measured() as cost:
            if where:
                reply = client.get(where.format(**self.places))
            else:
                reply = client.post("/api/record", body, content_type="application/json")
        if reply.status_code not in (200, 201):
            raise RuntimeError(f"{role} {where}: {reply.status_code}")
        return cost


def _report(world: Any) -> dict[str, Any]:
    from django.utils import timezone

    then = (timezone.now() - timedelta(hours=1)).isoformat()
    return {
        "client_key": str(uuid4()), "form_version": "record@1", "service": str(world.home.pk),
        "words": "Slid off the chair in the lounge.", "kinds": ["incident"],
        "occurred": {"from": then, "to": then, "as": "about"}, "harm_body": "low", "harm_mind": "none",
        "safe_now": "yes", "made_safe": "Helped her up.", "met_safeguarding": "no", "met_clinical": "no",
        "met_family": "no", "confidential": False,
    }  # fmt: skip


# ruff: noqa: PLC0415 - Django has to know its database first.
def provider() -> Provider:
    """Forty services, a hundred people who report, a manager of one of them, and what waits to be decided."""
    from django.utils import timezone

    from heedful.foundation.people import operations as people
    from tests.support import histories
    from tests.support.world import make_world

    at = timezone.now() - timedelta(days=3)
    world = make_world(at=at)
    with world.use():
        services = [world.home, world.other_home]
        for n in range(SERVICES - 2):
            home = people.open_service(name=f"Home {n:02}", by=world.system, at=at, exposure_measure="bed_days")
            services.append(home)
        accounts = [_worker(world, n, at) for n in range(ACCOUNTS)]
    for service in services:
        histories.care(world, service, 9_000, last=at.date().replace(day=1))
    _tell(world)
    given = {
        "services": [one.pk for one in services], "accounts": [*accounts, world.accounts["care_worker"].pk],
        "people": [one.pk for one in world.people], "decider": world.accounts["registered_manager"].pk,
        "lead": world.staff["registered_manager"].pk,
    }  # fmt: skip
    return Provider(world, given)


def _worker(world: Any, number: int, at: Any) -> Any:
    from heedful.foundation.access.roles import Role, Scope
    from heedful.foundation.people import operations as people

    name, own = f"Worker Number {number}", people.Reach(Scope.OWN)
    account = people.open_account(username=f"{world.organisation.code}/w{number}", name=name, at=at)
    people.grant(account=account, role=Role.CARE_WORKER, reach=own, by=world.system, at=at)
    people.engage(name=name, service=world.home, account=account, by=world.system, at=at)
    return account.pk


def _tell(world: Any) -> None:
    """Reports that wait, one of them with a word that no other has."""
    from django.utils import timezone

    from tests.support.reports import told

    for number in range(WAITING):
        words = "The needle stayed in the chair." if number == 7 else f"Slid off the chair, the {number}th."
        home = world.home if number % 3 else world.other_home
        told(world, at=timezone.now() - timedelta(minutes=number), words=words, service_id=home.pk)


def beside(owner_url: str, count: int) -> None:
    """Other organisations on the same tables."""
    from benchmarks.filling import fill
    from heedful.foundation.people import operations as people
    from tests.support import histories
    from tests.support.world import make_world

    for _ in range(count):
        world = make_world()
        with world.use():
            services = [world.home, world.other_home]
            services += [people.open_service(name=f"N {n}", by=world.system, at=histories.NOW) for n in range(8)]
        histories.keep(world, [histories.happened(world.home, histories.LAST)])
        fill(owner_url, world.organisation.id, 1, 1_000, services=[one.pk for one in services],
             accounts=[world.accounts["care_worker"].pk], people=[one.pk for one in world.people],
             decider=world.accounts["registered_manager"].pk, lead=world.staff["registered_manager"].pk)  # fmt: skip


def _database_seconds() -> float:
    """Of our one connection, in hundredths; on a busy machine it says more than how long a statement took."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(one: Provider, slow: float) -> None:
    print(f"\n{one.filled:,} events, load {os.getloadavg()[0]:.1f}\n")
    print(
        "| page | as | queries | SQL ms | database CPU ms | CPU ms | in all ms | limit | of limit | CPU over SQL + 40 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    for page, where, limit, roles in PAGES:
        for role in roles:
            one.ask(where, role)
            theirs = _database_seconds()
            runs = [one.ask(where, role) for _ in range(TIMES)]
            theirs = (_database_seconds() - theirs) / TIMES * 1000
            queries, sql, cpu, whole = (
                statistics.median(getattr(run, name) for run in runs) for name in ("queries", "sql", "cpu", "whole")
            )
            over = max(0.0, cpu - sql - ROOM)
            print(f"| {page} | {role} | {queries:.0f} | {sql:.1f} | {theirs:.0f} | {cpu:.1f} | {whole:.1f} | {limit} |"
                  f" {whole / limit:.2f} | {over:.0f} |", flush=True)  # fmt: skip
            for sql_text, took in sorted(runs[-1].slowest.items(), key=lambda pair: -pair[1])[:3]:
                if slow and took > slow:
                    print(f"    {took:.0f} ms: {sql_text}")


def main(owner_url: str) -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    parser = argparse.ArgumentParser()
    parser.add_argument("events", nargs="*", type=int)
    parser.add_argument("--neighbours", type=int, default=0)
    parser.add_argument("--slow", type=float, default=0, help="print statements that take longer (ms)")
    asked = parser.parse_args()
    began = time.monotonic()
    one = provider()
    beside(owner_url, asked.neighbours)
    for events in asked.events or [1_000, 10_000, 100_000]:
        one.grow(owner_url, events)
        print(f"\nfilled after {time.monotonic() - began:.0f} s")
        table(one, asked.slow)


if __name__ == "__main__":
    database = testdb.start()
    try:
        Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        os.environ.update(database.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "heedful.config.settings"
        django.setup()
        main(database.owner_url)
    finally:
        database.stop()
