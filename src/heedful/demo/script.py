"""What the demonstration is made of, read from the data files beside this module."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
HOMECARE = "visits_planned"


@dataclass(frozen=True)
class Place:
    """One service of Larkrise Care."""

    key: str
    name: str
    kind: str
    unit: str
    measure: str
    people: int
    authority: str
    teams: tuple[str, ...]
    days_live: int
    older: bool
    staff: int
    rates: dict[str, float]
    visits_a_day: float = 0

    @property
    def homecare(self) -> bool:
        return self.measure == HOMECARE


@dataclass(frozen=True)
class Topic:
    """One thing that people report, with the words they use and when it happens."""

    slug: str
    what: tuple[str, ...]
    types: dict[str, int]
    hours: dict[int, int]
    harm: dict[str, int]
    mind: dict[str, int]
    places: tuple[str, ...]
    more: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    at_home: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("incident",)
    short: bool = False
    nobody: bool = False


@dataclass(frozen=True)
class Story:
    """One event that is told word for word."""

    service: str
    by: str
    words: str
    kinds: tuple[str, ...]
    at: tuple[int, str]
    type: str = ""
    person: str = ""
    after_minutes: int = 40
    harm: str = "none"
    mind: str = "none"
    place: str = ""
    safe_now: str = "yes"
    made_safe: str = ""
    discharge_days: int | None = None
    safeguarding: str = "no"
    why: str = ""
    confidential: bool = False
    source: str = ""
    others: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    # "decide": by its decider in good time; "wait": still open; "ask": sent back with `question`, which waits.
    then: str = "decide"
    decided: str = ""
    # Minutes from telling to deciding; without it the decision comes in good time. "wait": its duties are still open.
    decided_after: int | None = None
    duties: str = ""
    # The manager raises it with the council, whatever is suggested.
    raised: bool = False
    # The manager has the team look at it, whatever is suggested.
    by_team: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    question: str = ""
    # The story that goes on after the decision, and whether it also tells how this event was looked into.
    story: str = ""
    reviewed_in_story: bool = False


@cache
def places() -> tuple[Place, ...]:
    return tuple(Place(**_frozen(row)) for row in read("places")["services"])


@cache
def authorities() -> dict[str, str]:
    found: dict[str, str] = read("places")["authorities"]
    return found


@cache
def topics() -> dict[str, Topic]:
    return {slug: Topic(slug=slug, **_frozen(row)) for slug, row in read("words").items()}


@cache
def stories() -> tuple[Story, ...]:
    return tuple(Story(**_frozen(row)) for row in read("stories"))


@cache
def read(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
