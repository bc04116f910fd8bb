"""What takes long with a file that was sent in: reading it, storing its events, taking them back. A lane of its own.

Each may run twice: the file says by its state whether there is still something to do.
"""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heedful.foundation.ledger.models import Entry
from heedful.intake import working

QUEUE = "imports"
_AGAIN = RetryStrategy(max_attempts=4, exponential_wait=5)


@app.task(name="heedful.read_upload", queue=QUEUE, retry=_AGAIN)
def read_upload(organisation_id: str, upload_id: str) -> None:
    working.read(UUID(organisation_id), UUID(upload_id), at=timezone.now())


@app.task(name="heedful.store_upload", queue=QUEUE, retry=_AGAIN)
def store_upload(organisation_id: str, upload_id: str) -> None:
    working.keep(UUID(organisation_id), UUID(upload_id), at=timezone.now())


@app.task(name="heedful.undo_upload", queue=QUEUE, retry=_AGAIN)
def undo_upload(organisation_id: str, upload_id: str) -> None:
    working.undo(UUID(organisation_id), UUID(upload_id), at=timezone.now())


def begin_reading(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to a file that came, or to answers about it."""
    read_upload.defer(organisation_id=str(organisation_id), upload_id=str(_upload(entry_id)))


def begin_storing(organisation_id: UUID, entry_id: UUID) -> None:
    store_upload.defer(organisation_id=str(organisation_id), upload_id=str(_upload(entry_id)))


def begin_undoing(organisation_id: UUID, entry_id: UUID) -> None:
    undo_upload.defer(organisation_id=str(organisation_id), upload_id=str(_upload(entry_id)))


def forget_old(organisation_id: UUID) -> None:
    """Every day: files that waited too long go."""
    working.forget_old(organisation_id, at=timezone.now())


def _upload(entry_id: UUID) -> UUID:
    found = Entry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    assert found is not None
    return found
