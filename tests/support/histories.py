"""Years of events in a world, told before Heedful: made by the import's own operation, invented by a seed."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from heedful.foundation.access.models import new_id
from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Service
from heedful.loop.incidents.imported import Kept, Origin, Row, keep_history
from tests.support.world import World

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
LAST = date(2026, 2, 1)  # the last month that is over


def months(count: int, last: date = LAST) -> list[date]:
    """The first days of so many months up to `last`."""
    number = last.year * 12 + last.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - count + 1, number + 1)]


def happened(
    service: Service,
    day: date,
    type_: str = "fall",
    kinds: Iterable[str] = ("incident",),
    title: str = "Slid off a chair",
) -> Row:
    """One event at noon, UTC."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    values = {
        **{"title": title, "words": "", "place": "Lounge", "made_safe": "", "kinds": list(kinds), "type": type_},
        **{"subtype": "", "harm_body": "low", "harm_mind": "none", "aware_at": at, "recorded_at": at},
        **{"occurred_from": at, "occurred_to": at + timedelta(minutes=1), "occurred_as": "exact"},
        **{"local_date": day, "local_hour": 12, "local_weekday": day.weekday(), "financial_year": day.year},
    }
    external = uuid4().hex
    return Row(external, service.pk, title, values, (), hashlib.sha256(external.encode()).digest())


def monthly(service: Service, counts: Iterable[int], *, last: date = LAST, **kind: object) -> list[Row]:
    """So many events in each month, spread over its days, the newest month last."""
    counts = list(counts)
    rows = []
    for first, count in zip(months(len(counts), last), counts, strict=True):
        days = [first + timedelta(days=(index * 27) // max(count, 1)) for index in range(count)]
        rows += [happened(service, day, **kind) for day in days]  # type: ignore[arg-type]
    return rows


def keep(world: World, rows: list[Row], at: datetime = NOW) -> Kept:
    with world.use():
        return keep_history(rows=rows, origin=Origin("old log", new_id(), "record-1"), by=world.system, at=at)


def care(
    world: World, service: Service, amount: int, count: int = 36, *, last: date = LAST, source: str = "typed"
) -> None:
    """The same exposure in so many months, in the smallest unit of the service's measure."""
    amounts = [people.Amount(service.exposure_measure, month, amount) for month in months(count, last)]
    with world.use():
        people.record_exposure(service=service, amounts=amounts, source=source, by=world.system, at=NOW)


def steady(seed: int, usual: float, count: int = 36) -> list[int]:
    """A quiet series: the same chance every month."""
    random = Random(seed)
    return [sum(random.random() < usual / 60 for _ in range(60)) for _ in range(count)]


def ids(kept: Kept) -> list[UUID]:
    return list(kept.created.values())
