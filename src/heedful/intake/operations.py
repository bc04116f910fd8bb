"""Storing a surveyed file: a batch, its services and exposure, then its events chunk by chunk, each a transaction."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from heedful.foundation.access import tenant
from heedful.foundation.ledger.operations import Actor, System
from heedful.foundation.people import imported as listings
from heedful.foundation.people import operations as people
from heedful.foundation.people import undoing as listed
from heedful.intake import queries, undoing
from heedful.intake.exposure import Amount
from heedful.intake.models import Batch
from heedful.intake.refusals import FileRefused
from heedful.loop.incidents import imported

# A chunk is there all at once, and well under two seconds. Reports wait only for its last step, the ledger.
SECONDS_PER_CHUNK = 1.5
# Every chunk costs some thirty statements whatever its size, so a busy machine must not make them tiny.
SMALLEST, LARGEST = 1_000, 5_000
EXPOSURE = 4_000


@dataclass(slots=True)
class Counts:
    """What became of accepted rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def total(self) -> int:
        return self.created + self.updated + self.unchanged

    def add(self, other: "Counts") -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


@contextmanager
def alone(organisation_id: UUID) -> Iterator[None]:
    """One import into an organisation at a time; the lock goes with the connection if the process dies."""
    key = organisation_id.int & ((1 << 63) - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise FileRefused("already_importing")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@dataclass(frozen=True, slots=True)
class Founding:
    """An organisation to be made for what is imported, and who may read it."""

    code: str
    name: str
    zone: str
    reader: str = ""


def acting_for(organisation_id: UUID | None, founding: Founding, at: datetime) -> System:
    """Heedful itself in the organisation's name; the organisation is founded when it is not there yet."""
    if organisation_id is not None:
        return System(organisation_id)
    with transaction.atomic():
        made = people.found_organisation(code=founding.code, name=founding.name, time_zone=founding.zone, at=at)
        by = System(made.id)
        if founding.reader:
            with tenant.use(made.id):
                listings.let_read(username=founding.reader, by=by, at=at)
    return by


def open_services(*, services: Sequence[listings.Listed], batch: Batch, by: Actor, at: datetime) -> dict[str, UUID]:
    """Open what is missing; the ids of all services by the key that rows use."""
    with tenant.use(by.organisation_id):
        if services:
            listings.open_listed(services=services, batch_id=batch.id, by=by, at=at)
        return {known.external_id or known.name: known.id for known in listings.services()}


def keep_exposure(*, months: Iterable[tuple[UUID, Amount]], batch: Batch, by: Actor, at: datetime) -> int:
    """Store how much room there was; returns how many months are new or changed."""
    changed, rows = 0, iter(months)
    while chunk := [listings.Month(key, a.month, a.measure, a.tenths) for key, a in islice(rows, EXPOSURE)]:
        with tenant.use(by.organisation_id):
            changed += listings.keep_exposure(months=chunk, source="imported", batch_id=batch.id, by=by, at=at)
    return changed


class Map(Protocol):
    """What a batch says of the map by which its file was read."""

    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def credit(self) -> str: ...
    def digest(self) -> str: ...


def begin(*, event_map: Map, file_name: str, file_digest: str, by: Actor, at: datetime) -> Batch:
    """Open a batch; it stays unfinished until `finish`, and running the same file again completes what is missing."""
    with tenant.use(by.organisation_id):
        return Batch.objects.create(
            organisation_id=by.organisation_id,
            map_name=event_map.name,
            map_digest=event_map.digest(),
            source_system=event_map.source,
            file_name=file_name[:200],
            file_digest=file_digest,
            credit=event_map.credit[:300],
            started_at=at,
            imported_by=by.account_id,
        )


@dataclass(frozen=True, slots=True)
class Brought:
    """What a whole file came to besides its events."""

    read: int
    rejected: int
    services: int
    months: int


def finish(*, batch: Batch, brought: Brought, counts: Counts, by: Actor, at: datetime) -> None:
    """Close a batch with its counts: created + updated + unchanged + rejected = read."""
    with tenant.use(by.organisation_id):
        Batch.objects.filter(pk=batch.pk).update(finished_at=at, **asdict(brought), **asdict(counts))


def keep(
    *, batch: Batch, rows: imported.Waiting, service_ids: Mapping[str, UUID], by: Actor, at: datetime
) -> Iterator[Counts]:
    """Store events chunk by chunk, each in a transaction of its own; yields the counts of each chunk."""
    with tenant.use(by.organisation_id):
        said_by_others = queries.other_maps_of(batch)
    size, first = SMALLEST, 0
    while first < rows.count:
        chunk = imported.Chunk(rows, first, first + size, service_ids)
        started = time.monotonic()
        counts = keep_chunk(batch=batch, chunk=chunk, said_by_others=said_by_others, by=by, at=at)
        took = max(time.monotonic() - started, 0.01)
        first += size
        size = int(min(max(size * SECONDS_PER_CHUNK / took, SMALLEST), LARGEST, size * 4))
        yield counts


def keep_chunk(*, batch: Batch, chunk: imported.Chunk, said_by_others: bool, by: Actor, at: datetime) -> Counts:
    """What is new is found out, and then stored in one transaction: events, what their rows said, one ledger entry."""
    origin = imported.Origin(batch.source_system, batch.id, f"import:{batch.map_name}"[:40])
    given = [batch.organisation_id, batch.source_system, batch.map_name]
    count = min(chunk.end, chunk.waiting.count) - chunk.first
    with tenant.use(by.organisation_id):
        unchanged = chunk.run(_LEAVE_ALONE, given)
        if said_by_others:
            chunk.run(_MARKS_OF_OTHERS, given)
        if unchanged == count:
            return Counts(unchanged=unchanged)
        ready = imported.get_ready(chunk, origin=origin, by=by)
    with tenant.use(by.organisation_id):
        beside = partial(_keep_source_rows, chunk, batch)
        imported.keep_chunk(chunk, ready=ready, origin=origin, by=by, at=at, beside=beside)
    return Counts(ready.new, ready.known, unchanged)


_LEAVE_ALONE = """
DELETE FROM {rows} w WHERE {chunk} AND w.row_digest = (
  SELECT r.digest FROM intake_source_row r
   WHERE r.organisation_id = %s AND r.source_system = %s AND r.map_name = %s AND r.external_id = w.external_id)
"""
_MARKS_OF_OTHERS = """
UPDATE {rows} w SET other_flags = ARRAY(
  SELECT DISTINCT flag FROM intake_source_row r, unnest(r.flags) AS flag
   WHERE r.organisation_id = %s AND r.source_system = %s AND r.map_name <> %s AND r.external_id = w.external_id
     AND flag <> ALL (w.flags) ORDER BY flag)
 WHERE {chunk}
"""
_KEEP_SOURCE_ROWS = """
INSERT INTO intake_source_row (id, organisation_id, source_system, map_name, batch_id, event_id, external_id,
                               row_number, digest, flags, kept, legal_hold, retain_from)
SELECT w.source_row_id, %s, %s, %s, %s, w.event_id, w.external_id,
       w.row_number, w.row_digest, w.flags, w.kept,
       w.is_known AND (SELECT e.legal_hold FROM incidents_event e WHERE e.id = w.event_id),
       CASE WHEN w.is_known THEN (SELECT e.retain_from FROM incidents_event e WHERE e.id = w.event_id)
            ELSE w.retain_from END
  FROM {rows} w WHERE {chunk}
ON CONFLICT (organisation_id, source_system, external_id, map_name) DO UPDATE
   SET batch_id = EXCLUDED.batch_id, row_number = EXCLUDED.row_number, digest = EXCLUDED.digest, flags = EXCLUDED.flags,
       kept = EXCLUDED.kept, event_id = EXCLUDED.event_id, retain_from = EXCLUDED.retain_from,
       before = jsonb_build_object(
         'batch_id', intake_source_row.batch_id, 'row_number', intake_source_row.row_number,
         'digest', encode(intake_source_row.digest, 'hex'), 'flags', to_jsonb(intake_source_row.flags),
         'kept', intake_source_row.kept, 'before', intake_source_row.before)
"""


def _keep_source_rows(chunk: imported.Chunk, batch: Batch) -> None:
    chunk.run(_KEEP_SOURCE_ROWS, [batch.organisation_id, batch.source_system, batch.map_name, batch.id])


def undo(*, batch: Batch, by: Actor, at: datetime, progress: Callable[[int], None] = lambda done: None) -> Batch:
    """Take back all that a batch brought, but for what was worked on since; returns it with what became of its events.

    Chunk by chunk, like the import: broken off, it is completed by running it again.
    """
    if batch.undone_at is not None:
        raise FileRefused("already_undone", file=batch.file_name)
    with alone(by.organisation_id):
        with tenant.use(by.organisation_id):
            Batch.objects.filter(pk=batch.pk).update(stayed={})
        for done in undoing.events(batch, by=by, at=at):
            progress(done)
        months = undoing.exposure(batch, by=by, at=at)
        with tenant.use(by.organisation_id):
            _, services = listed.take_back_services(batch_id=batch.id, by=by, at=at)
            undone = Batch.objects.get(pk=batch.pk)
            undone.stayed |= {name: count for name, count in (("months", months), ("services", services)) if count}
            undone.undone_at, undone.undone_by = at, by.account_id
            undone.save(update_fields=["stayed", "undone_at", "undone_by"])
            return undone
