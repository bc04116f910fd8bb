"""Taking back what an import brought: its events go, those it changed say again what they said before.

An event that anybody did something to since is kept as it is. What goes leaves its row history too: an import of the
wrong file may not leave people's words behind. The ledger keeps who undid what, when, and how much.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from heedful.foundation.ledger import erasure, history, used
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.ledger.operations import Actor, write
from heedful.loop.incidents import finding
from heedful.loop.incidents.import_rows import MAY_SET
from heedful.loop.incidents.models import Event

# Why an event is kept: another import says something about it, somebody changed it, another stage knows it.
ANOTHER_IMPORT, CHANGED, WORKED_ON = "another_import", "changed", "worked_on"
OF_IMPORTS = ("events.imported", "import.undone")
_BROUGHT = sorted(MAY_SET | {"flags", "service_id", "row_digest", "batch_id", "form_version"})


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Events that are gone, that say what they said before, and that are kept, with the reason."""

    gone: tuple[UUID, ...] = ()
    back: tuple[UUID, ...] = ()
    kept: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stands:
    """An event of the batch. `before`: its last history row that no undone import wrote, and the batch's first."""

    id: UUID
    batch_id: UUID | None
    first: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Brought:
    """Events of a chunk of a batch. `undone`: imports taken back before; `elsewhere`: events of other files, too.

    `own_table`: where the importer notes what files said of an event; that alone keeps none.
    """

    event_ids: Sequence[UUID]
    batch_id: UUID
    undone: Collection[UUID]
    elsewhere: Collection[UUID]
    own_table: str


def take_back(brought: Brought, *, by: Actor, at: datetime, beside: Callable[[TakenBack], None]) -> TakenBack:
    """One operation. `beside`: what the caller does with it. The ledger, for which all others wait, comes last."""
    with history.entry():
        stands = _stands(brought, by.organisation_id)
        kept = _kept(stands, brought)
        going = [one for one in stands if one.id not in kept]
        gone = tuple(one.id for one in going if one.before is None)
        back = {one.id: one.before for one in going if one.before is not None}
        taken = TakenBack(gone, tuple(back), kept)
        _restore(list(back.values()), by.organisation_id)
        _remove(gone, by.organisation_id)
        beside(taken)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        payload = {"batch": brought.batch_id, "gone": len(gone), "back": len(back), "kept": len(kept)}
        entry = write(
            kind="import.undone", by=by, at=at, subject_type="batch", subject_id=brought.batch_id, payload=payload
        )
    if gone:
        erasure.forget_undone(table="incidents_event_history", object_ids=gone, entry=entry)
    return taken


def _stands(brought: Brought, organisation_id: UUID) -> list[_Stands]:
    """Locked: whoever begins to work on one of them now waits, and then finds it gone."""
    event_ids, batch_id = list(brought.event_ids), brought.batch_id
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, batch_id FROM incidents_event WHERE organisation_id = %s AND id = ANY(%s)"
            " ORDER BY id FOR UPDATE",
            [organisation_id, event_ids],
        )
        batches = dict(cursor.fetchall())
        given: list[Any] = [batch_id, [batch_id, *brought.undone], list(OF_IMPORTS), organisation_id, event_ids]
        cursor.execute(_STANDS, given)
        rows = cursor.fetchall()
    return [_Stands(pk, batches[pk], first, before) for pk, first, before in rows if pk in batches and first]


_STANDS = """
SELECT h.pgh_obj_id, min(h.pgh_id) FILTER (WHERE h.batch_id = %s),
       max(h.pgh_id) FILTER (WHERE h.batch_id IS NULL OR h.batch_id <> ALL (%s::uuid[]) OR NOT EXISTS (
         SELECT 1 FROM ledger_entry l WHERE l.id = (h.pgh_context->>'entry')::uuid AND l.kind = ANY(%s)))
  FROM incidents_event_history h WHERE h.organisation_id = %s AND h.pgh_obj_id = ANY(%s) GROUP BY h.pgh_obj_id
"""


def _kept(stands: Sequence[_Stands], brought: Brought) -> dict[UUID, str]:
    ids = [one.id for one in stands]
    worked_on = used.named_by_keys(Event, ids, but_for=[brought.own_table]) | ledger.with_entries_of_their_own(ids)
    found = {}
    for one in stands:
        if one.id in worked_on:
            found[one.id] = WORKED_ON
        elif one.batch_id != brought.batch_id or one.id in brought.elsewhere:
            found[one.id] = ANOTHER_IMPORT
        elif one.before is not None and one.before > one.first:
            found[one.id] = CHANGED
    return found


def _remove(ids: Sequence[UUID], organisation_id: UUID) -> None:
    with connection.cursor() as cursor:
        statement = "DELETE FROM incidents_event WHERE organisation_id = %s AND id = ANY(%s)"
        cursor.execute(statement, [organisation_id, list(ids)])
    finding.make_unfindable(ids)


def _restore(versions: Sequence[int], organisation_id: UUID) -> None:
    """Each event as this row of its history says."""
    setters = sql.SQL(", ").join(sql.SQL("{0} = h.{0}").format(sql.Identifier(name)) for name in _BROUGHT)
    statement = sql.SQL(
        "UPDATE incidents_event e SET {setters}, version = e.version + 1 FROM incidents_event_history h"
        " WHERE h.pgh_id = ANY(%s) AND e.id = h.pgh_obj_id AND e.organisation_id = %s RETURNING e.id, e.number"
    ).format(setters=setters)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [list(versions), organisation_id])
        finding.make_all_findable(dict(cursor.fetchall()))
