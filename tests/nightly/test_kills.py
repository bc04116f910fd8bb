"""A hundred kills under load: what was acknowledged is stored once, and whatever follows from it happens."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from heedful.config.jobs import LANES
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.verify import verify
from heedful.foundation.notices import roster
from heedful.foundation.notices.models import Delivery, Notice
from heedful.foundation.people.models import Account
from heedful.loop.incidents.models import Assignment, Event
from tests.nightly.scale import SEED, scaled
from tests.nightly.served import Lost, Phone, Process, free_port, is_healthy
from tests.support.post import Post, open_post
from tests.support.working import newest_worker, wait_for
from tests.support.world import World, make_world

pytestmark = pytest.mark.nightly

KILLS_OF_EACH = scaled(50, least=2)
SENDERS = 6
REACTIONS_OF_A_REPORT = 2


@dataclass
class Storm:
    """What the phones sent and were told, and how long each comeback took."""

    world: World
    port: int
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    told: dict[UUID, set[str]] = field(default_factory=dict)
    sent: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    tries: int = 0
    lost: int = 0
    comebacks: list[float] = field(default_factory=list)


def report(world: World, draw: random.Random) -> dict[str, Any]:
    """A whole report; of one in five nothing was done yet to make it safe."""
    then = (datetime.now(UTC) - timedelta(minutes=draw.randrange(1, 300))).isoformat()
    safe = draw.random() > 0.2
    return {
        "client_key": str(UUID(int=draw.getrandbits(128), version=4)),
        "form_version": "record@1",
        "service": str(draw.choice([world.home, world.other_home]).pk),
        "words": f"Slid off the chair in the lounge, number {draw.randrange(10**9)}.",
        "kinds": ["incident"],
        "occurred": {"from": then, "to": then, "as": "about"},
        "harm_body": "low",
        "harm_mind": "none",
        "safe_now": "yes" if safe else "no",
        "made_safe": "Helped her up, no injury seen." if safe else "",
        "met_safeguarding": "no",
        "met_clinical": "no",
        "met_family": "no",
        "confidential": False,
    }


def send_until_told(storm: Storm, seed: int, account: Account) -> None:
    """As a phone does: the same report with the same key, until an answer comes; then the next one."""
    draw, phone = random.Random(seed), Phone(storm.port, account)
    connection.close()
    while not storm.over.is_set():
        said = report(storm.world, draw)
        with storm.lock:
            storm.sent[UUID(said["client_key"])] = said
        deliver(storm, phone, said)


def deliver(storm: Storm, phone: Phone, said: dict[str, Any], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        storm.tries += 1
        try:
            status, reply = phone.send(said)
        except Lost:
            storm.lost += 1
            time.sleep(0.2)
            continue
        if status in (200, 201):
            with storm.lock:
                storm.told.setdefault(UUID(said["client_key"]), set()).add(reply["event"])
            return
        if status != 503:
            with storm.lock:
                storm.wrong.append((status, reply))
        time.sleep(0.2)
    with storm.lock:
        storm.wrong.append(("never answered", said["client_key"]))


def kill_again_and_again(
    process: Process, is_up: Callable[[], bool], draw: random.Random, longest: float, comebacks: list[float]
) -> None:
    """At a random moment of its work, and up again at once."""
    try:
        for _ in range(KILLS_OF_EACH):
            time.sleep(draw.uniform(0.05, longest))
            process.kill()
            began = time.monotonic()
            process.start()
            assert wait_for(is_up, 120), process.command
            comebacks.append(time.monotonic() - began)
    finally:
        connection.close()


class NewWorker:
    """True once for each worker that has come up, in all its lanes."""

    def __init__(self) -> None:
        self.last = newest_worker()

    def __call__(self) -> bool:
        newest = newest_worker()
        if newest < self.last + len(LANES):
            return False
        self.last = newest
        return True


@pytest.fixture
def world() -> World:
    made = make_world(at=timezone.now() - timedelta(days=3))
    now = timezone.now()
    for account in made.accounts.values():
        Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    with made.use():
        for service in (made.home, made.other_home):
            until = now + timedelta(days=1)
            lead = made.accounts["safeguarding_lead"].pk
            roster.add_duty(service=service, account_id=lead, starts_at=now, ends_at=until, by=made.system, at=now)
    return made


@pytest.fixture
def post() -> Iterator[Post]:
    with open_post() as opened:
        yield opened


def storm_over(world: World, post: Post) -> Storm:
    """Both processes up, phones sending, both killed again and again; then a calm end."""
    storm = Storm(world, free_port())
    environ = {"HEEDFUL_EMAIL_URL": f"smtp+plain://127.0.0.1:{post.port}"}
    web = Process(("serve", "--port", str(storm.port), "--workers", "1"), environ)
    worker, new = Process(("worker",), environ), NewWorker()
    web.start()
    worker.start()
    try:
        assert wait_for(lambda: is_healthy(storm.port), 180)
        assert wait_for(new, 180)
        people = [world.accounts[key] for key in ("care_worker", "colleague", "team_leader", "registered_manager")]
        senders = [
            threading.Thread(target=send_until_told, args=(storm, SEED + n, people[n % 4])) for n in range(SENDERS)
        ]
        draw = random.Random(SEED)
        killers = [
            threading.Thread(
                target=kill_again_and_again,
                args=(web, lambda: is_healthy(storm.port), random.Random(draw.random()), 7.0, storm.comebacks),
            ),
            threading.Thread(target=kill_again_and_again, args=(worker, new, random.Random(draw.random()), 4.0, [])),
        ]
        for one in (*senders, *killers):
            one.start()
        for one in killers:
            one.join()
        storm.over.set()
        for one in senders:
            one.join()
        replay(storm, people)
        assert wait_for(lambda: not unfinished(world), 600), unfinished(world)
    finally:
        storm.over.set()
        web.stop()
        worker.stop()
    return storm


def replay(storm: Storm, people: list[Account]) -> None:
    """Some phones missed the answer: they send what was stored long ago once more."""
    phones = [Phone(storm.port, account) for account in people]
    for number, said in enumerate(list(storm.sent.values())[::20]):
        outcomes = [phone.send(said) for phone in phones]
        mine = [reply["event"] for status, reply in outcomes if status == 200]
        assert sorted(status for status, _ in outcomes) == [200, 409, 409, 409], (number, outcomes)
        storm.told[UUID(said["client_key"])].update(mine)


def jobs(world: World) -> Counter[tuple[str, str]]:
    with world.use(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status, count(*) FROM procrastinate_jobs"
            " WHERE args->>'organisation_id' = %s GROUP BY 1, 2",
            [str(world.organisation.id)],
        )
        return Counter({(row[0], row[1]): row[2] for row in cursor.fetchall()})


def unfinished(world: World) -> dict[tuple[str, str], int]:
    return {key: count for key, count in jobs(world).items() if key[1] in ("todo", "doing")}


def test_after_a_hundred_kills_every_acknowledged_report_is_there_once_with_all_that_follows(
    world: World, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    storm = storm_over(world, post)
    assert storm.wrong == []
    with world.use():
        stored = dict(Event.objects.values_list("client_key", "pk"))
        numbers = sorted(Event.objects.values_list("number", flat=True))
        recorded = Entry.objects.filter(kind="event.recorded").count()
    # Every phone sent until it was told: stored, told and sent are the same, each with one id.
    assert {key: {str(pk)} for key, pk in stored.items()} == storm.told
    assert set(storm.sent) == set(storm.told)
    assert numbers == list(range(1, len(stored) + 1))
    assert recorded == len(stored)
    check_what_follows(world, len(stored))
    found = verify(world.organisation.id, anchor_file=Path(settings.HEEDFUL_ANCHOR_FILE))
    assert found.whole, (found.faults[:3], found.unexplained[:3])
    again = check_mails(world, post)
    slowest = max(storm.comebacks)
    with capsys.disabled():
        sys.stdout.write(
            f"\n| {KILLS_OF_EACH} kills of the web server, {KILLS_OF_EACH} of the worker |"
            f" {len(stored):,} acknowledged, {storm.tries:,} tries, {storm.lost:,} without an answer |"
            f" {found.entries:,} entries |"
            f" {again} mails twice | back after {sorted(storm.comebacks)[len(storm.comebacks) // 2]:.1f} s,"
            f" slowest {slowest:.1f} s |\n"
        )


def check_what_follows(world: World, reports: int) -> None:
    """Each reaction ran, and each notice stands there once."""
    done = jobs(world)
    assert {status for _, status in done} == {"succeeded"}, done
    assert done["heedful.react", "succeeded"] == REACTIONS_OF_A_REPORT * reports
    with world.use():
        deciders = dict(Assignment.objects.values_list("pk", "decider_id"))
        told = list(Notice.objects.filter(kind="event.decide").values_list("cause_id", "account_id"))
        alarms = list(Notice.objects.filter(kind="event.not_safe").values_list("cause_id", flat=True))
        not_safe = set(Event.objects.filter(safe_now="no").values_list("pk", flat=True))
    assert len(deciders) == reports
    assert Counter(told) == Counter(dict.fromkeys(deciders.items(), 1))
    assert Counter(alarms) == Counter(dict.fromkeys(not_safe, 1))


def check_mails(world: World, post: Post) -> int:
    """No mail is lost; one that was handed over twice has the same Message-ID. How many were."""
    with world.use():
        deliveries = dict(Delivery.objects.values_list("message_id", "state"))
        notices = Notice.objects.count()
    assert len(deliveries) == notices
    assert set(deliveries.values()) == {"sent"}
    taken = Counter(str(message_from_bytes(one)["Message-ID"]) for one in post.taken)
    ours = Counter({one: count for one, count in taken.items() if one in deliveries})
    assert set(ours) == set(deliveries)
    again = sum(ours.values()) - len(ours)
    # The worker hands two mails over at a time: a kill can catch two mails between hand-over and its record.
    assert again <= 2 * KILLS_OF_EACH, again
    return again
