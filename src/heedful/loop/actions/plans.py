"""What somebody wants to agree, as a form or a demonstration gives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from heedful.loop.actions.rules import USUAL_TARGET, USUAL_WANTED


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What it should move. An empty `series_key` with `not_measured_why`: it cannot be counted, and why."""

    series_key: str = ""
    direction: str = ""
    target: Decimal | None = None
    not_measured_why: str = ""

    @classmethod
    def fewer(cls, series_key: str, target: Decimal = USUAL_TARGET) -> "Aim":
        return cls(series_key=series_key, direction="fewer", target=target)


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """An action as it is agreed. It answers a review, or a theme; `person_ids`: whose plans it must reach."""

    client_key: UUID
    review_id: UUID | None = None
    theme_id: UUID | None = None
    finding_id: UUID | None = None
    what_will_differ: str
    kind: str
    lead_id: UUID | None
    deputy_id: UUID | None = None
    due_on: date | None
    starts_on: date | None
    aim: Aim
    person_ids: Sequence[UUID] = ()
    reaudit_question: str
    reaudit_wanted: int | None = USUAL_WANTED
    reaudit_on: Sequence[date] = ()
    weak_reason: str = ""
