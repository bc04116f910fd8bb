"""Actions as a manager would agree them, for tests: only what differs has to be said."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from heedful.loop.actions import operations
from heedful.loop.actions.models import Action
from heedful.loop.actions.operations import Aim, NewAction, Refused
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews.models import Review
from tests.support.reports import NOW, told
from tests.support.world import World

MANAGER, LEADER = "registered_manager", "team_leader"
LATER = NOW + timedelta(days=2)
TODAY = LATER.date()


def reviewed(world: World, *, by: str = "registered_manager", **said: Any) -> Review:
    """A review of one report."""
    event = told(world, **said).event
    with world.use():
        return opened(world, event.pk, by=by)


def opened(world: World, event_id: UUID, *, by: str = "registered_manager") -> Review:
    """A review of this report; inside `world.use()`."""
    return reviews.open_review(event_ids=[event_id], kind="huddle", by=world.viewer(by), at=LATER)


def planned(world: World, review_id: UUID | None, **said: Any) -> NewAction:
    """A checklist that the team leader leads, to bring falls down by a third."""
    values: dict[str, Any] = {
        "client_key": uuid4(),
        "review_id": review_id,
        "what_will_differ": "A written checklist goes from shift to shift, chart by chart.",
        "kind": "checklist",
        "lead_id": world.staff["team_leader"].pk,
        "due_on": TODAY + timedelta(days=14),
        "starts_on": TODAY + timedelta(days=14),
        "aim": Aim.fewer("fall"),
        "reaudit_question": "Was the checklist read aloud?",
        "reaudit_on": [TODAY + timedelta(days=days) for days in (17, 56, 98)],
        **said,
    }
    return NewAction(**values)


def agreed(
    world: World,
    review_id: UUID | None = None,
    *,
    by: str = "registered_manager",
    at: datetime = LATER,
    **said: Any,
) -> Action:
    """Agreed by the manager, on a review of its own unless one is named."""
    if review_id is None and "theme_id" not in said:
        review_id = reviewed(world).pk
    with world.use():
        return operations.agree(plan=planned(world, review_id, **said), by=world.viewer(by), at=at)


def done(world: World, action: Action, *, by: str = "team_leader", words: str = "It lies on the desk.") -> Action:
    with world.use():
        return operations.say_done(action_id=action.pk, words=words, by=world.viewer(by), at=LATER)


def affected(world: World) -> tuple[Named, ...]:
    """Two people supported, to whom it happened."""
    return tuple(Named(part="affected", person_id=one.pk) for one in world.people[:2])


def refusal(world: World, field: str, *, review_id: Any = None, by: str = MANAGER, **said: Any) -> str:
    """What is said at that field; nothing may be stored."""
    review_id = review_id or reviewed(world).pk
    with world.use():
        before = Action.objects.count()
        with pytest.raises(Refused) as refused:
            operations.agree(plan=planned(world, review_id, **said), by=world.viewer(by), at=LATER)
        assert Action.objects.count() == before
    found = {problem.field: problem.text for problem in refused.value.problems}
    assert field in found, found
    return found[field]
