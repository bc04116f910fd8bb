"""The long work on a file that was sent in, as the worker does it: no transaction stays open while a file is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from uuid import UUID

from heedful.foundation.access import tenant
from heedful.foundation.files.storage import store
from heedful.foundation.ledger.operations import System
from heedful.foundation.people import imported as people
from heedful.intake import filing, found, here, operations, queries, uploads, wording
from heedful.intake.models import Batch, Upload
from heedful.intake.refusals import Refused
from heedful.intake.sheets.opening import opened
from heedful.intake.states import WAITING, State
from heedful.intake.understanding.book import Understood, understand
from heedful.intake.understanding.bookmap import Answer, BookMap

# All files that come by the pages are read by the same rules: what one brought, another knows again.
OWN = BookMap(name="own-log", source="own-log")
# A file that nobody goes on with is somebody's words lying about.
KEPT_DAYS = 30


class Mover(NamedTuple):
    """The person who had it done, while the worker does it."""

    organisation_id: UUID
    account_id: UUID | None


def read(organisation_id: UUID, upload_id: UUID, *, at: datetime) -> None:
    """What is in the file, as far as it can be understood; or why it cannot be read."""
    row, known = _row(organisation_id, upload_id)
    if row is None or row.state != State.READING:
        return
    try:
        understood = _understood(row, known, at)
        if not row.shape:
            row.shape = found.shape(understood)
            row.answers = _as_last_time(row)
            understood = _understood(row, known, at) if row.answers else understood
    except Refused as refusal:
        _save(row, state=State.REFUSED, refusal=wording.refusal(refusal))
        return
    shown = found.shown(understood, here.questions(understood.rows, known))
    _save(row, state=State.READ, found=shown, shape=row.shape, answers=row.answers)


def keep(organisation_id: UUID, upload_id: UUID, *, at: datetime) -> None:
    """Store the events chunk by chunk; run again after a fall it completes what is missing."""
    row, known = _row(organisation_id, upload_id)
    if row is None or row.state != State.STORING:
        return
    by = Mover(organisation_id, row.moved_by)
    understood = _understood(row, known, at)
    filed = filing.store(
        understood, batch=_batch(row, by, at), called=here.called(row.answers), by=by, at=at, progress=_progress(row)
    )
    with tenant.use(organisation_id):
        uploads.stored(upload_id=upload_id, counts=filed.counts, by=by, at=at)


def undo(organisation_id: UUID, upload_id: UUID, *, at: datetime) -> None:
    """Take back what the file brought; what somebody has worked on since stays, and is said."""
    row, _known = _row(organisation_id, upload_id)
    if row is None or row.state != State.UNDOING or row.batch is None:
        return
    by = Mover(organisation_id, row.moved_by)
    # Taken back already, and only the end was missed.
    undone = row.batch if row.batch.undone_at else operations.undo(batch=row.batch, by=by, at=at)
    with tenant.use(organisation_id):
        uploads.undone(upload_id=upload_id, stayed=undone.stayed, by=by, at=at)


def forget_old(organisation_id: UUID, *, at: datetime) -> None:
    """Inside the organisation's transaction: files that nobody went on with, and what was shown of the others."""
    long_ago = at - timedelta(days=KEPT_DAYS)
    for upload_id in queries.uploads_before(long_ago, WAITING):
        uploads.throw_away(upload_id=upload_id, by=System(organisation_id), at=at)
    uploads.forget_shown(queries.uploads_before(long_ago, (State.STORED, State.UNDONE)))


def _row(organisation_id: UUID, upload_id: UUID) -> tuple[Upload | None, list[str]]:
    """The file, and what the services here are called."""
    with tenant.use(organisation_id):
        return queries.upload(upload_id), [service.name for service in people.services()]


def _understood(row: Upload, known: list[str], at: datetime) -> Understood:
    """Twice: to see which services the file speaks of, and then with those that are here."""
    answers = {key: Answer(**answer) for key, answer in row.answers.items() if not key.startswith(f"{here.TOPIC}/")}
    own = OWN.model_copy(update={"answers": answers})
    with _on_disk(row) as path, opened(path) as book:
        first = understand(book, own, today=at.date())
        if not known:
            return first
        services = here.together(first.study.services.names, known)
        return understand(book, own, today=at.date(), services=services)


def _as_last_time(row: Upload) -> dict[str, Any]:
    """What was said about the last file with the same headings; it stands on the page, and nothing is stored yet."""
    with tenant.use(row.organisation_id):
        return queries.answers_for(row.shape)


def _batch(row: Upload, by: Mover, at: datetime) -> Batch:
    """Before anything is stored: whoever goes on after a fall goes on in the same batch."""
    if row.batch is not None:
        return row.batch
    batch = operations.begin(event_map=OWN, file_name=row.file_name, file_digest=row.sha256, by=by, at=at)
    _save(row, batch=batch)
    return batch


@contextmanager
def _on_disk(row: Upload) -> Iterator[Path]:
    """The file where a reader of workbooks can open it; gone afterwards."""
    with TemporaryDirectory(prefix="heedful-") as folder:
        path = Path(folder) / f"sent{Path(row.file_name).suffix.lower()[:8]}"
        path.write_bytes(store().get(row.storage_key))
        yield path


def _progress(row: Upload) -> Any:
    """How far it is, for whoever watches the page; outside the transactions that store."""

    def note(done: int, total: int) -> None:
        _save(row, done=done, total=total)

    return note


def _save(row: Upload, **values: Any) -> None:
    """A state that follows from an entry of the ledger needs none of its own."""
    with tenant.use(row.organisation_id):
        Upload.objects.filter(pk=row.pk).update(**values)
