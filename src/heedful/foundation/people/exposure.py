"""How much care there was, as people write it and as it is stored: whole numbers of the smallest unit."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from heedful.foundation.people.models import Exposure, Service

# Stored units in one written unit: tenths in a bed day, minutes in an hour, visits as they are.
UNITS = {"bed_days": 10, "capacity_days": 10, "care_hours": 60, "visits_planned": 1, "visits_delivered": 1}
MONTHS_SHOWN = 12
LARGEST = 10**9
CLOCK = re.compile(r"(\d{1,7}):([0-5]\d)")


class NotAnAmount(ValueError):
    """What was written is no amount of this measure; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(written: str, measure: str) -> int:
    """1,150.5 bed days -> 11505; exactly, or not at all."""
    plain = written.replace(",", "").replace(" ", "").replace("\u00a0", "")
    clock = CLOCK.fullmatch(plain)
    if clock and measure == "care_hours":
        return int(clock[1]) * 60 + int(clock[2])
    try:
        amount = Decimal(plain) * UNITS[measure]
    except InvalidOperation:
        raise NotAnAmount("unreadable") from None
    if not amount.is_finite() or amount < 0:
        raise NotAnAmount("unreadable")
    if amount != amount.to_integral_value():
        raise NotAnAmount("too_fine")
    if amount > LARGEST:
        raise NotAnAmount("too_large")
    return int(amount)


def written(amount: int, measure: str) -> str:
    """11505 tenths of a bed day -> 1,150.5. Exactly: minutes that make no short number are written 1,204:31."""
    if measure == "care_hours" and amount * 100 % 60:
        return f"{amount // 60:,}:{amount % 60:02d}"
    text = f"{Decimal(amount) / UNITS[measure]:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def months_before(day: date, count: int = MONTHS_SHOWN) -> list[date]:
    """The first days of the last months that are over, newest first."""
    found = []
    year, month = day.year, day.month
    for _step in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found.append(date(year, month, 1))
    return found


def measures_of(service: Service) -> list[str]:
    """What is asked for here: the measure of its rates, and for visits both planned and delivered."""
    if service.exposure_measure.startswith("visits_"):
        return ["visits_planned", "visits_delivered"]
    return [service.exposure_measure] if service.exposure_measure in UNITS else []


def most(service: Service, measure: str, month: date) -> int | None:
    """More than this is surprising: every bed, every day."""
    if measure != "bed_days" or not service.capacity:
        return None
    return service.capacity * monthrange(month.year, month.month)[1] * UNITS[measure]


def most_of(service: Service, month: date) -> dict[str, int | None]:
    return {measure: most(service, measure, month) for measure in measures_of(service)}


@dataclass(frozen=True)
class Row:
    """One month of one service."""

    month: date
    amounts: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def missing(self) -> bool:
        return "" in self.amounts


def rows(service: Service, known: Mapping[tuple[UUID, date, str], Exposure], day: date) -> list[Row]:
    """The last months of a service, newest first."""
    measures = measures_of(service)
    found = []
    for month in months_before(day):
        stored = [known.get((service.pk, month, measure)) for measure in measures]
        amounts = tuple(written(one.amount, one.measure) if one else "" for one in stored)
        found.append(Row(month, amounts, tuple(one.source if one else "" for one in stored)))
    return found
