"""Storing what was understood of a workbook: the same way as the rows that an exact map read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from heedful.foundation.access import tenant
from heedful.foundation.ledger.operations import Actor
from heedful.foundation.people import imported as people
from heedful.intake import operations, vocabulary, waiting
from heedful.intake.book_candidates import Candidates
from heedful.intake.candidates import Candidate
from heedful.intake.models import Batch
from heedful.intake.operations import Counts
from heedful.intake.places import KnownPlaces
from heedful.intake.understanding.book import Understood, layouts_by_name

Progress = Callable[[int, int], None]


@dataclass
class Filed:
    """What came of it."""

    batch: Batch
    total: int
    opened: int
    counts: Counts = field(default_factory=Counts)


def store(
    understood: Understood,
    *,
    batch: Batch,
    called: Mapping[str, str],
    by: Actor,
    at: datetime,
    progress: Progress,
) -> Filed:
    """Chunk by chunk; run again with the same batch it completes what is missing.

    `called`: what a service of the file is called here. One that is not there yet is opened.
    """
    with tenant.use(by.organisation_id):
        known, zone, labels = people.services(), people.time_zone(), vocabulary.type_labels()
    there = _places(known, zone, called)
    made = Candidates(layouts_by_name(understood.study), there)
    judged = [made.judged(read) for read in understood.rows]
    candidates = [one.candidate for one in judged if one.candidate is not None]
    with operations.alone(by.organisation_id):
        fresh = _fresh(candidates, zone)
        ids = operations.open_services(services=fresh, batch=batch, by=by, at=at)
        filed = Filed(batch, len(candidates), len(fresh))
        with waiting.Table(labels) as rows:
            for candidate in candidates:
                rows.add(candidate)
            _keep(filed, rows, ids, by, at, progress)
        brought = operations.Brought(len(judged), len(judged) - len(candidates), filed.opened, 0)
        operations.finish(batch=batch, brought=brought, counts=filed.counts, by=by, at=at)
    return filed


def _places(known: Sequence[people.Known], zone: str, called: Mapping[str, str]) -> KnownPlaces:
    found = KnownPlaces(True, zone, dict(called))
    for service in known:
        found.add(service.external_id or service.name, service.name, service.time_zone)
    return found


def _fresh(candidates: Sequence[Candidate], zone: str) -> list[people.Listed]:
    names = {candidate.service: candidate.place.name for candidate in candidates if candidate.place is not None}
    return [people.Listed(key, name, time_zone=zone) for key, name in names.items()]


def _keep(
    filed: Filed, rows: waiting.Table, ids: Mapping[str, UUID], by: Actor, at: datetime, progress: Progress
) -> None:
    ready = rows.ready()
    if ready is None:
        return
    for counts in operations.keep(batch=filed.batch, rows=ready, service_ids=ids, by=by, at=at):
        filed.counts.add(counts)
        progress(filed.counts.total(), filed.total)
