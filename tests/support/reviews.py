"""Decisions and reviews for tests: only what differs has to be said."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from heedful.foundation.policies import Level
from heedful.loop.duties import operations as duties
from heedful.loop.duties import reading
from heedful.loop.incidents import queries as events
from heedful.loop.reviews import operations
from tests.support.reports import NOW
from tests.support.world import World

LATER = NOW + timedelta(hours=1)
SAID = {
    "what_happened": "The tablet due at eight was given at half past ten.",
    "why": "The chart was in another room when the shift changed.",
    "what_made_it_likely": "Handover is by the phone, and it rang seven times in twenty minutes.",
    "what_must_change": "Hand over at the trolley, chart by chart.",
    "factors": ["tasks.handovers", "tasks.interruptions"],
}


def decide(
    world: World,
    event: Any,
    *,
    level: Level | None = None,
    by: str = "registered_manager",
    at: datetime = LATER,
    settled: bool = False,
) -> Any:
    """Decide as suggested or at a level, and open the review that this asks for. `settled`: nothing is left to do."""
    row = only_decide(world, event, level=level, by=by, at=at, settled=settled)
    with world.use():
        operations.open_if_required(event_id=event.pk, by=world.system, at=at)
    return row


def only_decide(
    world: World, event: Any, *, level: Level | None = None, by: str = "registered_manager", at: datetime, settled: bool
) -> Any:
    """The decision; what follows from it is left to the reactions."""
    viewer = world.viewer(by)
    with world.use():
        suggested = reading.suggest(events.event(event.pk, viewer=viewer), viewer=viewer)
        answers = tuple(
            duties.Answered(one.classification, "no" if settled or one.answer == "ask" else one.answer, "Looked at.")
            for one in suggested.classifications
        )
        decision = duties.Decision(
            level=level or suggested.level, why="A plain reason.", classifications=answers, title=event.title
        )
        return duties.triage(event_id=event.pk, decision=decision, by=viewer, at=at)


def write_all(world: World, review: Any, *, by: str = "registered_manager", at: datetime = LATER, **said: Any) -> Any:
    """Answer everything in one go."""
    with world.use():
        return operations.answer(
            review_id=review.pk,
            version=review.version,
            answers=operations.Answers(**(SAID | said)),
            by=world.viewer(by),
            at=at,
        )


def finish(world: World, review: Any, *, by: str = "registered_manager", at: datetime = LATER, **said: Any) -> Any:
    """Answer everything and close it; what must change is found where a review of this kind asks for it."""
    row = write_all(world, review, by=by, at=at, **said)
    viewer = world.viewer(by)
    with world.use():
        if row.kind != "reflection":
            operations.add_finding(
                review_id=row.pk,
                version=row.version,
                text="Hand over at the trolley.",
                factor="tasks.handovers",
                by=viewer,
                at=at,
            )
            row.refresh_from_db()
        return operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=at)


def open_theme(world: World, ids: list[UUID], *, by: str = "registered_manager", **said: Any) -> Any:
    """A theme of these events."""
    known = {"name": "Handover by the phone", "why": "All at the change of shift.", "client_key": uuid4(), "at": LATER}
    with world.use():
        return operations.open_theme(event_ids=ids, by=world.viewer(by), **(known | said))
