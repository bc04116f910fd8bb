"""What an event can be found by: its words, never who told us."""

from collections.abc import Iterable

from heedful.foundation.search import operations as search
from heedful.foundation.search.operations import Words
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.naming import reference_for

SUBJECT = "event"


def make_findable(event: Event) -> None:
    """Called by every operation that changes an event's words, inside its transaction."""
    search.index(subject_type=SUBJECT, subject_id=event.pk, text=_text(event), at=event.occurred_from)


def make_all_findable(events: Iterable[Event]) -> int:
    """The same for a chunk of imported events."""
    items = (Words(event.pk, event.occurred_from, _text(event)) for event in events)
    return search.index_many(subject_type=SUBJECT, items=items)


def _text(event: Event) -> str:
    return " ".join((event.title, event.words, event.place, event.made_safe, reference_for(event.number)))
