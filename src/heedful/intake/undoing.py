"""Taking a batch back, chunk by chunk, each a transaction with its ledger entry."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from heedful.foundation.access import tenant
from heedful.foundation.ledger.operations import Actor
from heedful.foundation.people import undoing as people
from heedful.intake.models import Batch, SourceRow
from heedful.loop.incidents import undoing

# Reports wait for the last step of a chunk, while its row history goes.
TOGETHER = 1_000
MONTHS = 4_000


def events(batch: Batch, *, by: Actor, at: datetime) -> Iterator[int]:
    """How many rows have been gone through, after each chunk."""
    last, done = None, 0
    while True:
        with tenant.use(by.organisation_id):
            rows = _rows(batch, last)
            if rows:
                _take_back(batch, rows, by, at)
        if not rows:
            return
        last, done = rows[-1].pk, done + len(rows)
        yield done


def exposure(batch: Batch, *, by: Actor, at: datetime) -> int:
    """Months of exposure, too. How many stay as they are, because they were changed since."""
    kept = 0
    with tenant.use(by.organisation_id):
        months, undone = people.months_brought(batch.id, by.organisation_id), _undone(batch)
    for first in range(0, len(months), MONTHS):
        with tenant.use(by.organisation_id):
            together = months[first : first + MONTHS]
            kept += people.take_back_months(months=together, batch_id=batch.id, undone=undone, by=by, at=at)
    return kept


def _rows(batch: Batch, last: UUID | None) -> list[SourceRow]:
    """By their ids: rows of several sheets have the same numbers."""
    rows = SourceRow.objects.filter(batch=batch).order_by("pk")
    after = rows.filter(pk__gt=last) if last else rows
    return list(after.only("id", "event_id")[:TOGETHER])


def _undone(batch: Batch) -> list[UUID]:
    return list(Batch.objects.filter(undone_at__isnull=False).exclude(pk=batch.pk).values_list("pk", flat=True))


def _take_back(batch: Batch, rows: Sequence[SourceRow], by: Actor, at: datetime) -> None:
    ids, undone = [row.event_id for row in rows], _undone(batch)
    said = SourceRow.objects.filter(event_id__in=ids).exclude(batch__in=[batch.pk, *undone])
    elsewhere = set(said.values_list("event_id", flat=True))
    brought = undoing.Brought(ids, batch.id, undone, elsewhere, SourceRow._meta.db_table)
    undoing.take_back(brought, by=by, at=at, beside=lambda taken: _forget_rows(batch, taken, undone))


def _note(batch: Batch, taken: undoing.TakenBack) -> None:
    """What became of its events, so far."""
    reasons = Counter(taken.kept.values())
    fresh = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    stayed = {name: fresh.stayed.get(name, 0) + reasons[name] for name in {*fresh.stayed, *reasons}}
    counts = {"gone": F("gone") + len(taken.gone), "back": F("back") + len(taken.back), "stayed": stayed}
    Batch.objects.filter(pk=batch.pk).update(**counts)


def _forget_rows(batch: Batch, taken: undoing.TakenBack, undone: Sequence[UUID]) -> None:
    """What the file said goes; where an earlier file of the same map said something, that stands again."""
    _note(batch, taken)
    given: list[Any] = [batch.organisation_id, list(taken.gone)]
    again: list[Any] = [batch.organisation_id, list(taken.back), [batch.pk, *undone]]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_source_row WHERE organisation_id = %s AND event_id = ANY(%s)", given)
        while True:
            cursor.execute(_SAID_BEFORE, again)
            if not cursor.rowcount:
                break
        cursor.execute(
            "DELETE FROM intake_source_row WHERE organisation_id = %s AND event_id = ANY(%s) AND batch_id = ANY(%s)",
            again,
        )


_SAID_BEFORE = """
UPDATE intake_source_row
   SET batch_id = (before->>'batch_id')::uuid, row_number = (before->>'row_number')::integer,
       digest = decode(before->>'digest', 'hex'), kept = before->'kept', before = nullif(before->'before', 'null'),
       flags = ARRAY(SELECT jsonb_array_elements_text(before->'flags'))
 WHERE organisation_id = %s AND event_id = ANY(%s) AND batch_id = ANY(%s) AND before IS NOT NULL
"""
