"""Filling an empty database with the demonstration, in one transaction: an interruption leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.urls import get_resolver
from django.utils import timezone

from heedful.config import warm
from heedful.demo import before, cast, landing, reports, simulate, steps, world
from heedful.demo.handover import Handover
from heedful.demo.landing import Landing
from heedful.demo.living import Life
from heedful.demo.script import Place, places, stories, topics
from heedful.demo.world import House, World
from heedful.foundation.access import tenant
from heedful.foundation.access.models import Installation
from heedful.foundation.people import operations as people

# How much is done, from 0 to 1, and what is being done.
Progress = Callable[[float, str], None]
# A lock of its own: two loads at once would both find the database empty.
LOCK = 7_304_451
# The theme's falls are told one by one; no chance fall of those weeks stands beside them. Here the change that
# followed works: of the chance falls since, about two in five do not happen.
THEME_TOPIC, PREVENTED = "fall", 0.4
FURNISHED, BROUGHT = 0.2, 0.3
FEW_PEOPLE, FEW_STAFF = 8, 13


class NotHere(Exception):
    """The demonstration may not be loaded here; the message says why."""


def load_demo(progress: Progress, *, scale: float = 1.0, now: datetime | None = None) -> bool:
    """Load it, unless it is there already; True when it was loaded now. `scale` thins out ordinary events."""
    if not settings.HEEDFUL_DEMO:
        raise NotHere("Only a database that is started as a demonstration takes invented people: use `heedful demo`.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if Installation.objects.filter(demo=True).exists():
                return False
            cursor.execute("SELECT heedful_has_organisations()")
            if cursor.fetchone()[0]:
                raise NotHere("There is an organisation in this database already: invented people do not go beside it.")
        moment = now or timezone.now()
        build(cast.CODE, moment, progress, scale=scale)
        Installation.objects.update_or_create(pk=1, defaults={"demo": True, "made_at": moment})
    return True


def get_ready() -> None:
    """What else a load would stop for on its way: the addresses in mails, the looks at a measure, data files."""
    get_resolver().url_patterns  # noqa: B018  (asking makes them)
    warm.load()
    stories(), places(), topics()


@dataclass(frozen=True)
class Built:
    """How much there is."""

    world: World
    history: int
    deeds: int


def build(code: str, now: datetime, progress: Progress, *, scale: float = 1.0) -> Built:
    """Larkrise Care under a code; `load_demo` guards where."""
    rng = Random(simulate.SEED)  # noqa: S311  # nosec B311  (the same people and events each time; nothing secret)
    made = world.found(code, now, rng)
    with tenant.use(made.organisation.pk):
        seen = iter(range(1, 1000))
        world.furnish(made, _sized(scale), lambda name: progress(FURNISHED * next(seen) / 13, name))
        life = Life(made, lambda part: progress(BROUGHT + (1 - BROUGHT) * part, "Reports and decisions"))
        history = 0
        for number, house in enumerate(made.houses.values()):
            progress(FURNISHED + (BROUGHT - FURNISHED) * number / len(made.houses), "Three years before")
            history += _past(made, house, life, scale)
        for story in stories():
            life.tell(reports.told(made, made.houses[story.service], story))
        Handover(life).plan()
        Landing(life).plan()
        deeds = life.run()
    progress(1.0, "Done")
    return Built(made, history, deeds)


def _sized(scale: float) -> list[Place]:
    """The services; for a thin demonstration with the people that stories name and few others."""
    if scale >= 1:
        return list(places())
    return [replace(one, people=min(one.people, FEW_PEOPLE), staff=min(one.staff, FEW_STAFF)) for one in places()]


def _past(made: World, house: House, life: Life, scale: float) -> int:
    """Exposure and ordinary events of one service: history until it used Heedful, reports since."""
    place, by = house.place, made.system
    spread = simulate.months(place, made.now)
    over = [month for month in spread if month.days == month.whole]
    amounts = [people.Amount(name, month.first, amount) for month in over for name, amount in month.amounts.items()]
    live_since = made.now - timedelta(days=place.days_live)
    people.record_exposure(service=house.service, amounts=amounts, source="imported", by=by, at=live_since)
    ordinary = simulate.happenings(place, spread, made.now, scale)
    events = [one for one in ordinary if not _told_apart(one, made, live_since)]
    for event in events:
        if event.at >= live_since:
            life.tell(reports.ordinary(made, house, event))
    return before.bring_in(made, house, [one for one in events if one.at < live_since], live_since)


def _told_apart(event: simulate.Happening, made: World, live_since: datetime) -> bool:
    """Is this an event that a story tells better: the theme's falls, or anything new about somebody in a story?"""
    if event.service == landing.PLACE and event.topic == THEME_TOPIC and _among_the_falls(event, made):
        return True
    house = made.houses[event.service]
    return event.person >= 0 and event.at >= live_since and house.called[event.person].name in _in_stories()


def _among_the_falls(event: simulate.Happening, made: World) -> bool:
    first, last = (steps.day_before(made.now, days) for days in landing.SPELL)
    day = event.at.date()
    prevented = simulate.dice(made.houses[landing.PLACE].place, f"{event.at} {event.person}").random() < PREVENTED
    return first <= day <= last or (day >= landing.begins(made.now) and prevented)


@cache
def _in_stories() -> frozenset[str]:
    return frozenset(story.person for story in stories())
