"""What whoever told us has been told since. Telling comes after this stage, so config says who knows."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from heedful.foundation.access.viewer import Viewer

# The newest step that the viewer may read of each of their reports: decided, changed, result.
Finder = Callable[[Collection[Any], Viewer], Mapping[UUID, str]]
_finder: list[Finder] = []


def connect(finder: Finder) -> None:
    """Config says once, at start, who is asked."""
    _finder[:] = [finder]


def newest(events: Collection[Any], viewer: Viewer) -> dict[UUID, str]:
    """By report; those of which nothing was told are not in it."""
    return {event_id: step for finder in _finder for event_id, step in finder(events, viewer).items()}
