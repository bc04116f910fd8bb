"""Storing a surveyed file: a batch, its services and exposure, then its events chunk by chunk, each a transaction."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from heedful.foundation.access import bulk, tenant
from heedful.foundation.access.models import new_id
from heedful.foundation.ledger.operations import Actor, System
from heedful.foundation.people import imported as listings
from heedful.foundation.people import operations as people
from heedful.intake import queries
from heedful.intake.candidates import Candidate
from heedful.intake.exposure import Amount
from heedful.intake.mapping import EventMap
from heedful.intake.models import Batch
from heedful.intake.refusals import FileRefused
from heedful.loop.incidents import imported

# A chunk holds the organisation's counter and ledger: reports wait for it, so it stays well under two seconds.
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


def begin(*, event_map: EventMap, file_name: str, file_digest: str, by: Actor, at: datetime) -> Batch:
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
        )


def finish(*, batch: Batch, read: int, rejected: int, counts: Counts, by: Actor, at: datetime) -> None:
    """Close a batch with its counts: created + updated + unchanged + rejected = read."""
    with tenant.use(by.organisation_id):
        Batch.objects.filter(pk=batch.pk).update(
            finished_at=at,
            read=read,
            rejected=rejected,
            created=counts.created,
            updated=counts.updated,
            unchanged=counts.unchanged,
        )


def keep(
    *, batch: Batch, candidates: Iterable[Candidate], service_ids: Mapping[str, UUID], labels: Mapping[str, str],
    by: Actor, at: datetime,
) -> Iterator[Counts]:  # fmt: skip
    """Store events chunk by chunk, each in a transaction of its own; yields the counts of each chunk."""
    size = SMALLEST
    waiting: list[Candidate] = []
    for candidate in candidates:
        waiting.append(candidate)
        if len(waiting) < size:
            continue
        started = time.monotonic()
        yield keep_chunk(batch=batch, candidates=waiting, service_ids=service_ids, labels=labels, by=by, at=at)
        took = max(time.monotonic() - started, 0.01)
        size = int(min(max(len(waiting) * SECONDS_PER_CHUNK / took, SMALLEST), LARGEST, size * 4))
        waiting = []
    if waiting:
        yield keep_chunk(batch=batch, candidates=waiting, service_ids=service_ids, labels=labels, by=by, at=at)


def keep_chunk(
    *, batch: Batch, candidates: Sequence[Candidate], service_ids: Mapping[str, UUID], labels: Mapping[str, str],
    by: Actor, at: datetime,
) -> Counts:  # fmt: skip
    """One transaction: events, what their rows said, one ledger entry. Rows that say nothing new are left alone."""
    with tenant.use(by.organisation_id):
        said = queries.said_before(batch.source_system, [candidate.record for candidate in candidates])
        changed = [c for c in candidates if not said.is_unchanged(batch.map_name, c)]
        if not changed:
            return Counts(unchanged=len(candidates))
        rows = [
            imported.Row(
                external_id=c.record,
                service_id=service_ids[c.service],
                fallback_title=labels.get(str(c.values.get("type")), ""),
                values=c.values,
                flags=said.flags_with(batch.map_name, c),
                digest=c.digest,
            )
            for c in changed
        ]
        origin = imported.Origin(batch.source_system, batch.id, f"import:{batch.map_name}"[:40])
        kept = imported.keep_history(rows=rows, origin=origin, by=by, at=at)
        _keep_source_rows(batch, changed, kept.created | kept.updated)
    return Counts(len(kept.created), len(kept.updated), len(candidates) - len(changed))


_KEEP_SOURCE_ROWS = """
INSERT INTO intake_source_row ({columns}) SELECT {columns} FROM {staged}
ON CONFLICT (organisation_id, source_system, external_id, map_name) DO UPDATE
   SET batch_id = EXCLUDED.batch_id, row_number = EXCLUDED.row_number, digest = EXCLUDED.digest,
       flags = EXCLUDED.flags, kept = EXCLUDED.kept, event_id = EXCLUDED.event_id
"""
_COLUMNS = (
    *("id", "organisation_id", "batch_id", "event_id", "source_system", "map_name"),
    *("external_id", "row_number", "digest", "flags", "kept", "legal_hold"),
)


def _keep_source_rows(batch: Batch, candidates: Sequence[Candidate], events: Mapping[str, UUID]) -> None:
    rows = [
        (
            new_id(),
            batch.organisation_id,
            batch.id,
            events[c.record],
            batch.source_system,
            batch.map_name,
            c.record,
            c.row,
            c.digest,
            list(c.flags),
            json.dumps(c.kept, ensure_ascii=False),
            False,
        )
        for c in candidates
    ]
    listed = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    with bulk.staged("intake_source_row", _COLUMNS, rows) as staged, connection.cursor() as cursor:
        cursor.execute(sql.SQL(_KEEP_SOURCE_ROWS).format(columns=listed, staged=staged).as_string())
