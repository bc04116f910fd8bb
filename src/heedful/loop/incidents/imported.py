"""Events from files: history. They count in charts and look-ups and start nothing; one operation per chunk of rows.

Rows wait in a temporary table, are numbered there from 0, and are stored from one place in it to another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.loop.incidents import finding
from heedful.loop.incidents.import_rows import FINDABLE, Chunk, Row, Waiting
from heedful.loop.incidents.models import Event

__all__ = ["Chunk", "Kept", "Origin", "Row", "Waiting", "get_ready", "keep_chunk", "keep_history"]

HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from."""

    source_system: str
    batch_id: UUID
    form_version: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of rows: the ids of their events by external id."""

    created: dict[str, UUID] = field(default_factory=dict)
    updated: dict[str, UUID] = field(default_factory=dict)


def keep_history(*, rows: Sequence[Row], origin: Origin, by: Actor, at: datetime) -> Kept:
    """Store events that happened before Heedful, or bring them up to date; one ledger entry for all of them."""
    waiting = Waiting(rows[0].values if rows else ())
    with waiting:
        for row in rows:
            waiting.take(row)
        waiting.make_ready("place_in_file")
        services = {str(row.service_id): UUID(str(row.service_id)) for row in rows}
        chunk = Chunk(waiting, 0, len(rows), services)
        keep_chunk(chunk, ready=get_ready(chunk, origin=origin, by=by), origin=origin, by=by, at=at)
        with connection.cursor() as cursor:
            cursor.execute(chunk.about("SELECT w.external_id, w.event_id, w.is_known FROM {rows} w WHERE {chunk}"))
            stored = cursor.fetchall()
    return Kept(
        {name: pk for name, pk, known in stored if not known}, {name: pk for name, pk, known in stored if known}
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """How many rows of a chunk are about events that are there, how many are new, and the first of the new numbers."""

    known: int
    new: int
    first: int


def get_ready(chunk: Chunk, *, origin: Origin, by: Actor) -> Ready:
    """Recognise events and take numbers for new ones, in a transaction of its own: nobody waits for the chunk then.

    Should the chunk fail, its numbers are given to nobody.
    """
    known = _recognise(chunk, origin, by.organisation_id)
    new = chunk.run("SELECT 1 FROM {rows} w WHERE {chunk} AND NOT w.is_known")
    return Ready(known, new, _numbers(new, by.organisation_id) if new else 0)


def keep_chunk(
    chunk: Chunk, *, ready: Ready, origin: Origin, by: Actor, at: datetime, beside: Callable[[], None] = lambda: None
) -> None:
    """One operation. `beside`: what the caller stores with it. The ledger, for which all others wait, comes last."""
    with history.entry():
        if ready.known:
            _update(chunk, origin, by.organisation_id)
        if ready.new:
            _insert(chunk, ready, origin, by.organisation_id)
        beside()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _write(chunk, ready, origin, by, at)


def _recognise(chunk: Chunk, origin: Origin, organisation_id: UUID) -> int:
    """Rows about events that are there already get their ids."""
    given = [organisation_id, origin.source_system]
    statement = f"UPDATE {{rows}} w SET event_id = ({_SAME}), is_known = true WHERE {{chunk}} AND ({_SAME}) IS NOT NULL"
    return chunk.run(statement, [*given, *given])


# As a subquery it is looked up row by row: the table was empty a moment ago, and the planner would read it all.
# Without `external_id <> ''` the partial unique index cannot be used.
_SAME = """
SELECT e.id FROM incidents_event e
 WHERE e.organisation_id = %s AND e.source_system = %s AND e.external_id = w.external_id AND e.external_id <> ''
"""
_SERVICES = "unnest(%s::text[], %s::uuid[]) AS services (service, service_id)"

# Whoever takes a case up again decides anew from when it is kept.
_SET = {"retain_from": "{0} = CASE WHEN e.status = 'recorded' THEN w.{0} ELSE e.{0} END"}


def _update(chunk: Chunk, origin: Origin, organisation_id: UUID) -> None:
    named = sorted(chunk.waiting.named)
    setters = [sql.SQL(_SET.get(name, "{0} = w.{0}")).format(sql.Identifier(name)) for name in (*named, "row_digest")]
    reworded = _reworded(chunk)
    chunk.run(
        "UPDATE incidents_event e SET {setters}, flags = w.flags || w.other_flags, service_id = services.service_id,"
        " batch_id = %s, version = e.version + 1 FROM {rows} w JOIN {services} USING (service)"
        " WHERE {chunk} AND w.is_known AND e.id = w.event_id AND e.organisation_id = %s",
        [origin.batch_id, *_unzipped(chunk.service_ids), organisation_id],
        setters=sql.SQL(", ").join(setters),
        services=sql.SQL(_SERVICES),
    )
    finding.make_all_findable(reworded)


def _reworded(chunk: Chunk) -> dict[UUID, int]:
    """Events that will be found by other words than now, with their numbers."""
    words = [name for name in FINDABLE if name in chunk.waiting.named]
    if not words:
        return {}
    differs = sql.SQL(" OR ").join(sql.SQL("e.{0} <> w.{0}").format(sql.Identifier(name)) for name in words)
    found = "SELECT e.id, e.number FROM {rows} w JOIN incidents_event e ON e.id = w.event_id"
    with connection.cursor() as cursor:
        cursor.execute(chunk.about(found + " WHERE {chunk} AND w.is_known AND ({differs})", differs=differs))
        return dict(cursor.fetchall())


def _insert(chunk: Chunk, ready: Ready, origin: Origin, organisation_id: UUID) -> None:
    """Rows that are new get the next numbers in their order."""
    same = _same_in_every_row(origin, organisation_id)
    columns = {"id": "event_id", "client_key": "event_id", "body_hash": "row_digest", "row_digest": "row_digest"}
    columns |= {name: name for name in ("external_id", "title", *chunk.waiting.taken)}
    same = {name: value for name, value in same.items() if name not in {*columns, "number", "flags", "service_id"}}
    chunk.run(
        "INSERT INTO incidents_event (number, flags, service_id, {into}, {same})"
        " SELECT %s + row_number() OVER (ORDER BY w.place_in_file), w.flags || w.other_flags, services.service_id,"
        " {taken}, {values} FROM {rows} w JOIN {services} USING (service) WHERE {chunk} AND NOT w.is_known"
        " ORDER BY w.place_in_file",
        [ready.first - 1, *same.values(), *_unzipped(chunk.service_ids)],
        into=sql.SQL(", ").join(map(sql.Identifier, columns)),
        taken=sql.SQL(", ").join(sql.Identifier("w", column) for column in columns.values()),
        same=sql.SQL(", ").join(map(sql.Identifier, same)),
        values=sql.SQL(", ").join([sql.SQL("%s")] * len(same)),
        services=sql.SQL(_SERVICES),
    )
    finding.make_new_findable(chunk.about(_NEW), range(ready.first, ready.first + ready.new))


_NEW = (
    "SELECT w.event_id, w.occurred_from, w.findable, row_number() OVER (ORDER BY w.place_in_file) AS nth"
    " FROM {rows} w WHERE {chunk} AND NOT w.is_known"
)


def _unzipped(service_ids: Mapping[str, UUID]) -> tuple[list[str], list[UUID]]:
    return list(service_ids), list(service_ids.values())


def _same_in_every_row(origin: Origin, organisation_id: UUID) -> dict[str, Any]:
    """What no row says: the defaults of an event, and where it comes from. Sent once, not with each row."""
    return {str(item.column): item.get_default() for item in Event._meta.concrete_fields} | {
        "organisation_id": organisation_id,
        "source": HISTORY,
        "source_system": origin.source_system,
        "batch_id": origin.batch_id,
        "form_version": origin.form_version,
    }


def _numbers(count: int, organisation_id: UUID) -> int:
    """Take the next numbers; returns the first of them. Whoever reports now waits until this is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO incidents_counter (id, organisation_id, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (organisation_id) DO UPDATE SET last = incidents_counter.last + EXCLUDED.last RETURNING last",
            [new_id(), organisation_id, count],
        )
        return int(cursor.fetchone()[0]) - count + 1


def _write(chunk: Chunk, ready: Ready, origin: Origin, by: Actor, at: datetime) -> None:
    """What the rows said, by one digest of them all."""
    with connection.cursor() as cursor:
        digests = "SELECT encode(sha256(string_agg(w.row_digest, ''::bytea ORDER BY w.place_in_file)), 'hex')"
        cursor.execute(chunk.about(digests + " FROM {rows} w WHERE {chunk}"))
        digest = cursor.fetchone()[0] or ""
    payload = {"batch": origin.batch_id, "source": origin.source_system, "digest": digest}
    payload |= {"created": ready.new, "updated": ready.known}
    write(kind="events.imported", by=by, at=at, subject_type="batch", subject_id=origin.batch_id, payload=payload)
