"""How soon could anybody tell that a change worked? Verdicts come after this stage, so config says who is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions.rules import USUAL_TARGET


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody thinks of moving, where and from when. `others`: so many more of what is told most there.

    `wanted`: so many of a hundred should be yes where the practice itself is checked.
    """

    service_ids: tuple[UUID, ...]
    trigger_from: date | None
    trigger_to: date | None
    starts_on: date
    today: date
    series_key: str
    wanted: int
    direction: str = "fewer"
    target: Decimal = USUAL_TARGET
    others: int = 0


@dataclass(frozen=True)
class Told:
    """One measure, and in words when there would be an answer. `instead`: what answers where the number may not."""

    series_key: str
    label: str
    words: str
    instead: str = ""


Teller = Callable[[Viewer, Asked], Sequence[Told]]
_teller: list[Teller] = []


def connect(teller: Teller) -> None:
    """Config says once, at start, who knows."""
    _teller[:] = [teller]


def of(viewer: Viewer, asked: Asked) -> list[Told]:
    """The measure asked about first; nothing for whoever may not see the patterns there."""
    return [told for teller in _teller for told in teller(viewer, asked)]
