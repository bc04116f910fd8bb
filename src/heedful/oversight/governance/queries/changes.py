"""Each change with all that is known of whether it worked: the verdict, and the checks of practice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from heedful.foundation.exits import queries as exits
from heedful.foundation.policies import ActionKind
from heedful.loop.actions import policy
from heedful.loop.actions.queries import Aim
from heedful.loop.audits import queries as audits
from heedful.loop.effects import queries as effects
from heedful.loop.effects.queries import Judged
from heedful.loop.measures import queries as measures
from heedful.oversight.governance.queries import counts
from heedful.oversight.governance.queries.scope import Scope

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


def changes(scope: Scope) -> list[Change]:
    """The newest first, as they stand at the end of the months that were asked for."""
    rows = list(counts.actions_in(scope).select_related("theme", "review").order_by("-starts_on", "-id")[:MOST])
    words = exits.released_words(WORDS, [row.pk for row in rows])
    aims = {aim.action_id: aim for aim in effects.aims()}
    seen = {place.id for place in measures.places(scope.viewer)}
    looked, coming = _checks([row.pk for row in rows], scope)
    return [
        Change(
            action=row,
            kind=policy.kind_of(row.kind, row.service_ids, row.agreed_at.date()),
            words=words.get(row.pk, ""),
            judged=_judged(aims.get(row.pk), seen, scope),
            looked=tuple(looked.get(row.pk, ())),
            next_look=coming.get(row.pk),
        )
        for row in rows
    ]


def _judged(aim: Aim | None, seen: set[UUID], scope: Scope) -> Judged | None:
    """None without an aim that can be counted, or where its services' patterns are not open to the viewer."""
    if aim is None or not seen.issuperset(aim.service_ids):
        return None
    return effects.judged(scope.viewer, aim, scope.period.day_after)


def _checks(action_ids: Iterable[UUID], scope: Scope) -> tuple[dict[UUID, list[Looked]], dict[UUID, Any]]:
    """By action: those finished by then, and the next one that is open."""
    rows = audits.audits_seen(scope.viewer).filter(action__in=list(action_ids)).order_by("due_on", "id")
    looked: dict[UUID, list[Looked]] = {}
    coming: dict[UUID, Any] = {}
    for row in rows:
        action_id = cast(UUID, row.action_id)
        if row.state == "done" and row.done_at and row.done_at <= scope.known_until:
            looked.setdefault(action_id, []).append(Looked(row, audits.result_of(row)))
        elif row.state in audits.OPEN:
            coming.setdefault(action_id, row)
    return looked, coming
