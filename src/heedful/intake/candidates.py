"""What a row becomes, and what has to be known to read it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from heedful.intake.lookups import Coder
from heedful.intake.mapping import EventMap


class Places(Protocol):
    """The services that are known."""

    def key(self, text: str) -> str | None: ...
    def zone(self, key: str) -> ZoneInfo: ...
    def near(self, text: str) -> str: ...
    @property
    def may_create(self) -> bool: ...


class How(Protocol):
    """What decides how a row is read."""

    @property
    def event_map(self) -> EventMap: ...
    @property
    def coders(self) -> Mapping[str, Coder]: ...
    @property
    def places(self) -> Places: ...
    @property
    def today(self) -> date: ...


class NewPlace(NamedTuple):
    """What a row says about a service that is not known yet."""

    name: str
    kind: str
    area: str


class Candidate(NamedTuple):
    """An event ready to be stored. `values` holds only what the map names: the rest of a stored event stays."""

    row: int
    record: str
    service: str
    place: NewPlace | None
    values: Mapping[str, object]
    kept: Mapping[str, str]
    flags: tuple[str, ...]
    digest: bytes


class Aside(Protocol):
    """Where candidates wait until the whole file is known to be sound."""

    def add(self, candidate: Candidate) -> None: ...
    def rest(self) -> None:
        """Somebody else may want the database now."""
