"""How long what hangs on a case is kept: the hold of any of its cases, and the day on which the row itself ended."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from heedful.foundation.ledger.hanging import Hanging, to
from heedful.foundation.policies import local_date


def keep(room: Iterable[Hanging], *rows: Model) -> None:
    """Called by the operations that begin and end a stage, inside their transaction and ledger entry."""
    for row in rows:
        for hanging in room:
            if hanging.model is type(row) and follow(hanging, Q(pk=row.pk)):
                row.refresh_from_db(fields=["legal_hold", "retain_from"])


def keep_cases(room: Iterable[Hanging], event_ids: Iterable[UUID]) -> int:
    """All that hangs on these cases, after something changed about them. Returns how many rows changed."""
    ids = list(event_ids)
    return sum(follow(hanging, hanging.of_cases(ids)) for hanging in room if hanging.has_marks)


def follow(hanging: Hanging, where: Q) -> int:
    """Work out the marks of these rows anew. Only what differs is written; returns how many."""
    rows = hanging.rows(where)
    held = set(hanging.rows(where & hanging.of_held()).values_list("pk", flat=True)) if hanging.events else set()
    days = _own_days(hanging, where) if hanging.ended else _days_of_cases(hanging, where)
    changed = 0
    for pk, legal_hold, since in list(rows.values_list("pk", "legal_hold", "retain_from")):
        marks: dict[str, Any] = {"legal_hold": pk in held, "retain_from": days.get(pk)}
        if marks != {"legal_hold": legal_hold, "retain_from": since}:
            changed += hanging.model._default_manager.filter(pk=pk).update(**marks)
    return changed


def _own_days(hanging: Hanging, where: Q) -> dict[UUID, date | None]:
    """The last of its ends, by the organisation's clock."""
    over = hanging.rows(where).exclude(hanging.going_on)
    rows = over.values_list("pk", "organisation__time_zone", *hanging.ended)
    return {pk: _last(ends, zone) for pk, zone, *ends in rows}


def _last(ends: Iterable[datetime | None], zone: str) -> date | None:
    known = [end for end in ends if end is not None]
    return local_date(max(known), zone) if known else None


def _days_of_cases(hanging: Hanging, where: Q) -> dict[UUID, date | None]:
    """A part of a case is kept from the day on which that is; one of several from the day on which the last is."""
    found: dict[UUID, list[date | None]] = {}
    for path in hanging.events:
        rows = hanging.rows(where).filter(**{to(path, "pk") + "__isnull": False})
        for pk, day in rows.values_list("pk", to(path, "retain_from")):
            found.setdefault(pk, []).append(day)
    return {pk: None if None in days else max(day for day in days if day) for pk, days in found.items()}
