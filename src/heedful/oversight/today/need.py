"""What a card of Today says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Need:
    """One thing to do: by when, what, why, and the one button."""

    due_at: datetime | None
    title: str
    why: str
    url: str
    action: str
    minutes: int | None = None
    overdue: bool = False
