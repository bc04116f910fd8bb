"""Numbers of events: one after another in each organisation, without gaps. The counter's row lock does it."""

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
