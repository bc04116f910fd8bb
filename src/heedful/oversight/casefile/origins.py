"""Where an imported case came from. The imports stand beside this room, so config says who is asked."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol


class Origin(Protocol):
    """An import that made a case or changed it."""

    @property
    def file_name(self) -> str: ...
    @property
    def map_name(self) -> str: ...
    @property
    def credit(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def is_first(self) -> bool: ...
    @property
    def sheet(self) -> str: ...


Finder = Callable[[Any], Sequence[Origin]]
_finder: list[Finder] = []


def connect(finder: Finder) -> None:
    """Config says once, at start, who knows about imports."""
    _finder[:] = [finder]


def of(event: Any) -> list[Origin]:
    """The imports of one case, the first one first; nothing for a case that was told here."""
    return [origin for finder in _finder for origin in finder(event)] if event.batch_id else []
