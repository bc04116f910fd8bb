"""Numbers of events: one after another in each organisation. The counter's row lock does it.

A gap is left only by an import: a chunk that broke off had taken its numbers, and one that was undone gave its own up.
"""

from uuid import UUID

from heedful.loop.incidents.models import Counter


def lock(organisation_id: UUID) -> Counter:
    """Whoever holds this row is the only one who can number an event until the transaction ends."""
    Counter.objects.bulk_create([Counter(organisation_id=organisation_id)], ignore_conflicts=True)
    return Counter.objects.select_for_update(no_key=True).get(organisation_id=organisation_id)


def take(counter: Counter) -> int:
    """The next number. A rollback gives it back."""
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
