"""The action hierarchy as it holds for a service on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from heedful.foundation.policies import ActionHierarchyPolicy, ActionKind, Nation, in_force, local_date
from heedful.foundation.workplace import queries as workplace


def first_service(service_ids: Iterable[UUID]) -> Any:
    """The service whose nation and clock count, where there are several."""
    return next((found for one in sorted(service_ids) if (found := workplace.service(one))), None)


def hierarchy(service: Any, on: date) -> ActionHierarchyPolicy:
    nation = service.nation if service else Nation.UK
    authority = service.host_authority if service else ""
    return in_force("action_hierarchy", on=on, nation=nation, authority=authority or None)


def today(service: Any, at: datetime) -> date:
    """The day on the wall of the service."""
    return local_date(at, service.time_zone if service else "Europe/London")


def kinds_of(rows: Iterable[Any]) -> dict[UUID, ActionKind | None]:
    """What the kind of each action is called and why it is as strong as it is, as it held on the day it was agreed."""
    found = list(rows)
    known = {row.pk: row for row in workplace.services({one for row in found for one in row.service_ids})}
    first = {row.pk: next((known[one] for one in sorted(row.service_ids) if one in known), None) for row in found}
    return {row.pk: hierarchy(first[row.pk], row.agreed_at.date()).find(row.kind) for row in found}
