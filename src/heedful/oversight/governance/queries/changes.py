"""Each change with all that is known of whether it worked: the verdict, and the checks of practice."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from heedful.foundation.exits import queries as exits
from heedful.foundation.policies import ActionKind
from heedful.loop.actions import policy
from heedful.loop.audits import queries as audits
from heedful.loop.effects import queries as effects
from heedful.loop.effects.queries import Judged
from heedful.loop.measures import queries as measures
from heedful.oversight.governance.queries.counts import Seen

WORDS = "change.words"  # what a change may be called outside: see operations.propose_words
MOST = 60


@dataclass(frozen=True)
class Looked:
    """One check of practice that was finished."""

    audit: Any
    result: Any


@dataclass(frozen=True)
class Change:
    """An action with its evidence. `words`: what somebody let out to be said of it; empty while nobody has."""

    action: Any
    kind: ActionKind | None
    words: str
    judged: Judged | None
    looked: tuple[Looked, ...]
    next_look: Any

    @property
    def answer(self) -> str:
        """worked, no_change, worse, not_enough; empty when what it should move cannot be counted."""
        return self.judged.finding.answer if self.judged else ""


def changes(seen: Seen) -> list[Change]:
    """The newest first, as they stand at the end of the months that were asked for."""
    rows, scope = seen.actions[:MOST], seen.scope
    words = exits.released_words(WORDS, [row.pk for row in rows])
    ours, places = {row.pk for row in rows}, {place.id for place in measures.places(scope.viewer)}
    # Only where all of its services' patterns are open to the viewer.
    aims = [aim for aim in effects.aims() if aim.action_id in ours and places.issuperset(aim.service_ids)]
    log, day = effects.log(scope.viewer, aims, scope.period.day_after), scope.period.day_after
    judged = {aim.action_id: effects.judged(scope.viewer, aim, day, log) for aim in aims}
    looked, coming = _checks(seen)
    kinds = policy.kinds_of(rows)
    return [
        Change(
            action=row,
            kind=kinds[row.pk],
            words=words.get(row.pk, ""),
            judged=judged.get(row.pk),
            looked=tuple(looked.get(row.pk, ())),
            next_look=coming.get(row.pk),
        )
        for row in rows
    ]


def _checks(seen: Seen) -> tuple[dict[UUID, list[Looked]], dict[UUID, Any]]:
    """By action: those finished by then, and the next one that is open."""
    looked: dict[UUID, list[Looked]] = {}
    coming: dict[UUID, Any] = {}
    for row in seen.audits:
        action_id = cast(UUID, row.action_id)
        if row.state == "done" and row.done_at and row.done_at <= seen.scope.known_until:
            looked.setdefault(action_id, []).append(Looked(row, audits.result_of(row)))
        elif row.state in audits.OPEN:
            coming.setdefault(action_id, row)
    return looked, coming
