"""What an event can be found by: its words, never who told us."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from psycopg import sql

from heedful.foundation.search import operations as search
from heedful.foundation.search.operations import Stored
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.naming import reference_for

SUBJECT = "event"
_STORED = Stored("incidents_event", at="occurred_from", columns=("title", "words", "place", "made_safe"))


def make_findable(event: Event) -> None:
    """Called by every operation that changes an event's words, inside its transaction."""
    search.index(subject_type=SUBJECT, subject_id=event.pk, text=_text(event), at=event.occurred_from)


def make_all_findable(numbers: Mapping[UUID, int]) -> int:
    """The same for a chunk of imported events, by id and number."""
    references = {event_id: reference_for(number) for event_id, number in numbers.items()}
    return search.index_stored(subject_type=SUBJECT, stored=_STORED, more=references)


def make_unfindable(event_ids: Sequence[UUID]) -> None:
    """Events that are gone."""
    search.remove_many(subject_type=SUBJECT, subject_ids=event_ids)


def words_of(columns: Iterable[str]) -> str:
    """What rows that wait to become events can be found by, but for their codes."""
    return search.words_of(columns)


def make_new_findable(rows: str, numbers: Iterable[int]) -> int:
    """Of a chunk of new events: a query for id, moment, words and place in the chunk, and the numbers in that order."""
    ready = "SELECT r.event_id AS subject_id, r.occurred_from AS at, r.findable AS body, more"
    ready += f" FROM ({rows}) AS r JOIN unnest(%s::text[]) WITH ORDINALITY AS codes (more, nth) USING (nth)"
    return search.index_ready(
        subject_type=SUBJECT, ready=sql.SQL(ready), given=[[reference_for(number) for number in numbers]]
    )


def _text(event: Event) -> str:
    return " ".join((event.title, event.words, event.place, event.made_safe, reference_for(event.number)))
