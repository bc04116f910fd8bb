"""When a time limit runs out: from the moment somebody became aware, over working days and bank holidays."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import holidays

from heedful.foundation.policies.errors import NoPolicyInForce
from heedful.foundation.policies.loader import in_force
from heedful.foundation.policies.schema import Clock
from heedful.foundation.policies.times import Interval, local_date, moment

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@lru_cache(maxsize=512)
def bank_holidays(nation: str, year: int) -> dict[date, str]:
    """The bank holidays of a nation in a year, with their names."""
    calendar = in_force("bank_holidays", on=date(year, 12, 31), nation=nation).calendars[0]
    days = holidays.country_holidays("GB", subdiv=calendar.subdivision, years=year)
    if not days:
        raise NoPolicyInForce(f"The bank holidays of {year} are not known.")
    return {day: str(name) for day, name in days.items()}


def is_working_day(on: date, nation: str) -> bool:
    """Neither a weekend nor a bank holiday in that nation."""
    holiday = bank_holidays(nation, on.year)
    weekend = in_force("bank_holidays", on=on, nation=nation).calendars[0].weekend
    return _WEEKDAYS[on.weekday()] not in weekend and on not in holiday


def add_working_days(on: date, count: int, nation: str) -> date:
    """The working day that is `count` working days after the day; the day itself does not count."""
    day = on
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day, nation):
            day += timedelta(days=1)
    return day


def deadline_for(clock: Clock, became_aware: datetime | Interval, *, zone: str, nation: str) -> datetime:
    """The moment, in UTC, when the limit runs out. Of an approximate time the earliest counts."""
    start = became_aware.earliest if isinstance(became_aware, Interval) else became_aware
    if start.tzinfo is None:
        raise ValueError("A clock can only start at a moment that knows its time zone.")
    if clock.unit == "minutes":
        return start.astimezone(UTC) + timedelta(minutes=clock.amount)
    if clock.unit == "hours":
        return start.astimezone(UTC) + timedelta(hours=clock.amount)
    if clock.unit == "next_time_of_day":
        return _next_time_of_day(clock, start.astimezone(UTC) + timedelta(hours=clock.amount), zone)
    today = local_date(start, zone)
    if clock.unit == "days":
        return moment(today + timedelta(days=clock.amount), clock.local_time, zone)
    return moment(add_working_days(today, clock.amount, nation), clock.local_time, zone)


def _next_time_of_day(clock: Clock, not_before: datetime, zone: str) -> datetime:
    today = local_date(not_before, zone)
    candidate = moment(today, clock.local_time, zone)
    return candidate if candidate >= not_before else moment(today + timedelta(days=1), clock.local_time, zone)
