"""What imports have stored: what a file said about a record before, and where an event came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.intake.candidates import Candidate
from heedful.intake.models import Batch, SourceRow, Upload
from heedful.intake.states import State
from heedful.loop.incidents import queries as incidents


@dataclass
class SaidBefore:
    """Digest by record and map."""

    _rows: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def add(self, record: str, map_name: str, digest: bytes) -> None:
        self._rows.setdefault(record, {})[map_name] = digest

    def knows(self, record: str) -> bool:
        return record in self._rows

    def is_unchanged(self, map_name: str, candidate: Candidate) -> bool:
        """The same map said exactly this before: also when another file has added to the event since."""
        return self._rows.get(candidate.record, {}).get(map_name) == candidate.digest


def said_before(source_system: str, records: Sequence[str]) -> SaidBefore:
    """What files of this source said about these records."""
    found = SaidBefore()
    rows = SourceRow.objects.filter(source_system=source_system, external_id__in=records)
    for record, map_name, digest in rows.values_list("external_id", "map_name", "digest"):
        found.add(record, map_name, bytes(digest))
    return found


def other_maps_of(batch: Batch) -> bool:
    """Has a file with another map said something about records of the same source?"""
    return Batch.objects.filter(source_system=batch.source_system).exclude(map_name=batch.map_name).exists()


BATCHES = 50


def batches(*, before: datetime | None = None, limit: int = BATCHES) -> list[Batch]:
    """Imports into the organisation, newest first: when, of which file by which map, what came of it, who undid it."""
    rows = Batch.objects.order_by("-started_at")
    return list((rows.filter(started_at__lt=before) if before else rows)[:limit])


def batch(batch_id: UUID) -> Batch | None:
    """One import of the organisation."""
    return Batch.objects.filter(pk=batch_id).first()


@dataclass(frozen=True, slots=True)
class Origin:
    """An import that made an event or changed it. `row` is empty when a later file said the same record anew."""

    file_name: str
    map_name: str
    credit: str
    row: int | None
    at: datetime
    is_first: bool
    # Of a workbook.
    sheet: str


def origins_of(event: incidents.Event) -> list[Origin]:
    """Where an event came from: file, row and day of its import, then the imports that changed it."""
    versions = incidents.batches_of(event)
    batches = Batch.objects.in_bulk([version.batch_id for version in versions]) if versions else {}
    rows = _rows_of(event) if batches else {}
    found = [(batches[one.batch_id], one) for one in versions if one.batch_id in batches]
    return [
        Origin(batch.file_name, batch.map_name, batch.credit, row, one.at, one.is_first, sheet)
        for batch, one in found
        for row, sheet in [rows.get(batch.pk, (None, ""))]
    ]


def _rows_of(event: incidents.Event) -> dict[UUID, tuple[int | None, str]]:
    rows = SourceRow.objects.filter(event_id=event.pk).values_list("batch_id", "row_number", "kept__Sheet")
    return {batch: (row, sheet or "") for batch, row, sheet in rows}


def sources_of(event_id: UUID) -> list[SourceRow]:
    """Which rows of which files an event came from, with the columns that have no field of their own."""
    return list(SourceRow.objects.filter(event_id=event_id).select_related("batch").order_by("batch__started_at"))


def upload(upload_id: UUID) -> Upload | None:
    """One file that was sent in, in the organisation whose turn it is."""
    return Upload.objects.select_related("batch").filter(pk=upload_id).first()


def uploads() -> list[Upload]:
    """The newest first, without what was found in them."""
    return list(Upload.objects.order_by("-sent_at").defer("found")[:100])


def answers_for(shape: str) -> dict[str, Any]:
    """What was said about the newest file of this shape whose events came in."""
    before = Upload.objects.filter(shape=shape, state=State.STORED).exclude(answers={}).order_by("-sent_at")
    return dict(before.values_list("answers", flat=True).first() or {})


def uploads_before(day: datetime, states: Iterable[str]) -> list[UUID]:
    """Files in these states that came before then."""
    return list(Upload.objects.filter(state__in=states, sent_at__lt=day).values_list("pk", flat=True))
