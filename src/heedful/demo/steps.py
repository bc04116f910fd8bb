"""Small steps that the worked stories share: days and hours, keys, a finding, a sample that is drawn and answered."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from heedful.demo.simulate import ZONE
from heedful.foundation.access.viewer import Viewer
from heedful.loop.audits import operations as audits
from heedful.loop.reviews import operations as reviews
from heedful.oversight.governance import operations as governance

EACH = timedelta(minutes=4)


def day_before(now: datetime, days: int) -> date:
    """So many days before today, on the wall."""
    return now.astimezone(ZONE).date() - timedelta(days=days)


def at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=ZONE)


def key(rng: Random) -> UUID:
    """What a form would bring along, the same in each load."""
    return UUID(int=rng.getrandbits(128), version=4)


def account(staff: Any) -> UUID:
    found: UUID = staff.account_id
    return found


def found(row: Any, text: str, factor: str, *, by: Viewer, at: datetime) -> UUID:
    """One thing that must change."""
    made = reviews.add_finding(review_id=row.pk, version=row.version, text=text, factor=factor, by=by, at=at)
    number: UUID = made.pk
    return number


def sampled(
    audit_id: UUID,
    population: audits.Population,
    size: int,
    *,
    misses: Collection[int],
    by: Viewer,
    at: datetime,
    note: str = "",
) -> None:
    """Drawn, answered one by one, finished. `misses`: the places in the sample where the answer was no."""
    audits.draw(audit_id=audit_id, population=population, size=size, by=by, at=at)
    for position in range(1, size + 1):
        said = "no" if position in misses else "yes"
        words = note if position in misses else ""
        audits.answer(audit_id=audit_id, position=position, said=said, note=words, by=by, at=at + position * EACH)
    audits.finish(audit_id=audit_id, by=by, at=at + (size + 1) * EACH)


def minuted(
    meeting_id: UUID,
    said: Mapping[str, str],
    decision: Mapping[str, Any],
    *,
    there: list[UUID],
    by: Viewer,
    at: datetime,
) -> None:
    """Written down on the day of the meeting: what was said, and the one thing that was decided."""
    governance.write_minutes(
        meeting_id=meeting_id, version=1, present=there, guests="", said=said["said"], by=by, at=at
    )
    governance.decide(meeting_id=meeting_id, text=said["decision"], **decision, by=by, at=at)
