"""What is late is said: to the lead of a review first, then to those above."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from heedful.foundation.notices.late import Late, Round
from heedful.foundation.workplace import queries as workplace
from heedful.loop.reviews import links, queries
from heedful.loop.reviews.models import Review


def remind_of_late(*, organisation_id: UUID, at: datetime) -> dict[UUID, dict[str, list[UUID]]]:
    """Of every open review whose day is over: who was told now, by review and step. May run twice a day."""
    look = Round(organisation_id, at)
    found = {row.pk: look.remind(_late(row, events)) for row, events in queries.late(at.date())}
    return {review_id: told for review_id, told in found.items() if told}


def _late(row: Review, events: list[Any]) -> Late:
    there = {event.service_id: event.service for event in events}
    if row.theme is not None and not there:
        there = {one: service for one in row.theme.service_ids if (service := workplace.service(one))}
    assert row.due_on is not None
    return Late(
        what="review",
        subject_id=row.pk,
        due_on=row.due_on,
        owners=(row.lead_id,) if row.lead_id else (),
        services=tuple(there.values()),
        link=links.to_review(row.pk),
        may_see=partial(queries.sees_review, row),
    )
