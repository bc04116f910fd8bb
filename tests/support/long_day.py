"""A provider with much to do by itself: what is fed to the worker, and what must have come of it in the end."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from heedful.config import jobs, schedule
from heedful.foundation.access import tenant
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.foundation.people.models import Account
from heedful.loop.actions.models import Action, Escalation
from heedful.loop.audits.models import Audit
from heedful.loop.effects.models import Verdict
from heedful.loop.feedback.models import KnownResult
from heedful.loop.incidents.models import Assignment
from heedful.loop.reviews.models import Review, Theme
from tests.support import verdicts
from tests.support.acting import agreed, opened
from tests.support.jobs import run_jobs
from tests.support.reports import told
from tests.support.reviews import only_decide
from tests.support.world import World, make_world

# Reports of three weeks ago: by now their reviews are late, and so is telling whoever told us.
AGO = timedelta(days=20)
MADE: tuple[type[Model], ...] = (Action, Assignment, Audit, Escalation, KnownResult, Review, Theme, Verdict)
Effects = Counter[tuple[str, str]]
T = TypeVar("T")


@dataclass(frozen=True)
class LongDay:
    """`busy` gets reports, decisions and actions; `judged` has a change that made no difference."""

    busy: World
    judged: World
    now: datetime

    @property
    def worlds(self) -> tuple[World, World]:
        return self.busy, self.judged


def begin() -> LongDay:
    day = LongDay(make_world(), make_world(), timezone.now())
    for world in day.worlds:
        for account in world.accounts.values():
            Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    verdicts.years(day.judged, [4] * 8)
    verdicts.change(day.judged)
    return day


def feed(day: LongDay, reports: int) -> None:
    """Reports and decisions, and an action of last spring. All that follows is left to the worker."""
    at, busy = day.now - AGO, day.busy
    for number in range(reports):
        event = _as_a_page(busy, partial(told, busy, at=at, place=f"Room {number}")).event
        _as_a_page(busy, partial(only_decide, busy, event, at=at + timedelta(hours=1), settled=True))
    of_spring = _as_a_page(busy, partial(told, busy)).event
    review = _as_a_page(busy, partial(opened, busy, of_spring.pk))
    _as_a_page(busy, partial(agreed, busy, review.pk))


def _as_a_page(world: World, work: Callable[[], T]) -> T:
    """In one transaction that begins again when the database stops it: the worker is at the same rows."""
    return tenant.run(world.organisation.id, work)


def defer_schedule() -> None:
    """As if the hour of the day and the day of the month had come."""
    jobs.every_day.defer(timestamp=0)
    jobs.every_month.defer(timestamp=0)


def calm(feeds: Iterable[int]) -> Effects:
    """The same day in an organisation where every job is done once, here and in order."""
    day = begin()
    for reports in feeds:
        feed(day, reports)
    for world in day.worlds:
        for function in (*schedule.DAILY, *schedule.MONTHLY):
            with tenant.use(world.organisation.id):
                jobs.scheduled.defer(function=function, organisation_id=str(world.organisation.id))
        run_jobs(world.organisation.id)
    return effects(day)


def effects(day: LongDay) -> Effects:
    """How many there are of everything that was written, made and said."""
    found: Effects = Counter()
    for name, world in (("busy", day.busy), ("judged", day.judged)):
        with world.use():
            said: list[Any] = [*Entry.objects.values_list("kind", flat=True)]
            said += [f"notice {kind}" for kind in Notice.objects.values_list("kind", flat=True)]
            said += [model.__name__ for model in MADE for _ in range(model._default_manager.count())]
        found.update((name, one) for one in said)
    return found
