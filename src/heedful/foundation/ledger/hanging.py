"""What hangs on a case: each room says for each of its tables how its rows get to their cases, and what they say.

From that one list come the legal hold, the day from which a row is kept, and what goes when somebody is forgotten.
Rooms are named by lookups here: this one knows none of their tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from heedful.foundation.access.models import PersonalRecord


@dataclass(frozen=True)
class Hanging:
    """One table. `events`: every way from a row to its cases; "" is the case itself."""

    model: type[Model]
    events: tuple[str, ...]
    # Said about people: it goes with the only person whom the row is about.
    words: tuple[str, ...] = ()
    # Learned from it: it stays, without their names.
    learned: tuple[str, ...] = ()
    # Ways from a row to the one person whom it is about, whoever else had a part in the case.
    whose: tuple[str, ...] = ()
    # The moments that can be its end, one of them set; none: it is kept from the day its case is.
    ended: tuple[str, ...] = ()
    # What says that it goes on, where an earlier end stays written down.
    going_on: Q = field(default_factory=lambda: Q(pk__in=[]))
    # Names may stand in rows that are no case of theirs: look through them all, for every part of a name.
    everywhere: bool = False

    @property
    def has_marks(self) -> bool:
        """Does it carry a hold and a day of its own, or does it follow the row that it is a part of?"""
        return issubclass(self.model, PersonalRecord)

    def of_cases(self, event_ids: Iterable[UUID]) -> Q:
        """Rows that hang on one of these cases."""
        ids = list(event_ids)
        return _any(Q(**{f"{path or 'pk'}__in": ids}) for path in self.events)

    def of_person(self, person_id: UUID) -> Q:
        """Rows that hang on a case in which this person had a part."""
        return _any(Q(**{to(path, "involved__person_id"): person_id}) for path in self.events)

    def of_its_own(self, person_id: UUID) -> Q:
        """Rows about nobody but this person."""
        return _any(Q(**{way: person_id}) for way in self.whose)

    def of_held(self) -> Q:
        """Rows that hang on a case under a legal hold, whatever they say themselves."""
        return _any(Q(**{to(path, "legal_hold"): True}) for path in self.events)

    def rows(self, where: Q) -> QuerySet[Model]:
        """Rows of this organisation, each once."""
        found = self.model._default_manager.filter(where).order_by().values("pk")
        return self.model._default_manager.filter(pk__in=found)

    def cases_of(self, row_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
        """The cases that each row hangs on, by row."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for row_id, event_id in self._ways(row_ids, "pk"):
            found[row_id].add(event_id)
        return {row_id: frozenset(ids) for row_id, ids in found.items()}

    def shared(self, row_ids: Iterable[UUID], person_id: UUID) -> frozenset[UUID]:
        """Of these rows those that are about somebody else too, or hang on a case without this person."""
        parts: dict[tuple[UUID, UUID], set[UUID | None]] = defaultdict(set)
        for row_id, event_id, who in self._ways(row_ids, "pk", "involved__person_id"):
            parts[row_id, event_id].add(who)
        return frozenset(row_id for (row_id, _), who in parts.items() if who - {None} != {person_id})

    def _ways(self, row_ids: Iterable[UUID], *names: str) -> Iterable[tuple]:  # type: ignore[type-arg]
        ids = list(row_ids)
        for path in self.events:
            rows = self.model._default_manager.filter(pk__in=ids, **{to(path, "pk") + "__isnull": False}).order_by()
            yield from rows.values_list("pk", *(to(path, name) for name in names))


def to(path: str, name: str) -> str:
    """A lookup from a row to a column of its case."""
    return f"{path}__{name}" if path else name


def _any(ways: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for way in ways:
        found |= way
    return found
