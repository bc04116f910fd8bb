"""Room for care from a service's capacity: whole months in tenths of a day. Not occupancy, and named so."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from heedful.intake.mapping import Exposure

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Amount:
    """How much room there was in one month."""

    month: date
    measure: str
    tenths: int


def months(spec: Exposure) -> Iterator[date]:
    """The first day of every month that the map names."""
    year, month = spec.first_month.year, spec.first_month.month
    while (year, month) <= (spec.last_month.year, spec.last_month.month):
        yield date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def amounts(spec: Exposure, capacity: int) -> Iterator[Amount]:
    """Capacity times days, for every month."""
    for month in months(spec):
        yield Amount(month, spec.measure, capacity * monthrange(month.year, month.month)[1] * TENTHS)
