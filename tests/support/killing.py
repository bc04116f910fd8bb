"""A worker that is killed in the middle of its jobs, again and again; how soon others go on, and which mails repeat."""

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes

from django.db import connection, transaction

from heedful.foundation.notices.models import Delivery
from heedful.hosting.health import SEE_ALL_JOBS
from tests.support.post import Post
from tests.support.working import Worker, newest_worker, wait_for
from tests.support.world import World

DOING = "SELECT id, worker_id FROM procrastinate_jobs WHERE status = 'doing'"


@dataclass
class Killer:
    """`caught`: how many jobs each kill cut short.

    `boots`: from each kill until the next worker was there; `comebacks`: until all it cut short was taken over.
    """

    worker: Worker
    post: Post
    worlds: tuple[World, ...]
    draw: random.Random
    caught: list[int] = field(default_factory=list)
    boots: list[float] = field(default_factory=list)
    comebacks: list[float] = field(default_factory=list)
    # Each mail that the mail server had, and Heedful did not know of, when the worker was killed: how often.
    between: Counter[str] = field(default_factory=Counter)
    _seen: Counter[str] = field(default_factory=Counter)

    def strike(self) -> None:
        """Within a second, at a moment when something is being done; and start the next worker at once."""
        time.sleep(self.draw.uniform(0, 1))
        wait_for(lambda: bool(doing()), 10)
        time.sleep(self.draw.uniform(0, 0.03))
        self.worker.kill()
        began, left, last = time.monotonic(), doing(), newest_worker()
        self._note_mails()
        self.worker.start()
        self.caught.append(len(left))
        assert wait_for(lambda: newest_worker() > last, 90), "no worker came back"
        self.boots.append(time.monotonic() - began)
        if left:
            assert wait_for(lambda: not left & doing(), 90), "what was cut short was not taken over"
            self.comebacks.append(time.monotonic() - began)

    def _note_mails(self) -> None:
        time.sleep(0.3)  # The mail server may still be reading what was sent to it.
        had, known = taken(self.post), states(self.worlds)
        for mail, count in had.items():
            if known.get(mail) != "sent" and count > self._seen[mail]:
                self.between[mail] += 1
        self._seen = had


def doing() -> set[tuple[int, int | None]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEE_ALL_JOBS)
        cursor.execute(DOING)
        return {(int(row[0]), row[1]) for row in cursor.fetchall()}


def taken(post: Post) -> Counter[str]:
    """How often the mail server took each mail, by its Message-ID."""
    return Counter(str(message_from_bytes(raw)["Message-ID"]) for raw in list(post.taken))


def states(worlds: tuple[World, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for world in worlds:
        with world.use():
            found |= dict(Delivery.objects.values_list("message_id", "state"))
    return found


def strike_through(killer: Killer, kills: int, feed: Callable[[int], None]) -> None:
    """Something new to do before each kill."""
    for number in range(kills):
        feed(number)
        killer.strike()
