"""The whole proof, for a few kills or many: after all of them everything happened, and happened once."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from heedful.foundation.ledger.verify import verify
from tests.support import long_day
from tests.support.killing import Killer, states, strike_through, taken
from tests.support.own_database import own_database
from tests.support.post import open_post
from tests.support.working import jobs, unfinished, wait_for, working


@dataclass(frozen=True)
class Outcome:
    """What the day came to, as far as a line in the documentation goes."""

    kills: int
    cut_short: int
    done: int
    mails: int
    again: int
    boots: list[float]
    comebacks: list[float]


def survive(kills: int, seed: int, *, reports: int) -> Outcome:
    """Kill the worker that often, let it finish, and compare with the same day without a worker or a kill.

    `reports`: how many are fed to it before each kill.
    """
    calm = long_day.calm([reports] * kills)
    with _mail_by_smtp(), own_database() as environ, open_post() as post:
        day = long_day.begin()
        address = {"HEEDFUL_EMAIL_URL": f"smtp+plain://127.0.0.1:{post.port}"}
        post.pause = 0.05
        with working({**environ, **address}) as worker:
            killer = Killer(worker, post, day.worlds, random.Random(seed))
            strike_through(killer, kills, lambda _: _work_comes(day, reports))
            long_day.defer_schedule()
            assert wait_for(lambda: not unfinished(), 300), unfinished()
            worker.stop()
        assert {status for _, status in jobs()} == {"succeeded"}
        assert long_day.effects(day) == calm
        mails = states(day.worlds)
        assert set(mails.values()) == {"sent"}, Counter(mails.values())
        had = taken(post)
        # Once, and once more for each kill between hand-over and its record; never under another name.
        assert had == Counter(dict.fromkeys(mails, 1)) + killer.between
        for world in day.worlds:
            found = verify(world.organisation.id, anchor_file=Path(environ["HEEDFUL_DATA_DIR"]) / "anchors")
            assert not found.faults, found.faults[:3]
        done = sum(jobs().values())
        again = sum(killer.between.values())
        boots, comebacks = sorted(killer.boots), sorted(killer.comebacks)
        return Outcome(kills, sum(killer.caught), done, len(mails), again, boots, comebacks)


def _work_comes(day: long_day.LongDay, reports: int) -> None:
    long_day.feed(day, reports)
    long_day.defer_schedule()


@contextmanager
def _mail_by_smtp() -> Iterator[None]:
    before, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
