"""Three years of ordinary events: counts by month, then who, when and in which words. Pure, from one seed.

A month that is over is the same whatever day it is: each month of a service has dice of its own.

Rates are those of published studies where there are any. Counts are negative binomial: a month in a service has a
shock of its own, and a few people have many events. Near misses and worries rise as people dare to tell.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from math import exp, log
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from heedful.demo.script import Place, Topic, topics

SEED = 20_260_115
YEARS = 3
ZONE = ZoneInfo("Europe/London")
# Gamma shapes: the smaller, the more a month (or a person) differs from the others.
MONTH_SHAPE, TOPIC_SHAPE, PERSON_SHAPE = 9.0, 5.0, 0.6
# What grows as people learn that telling is safe, from the first day to the last.
TELLING = {"near_miss": (0.35, 1.75), "worry": (0.5, 1.5), "good": (0.5, 1.5)}
OTHERS = (1.06, 0.95)
# Monday to Sunday; mornings after a weekend are busy with what was not written down.
WEEKDAYS = (1.12, 1.0, 0.98, 1.0, 1.05, 0.95, 0.9)
# The rates of places.yaml, all together: about 4,000 events in three years.
BUSY = 1.2
K = TypeVar("K")


@dataclass(frozen=True)
class Happening:
    """One ordinary event. `person` and `colleague` are places in the service's lists; the words have blanks."""

    service: str
    topic: str
    type: str
    at: datetime
    told_at: datetime
    person: int
    colleague: int
    reporter: int
    words: str
    safe: str
    place: str
    harm: str
    mind: str

    @property
    def kinds(self) -> tuple[str, ...]:
        return topics()[self.topic].kinds


@dataclass(frozen=True)
class Month:
    """A service's month with how much care there was, and the days of it that are over."""

    first: date
    days: int
    whole: int
    amounts: dict[str, int]


def dice(place: Place, about: object) -> Random:
    """Chance for one thing in one service: the same each time, and nothing else changes it."""
    return Random(f"{SEED} {place.key} {about}")  # noqa: S311  # nosec B311  (nothing secret)


def months(place: Place, now: datetime) -> list[Month]:
    """The last three years, exposure drifting: homes fill up, rounds grow, a wing closes for a while."""
    today, found = now.astimezone(ZONE).date(), []
    first = date(today.year - YEARS, today.month, 1)
    while first <= today:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        whole = (following - first).days
        gone = (first.year - today.year + YEARS) + (first.month - today.month) / 12
        amounts = _amounts(place, gone / YEARS, whole, dice(place, f"care {first}"))
        found.append(Month(first, min(whole, (today - first).days + 1), whole, amounts))
        first = following
    return found


def _amounts(place: Place, gone: float, days: int, rng: Random) -> dict[str, int]:
    """Whole numbers: visits, or tenths of a bed day."""
    wave = 1 + rng.gauss(0, 0.02)
    if place.homecare:
        planned = round(place.people * place.visits_a_day * days * (0.82 + 0.18 * gone) * wave)
        return {"visits_planned": planned, "visits_delivered": round(planned * rng.uniform(0.975, 0.992))}
    full = 0.97 if not place.older else 0.86 + 0.08 * gone
    closed = 0.8 if place.key == "elm_court" and 0.45 < gone < 0.55 else 1.0
    return {"bed_days": min(round(place.people * days * full * closed * wave * 10), place.people * days * 10)}


def happenings(place: Place, spread: Sequence[Month], now: datetime, scale: float) -> list[Happening]:
    """Every ordinary event of a service, in no particular order."""
    busy = dice(place, "people")
    weights = list(accumulate(busy.gammavariate(PERSON_SHAPE, 1) + 0.02 for _ in range(place.people)))
    found = []
    for number, month in enumerate(spread):
        rng = dice(place, month.first)
        gone = number / max(1, len(spread) - 1)
        month_shock = rng.gammavariate(MONTH_SHAPE, 1 / MONTH_SHAPE)
        units = month.amounts[place.measure] / (1 if place.homecare else 10) * month.days / month.whole
        for slug, rate in place.rates.items():
            shock = month_shock * rng.gammavariate(TOPIC_SHAPE, 1 / TOPIC_SHAPE)
            count = poisson(rate / 1000 * units * _telling(slug, gone) * shock * scale * BUSY, rng)
            found += [_one(place, topics()[slug], month, weights, rng) for _ in range(count)]
    return [one for one in found if one.told_at < now]


def _telling(slug: str, gone: float) -> float:
    start, end = TELLING.get(slug, OTHERS)
    return start + (end - start) * gone


def _one(place: Place, topic: Topic, month: Month, weights: Sequence[float], rng: Random) -> Happening:
    at = _moment(month, topic, rng)
    what = rng.choice(topic.at_home if place.homecare and topic.at_home else topic.what)
    words = f"{what} {rng.choice(topic.more)}" if topic.more and rng.random() < 0.75 else what
    harm, mind = pick(topic.harm, rng) or "not_asked", pick(topic.mind, rng) or "not_asked"
    return Happening(
        service=place.key,
        topic=topic.slug,
        type=pick(topic.types, rng) or "other",
        at=at,
        told_at=at + _lag(rng),
        person=-1 if topic.nobody else bisect_right(weights, rng.random() * weights[-1]),
        colleague=rng.randrange(place.staff),
        reporter=rng.randrange(1000),
        words=words,
        safe=rng.choice(topic.safe) if topic.safe else "",
        place="" if place.homecare else rng.choice(topic.places),
        harm=harm,
        mind=mind,
    )


def _moment(month: Month, topic: Topic, rng: Random) -> datetime:
    """A day by its weekday, an hour by the topic's own peaks, minutes as people round them."""
    days = [month.first + timedelta(days=number) for number in range(month.days)]
    day = rng.choices(days, [WEEKDAYS[day.weekday()] for day in days])[0]
    hour = pick(topic.hours, rng)
    return datetime.combine(day, time(12 if hour is None else hour, rng.choice(range(0, 60, 5))), tzinfo=ZONE)


def _lag(rng: Random) -> timedelta:
    """Mostly within the shift; now and then after days off."""
    minutes = exp(rng.gauss(log(45), 1.1))
    if rng.random() < 0.08:
        minutes += rng.uniform(1, 5) * 24 * 60
    return timedelta(minutes=round(10 + minutes))


def pick(weights: Mapping[K, int], rng: Random) -> K | None:
    return rng.choices(list(weights), list(weights.values()))[0] if weights else None


def poisson(mean: float, rng: Random) -> int:
    """Knuth's product; means here are small."""
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
