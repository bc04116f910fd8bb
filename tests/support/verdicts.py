"""An action with an aim, made by hand with as little around it as the tables allow; and years of falls around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.loop.actions.models import Action
from heedful.loop.effects import queries
from heedful.loop.reviews.models import Theme
from tests.support import histories
from tests.support.world import World

# As of November 2026: a change on 2 March after a bad January and February, 22 months of 60 falls before.
NOW = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
LAST = date(2026, 10, 1)
STARTS = date(2026, 3, 2)
BEFORE = [1, 4, 3, 2, 4, 2, 1, 4, 3, 2, 4, 2, 1, 4, 3, 2, 4, 2, 3, 3, 2, 4]
SPELL = [6, 7]
FELL = [2, 1, 1, 2, 0, 1, 1, 1]
CARE = 11_400  # tenths of a bed day: 38 beds filled


@dataclass(frozen=True)
class Change:
    action_id: UUID
    theme_id: UUID

    def aim(self) -> Any:
        return queries.aim_of(self.action_id)


def change(
    world: World,
    *,
    starts_on: date = STARTS,
    trigger: tuple[date, date] | None = (date(2026, 1, 1), date(2026, 2, 28)),
    target: str = "0.70",
    direction: str = "fewer",
    series: str = "fall",
    services: Sequence[UUID] = (),
    at: datetime = NOW,
) -> Change:
    by, where = world.accounts["registered_manager"].pk, list(services) or [world.home.pk]
    base = {"organisation_id": world.organisation.id, "client_key": uuid4(), "service_ids": where}
    with world.use(), history.entry():
        theme = Theme.objects.create(
            **base, name="Falls in the lounge", why="Many in one room.", owner_id=by, opened_at=at, opened_by=by,
            series_key=series, trigger_from=trigger and trigger[0], trigger_to=trigger and trigger[1],
        )  # fmt: skip
        row = Action.objects.create(
            **base | {"client_key": uuid4()}, theme=theme, what_will_differ="Lounge lights and an earlier tea round",
            kind="building", strength="stronger", policy_version="action-hierarchy@1",
            lead=world.staff["registered_manager"], due_on=starts_on, first_due_on=starts_on, starts_on=starts_on,
            series_key=series, direction=direction, target=Decimal(target), reaudit_question="Are the lights on?",
            reaudit_wanted=90, agreed_at=at, agreed_by=by,
        )  # fmt: skip
        write(kind="test.agreed", by=world.system, at=at, subject_id=row.pk)
    return Change(row.pk, theme.pk)


def years(
    world: World,
    after: Sequence[int] = FELL,
    *,
    before: Sequence[int] = BEFORE,
    spell: Sequence[int] = SPELL,
    early: int = 4,
    early_after: int | None = None,
    care: int | None = CARE,
    last: date = LAST,
    at: datetime = NOW,
) -> None:
    """Falls month by month up to `last`, near misses beside them, and how much care there was."""
    counts = [*before, *spell, *after]
    told = [early] * (len(before) + len(spell)) + [early if early_after is None else early_after] * len(after)
    rows = histories.monthly(world.home, counts, last=last)
    rows += histories.monthly(world.home, told, last=last, kinds=("near_miss",), type_="fall", title="Nearly slid")
    histories.keep(world, rows, at=at)
    if care:
        histories.care(world, world.home, care, len(counts), last=last)
