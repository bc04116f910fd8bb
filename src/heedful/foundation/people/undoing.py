"""Taking back what an import brought besides events: months of exposure, and services that nothing else uses."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from heedful.foundation.ledger import history, used
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people.models import Service

_EXPOSURE = ("exposure.imported", "exposure.undone")
_BROUGHT = """
SELECT DISTINCT h.pgh_obj_id FROM people_exposure_history h
 WHERE h.organisation_id = %s AND h.pgh_context->>'entry' = ANY(%s) AND EXISTS (
   SELECT 1 FROM people_exposure x WHERE x.id = h.pgh_obj_id)
"""
# Beside each month the last row of its history that no undone import wrote, and the first that this one did.
_STANDS = """
SELECT h.pgh_obj_id, min(h.pgh_id) FILTER (WHERE h.pgh_context->>'entry' = ANY(%s)),
       max(h.pgh_id) FILTER (WHERE h.pgh_context->>'entry' IS NULL OR h.pgh_context->>'entry' <> ALL (%s))
  FROM people_exposure_history h WHERE h.organisation_id = %s AND h.pgh_obj_id = ANY(%s) GROUP BY h.pgh_obj_id
"""
_RESTORE = """
UPDATE people_exposure x SET amount = h.amount, source = h.source FROM people_exposure_history h
 WHERE h.pgh_id = ANY(%s) AND x.id = h.pgh_obj_id AND x.organisation_id = %s
"""
_REMOVE = "DELETE FROM people_exposure WHERE organisation_id = %s AND id = ANY(%s)"


def months_brought(batch_id: UUID, organisation_id: UUID) -> list[UUID]:
    """The months of exposure that a batch made or changed."""
    entries = [str(pk) for pk in ledger.entries_of(["exposure.imported"], [batch_id])]
    with connection.cursor() as cursor:
        cursor.execute(_BROUGHT, [organisation_id, entries])
        return [row[0] for row in cursor.fetchall()]


def take_back_months(*, months: Sequence[UUID], batch_id: UUID, undone: Iterable[UUID], by: Actor, at: datetime) -> int:
    """They go, or are as they were before. How many are kept because they were changed since."""
    own = [str(pk) for pk in ledger.entries_of(_EXPOSURE, [batch_id])]
    all_undone = own + [str(pk) for pk in ledger.entries_of(_EXPOSURE, undone)]
    with history.entry(), connection.cursor() as cursor:
        cursor.execute(_STANDS, [own, all_undone, by.organisation_id, list(months)])
        stands = cursor.fetchall()
        kept = {pk for pk, first, before in stands if before is not None and before > first}
        gone = [pk for pk, _, before in stands if before is None]
        back = [before for pk, _, before in stands if before is not None and pk not in kept]
        cursor.execute(_RESTORE, [back, by.organisation_id])
        cursor.execute(_REMOVE, [by.organisation_id, gone])
        payload = {"batch": batch_id, "gone": len(gone), "back": len(back), "kept": len(kept)}
        write(kind="exposure.undone", by=by, at=at, subject_type="batch", subject_id=batch_id, payload=payload)
    return len(kept)


def take_back_services(*, batch_id: UUID, by: Actor, at: datetime) -> tuple[int, int]:
    """Services that the batch opened: how many are gone, and how many something else uses by now."""
    entries = [str(pk) for pk in ledger.entries_of(["services.imported"], [batch_id])]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.pgh_obj_id, bool_or(h.pgh_context->>'entry' IS NULL OR h.pgh_context->>'entry' <> ALL (%s))"
            " FROM people_service_history h JOIN people_service s ON s.id = h.pgh_obj_id"
            " WHERE h.organisation_id = %s GROUP BY h.pgh_obj_id"
            " HAVING bool_or(h.pgh_label = 'insert' AND h.pgh_context->>'entry' = ANY(%s))",
            [entries, by.organisation_id, entries],
        )
        opened = dict(cursor.fetchall())
    kept = {pk for pk, changed in opened.items() if changed}
    kept |= used.named_by_keys(Service, opened) | used.named_in_lists("service_ids", opened)
    gone = [pk for pk in opened if pk not in kept]
    if gone:
        with history.entry():
            with connection.cursor() as cursor:
                statement = "DELETE FROM people_service WHERE organisation_id = %s AND id = ANY(%s)"
                cursor.execute(statement, [by.organisation_id, gone])
            payload = {"batch": batch_id, "services": len(gone), "kept": len(kept)}
            write(kind="services.undone", by=by, at=at, subject_type="batch", subject_id=batch_id, payload=payload)
    return len(gone), len(kept)
