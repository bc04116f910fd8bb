"""Reports as a phone would send them, for tests: only what differs has to be said."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from heedful.foundation.policies import Interval
from heedful.loop.incidents.operations import NewEvent, Recorded, record
from tests.support.world import START, World

NOW = START + timedelta(days=1)

FULL = {
    "kinds": ("incident",),
    "harm_body": "low",
    "harm_mind": "low",
    "safe_now": "yes",
    "made_safe": "Checked him over, helped him up with the hoist.",
    "met_safeguarding": "no",
    "met_clinical": "unsure",
    "met_family": "yes",
}


def report(world: World, *, at: datetime = NOW, **said: Any) -> NewEvent:
    """A whole report of a fall at Rowan House an hour ago."""
    values: dict[str, Any] = {
        "client_key": uuid4(),
        "service_id": world.home.id,
        "words": "Mr Kettleby slid off the chair in the lounge about three. He says his hip is fine.",
        "occurred": Interval.exactly(at - timedelta(hours=1)),
        "place": "Lounge",
        **FULL,
        **said,
    }
    return NewEvent(**values)


def told(world: World, *, by: str = "care_worker", at: datetime = NOW, **said: Any) -> Recorded:
    """Record a report in the name of one of the world's people."""
    with world.use():
        return record(report=report(world, at=at, **said), by=world.viewer(by), at=at)
