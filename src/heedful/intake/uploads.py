"""The verbs of a file that somebody sent in by the page. Each is keyword-only, one transaction, one ledger entry.

What takes long is done by jobs that follow from the entries: reading the file, storing its events, taking them back.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.refusals import refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files.storage import new_key, store
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.intake.models import Upload
from heedful.intake.operations import Counts
from heedful.intake.states import WAITING, State
from heedful.intake.understanding.bookmap import Answer


def send(*, content: bytes, file_name: str, client_key: UUID, by: Viewer, at: datetime) -> Upload:
    """Take a file in. The same key with another file is refused; sent again, the first is the answer."""
    digest = hashlib.sha256(content).hexdigest()
    before = Upload.objects.filter(client_key=client_key).first()
    if before is not None:
        if before.sha256 != digest:
            raise refused("Another file was sent from this page. Load the page again and choose your file.", "file")
        return before
    row = Upload(
        organisation_id=by.organisation_id, client_key=client_key, sent_by=by.account_id, sent_at=at,
        file_name=file_name[-200:], size=len(content), sha256=digest, storage_key=new_key(by.organisation_id),
    )  # fmt: skip
    # First the bytes: a row without its file can never be.
    store().put(row.storage_key, content)
    try:
        with history.entry():
            row.save(force_insert=True)
            _write("upload.sent", row, by, at)
    except BaseException:
        store().delete(row.storage_key)
        raise
    return row


def answer(*, upload_id: UUID, answers: Mapping[str, Answer], by: Viewer, at: datetime) -> None:
    """Keep what was said about the whole file; it is read again with that."""
    row = _locked(upload_id, (State.READ,))
    row.answers = {**row.answers, **{key: answer.model_dump(mode="json") for key, answer in answers.items()}}
    _move(row, State.READING, "upload.answered", by, at)


def bring_in(*, upload_id: UUID, by: Viewer, at: datetime) -> None:
    """Store the events of the file. Only when no question about the whole file is open."""
    row = _locked(upload_id, (State.READ,))
    if any(question["key"] not in row.answers for question in row.found.get("questions", [])):
        raise refused("Answer the questions about the file first.")
    if not row.found.get("counts", {}).get("import"):
        raise refused("There is no event in this file that can be brought in.")
    _move(row, State.STORING, "upload.brought_in", by, at)


def take_back(*, upload_id: UUID, by: Viewer, at: datetime) -> None:
    """Undo the whole of it."""
    row = _locked(upload_id, (State.STORED,))
    _move(row, State.UNDOING, "upload.taken_back", by, at)


def throw_away(*, upload_id: UUID, by: Actor, at: datetime) -> None:
    """The file and what we read of it go. That somebody sent it, and when, stays."""
    row = _locked(upload_id, WAITING)
    empty(row)
    _move(row, State.THROWN_AWAY, "upload.thrown_away", by, at)


def empty(row: Upload) -> None:
    """Nothing that the file said stays here."""
    _without_file(row)
    row.found, row.answers, row.refusal = {}, {}, ""


def forget_all(*, by: Actor, at: datetime) -> None:
    """Somebody is to be forgotten, and a file may speak of anybody: what waits goes, and what was shown of the rest."""
    for upload_id in Upload.objects.filter(state__in=WAITING).values_list("pk", flat=True):
        throw_away(upload_id=upload_id, by=by, at=at)
    Upload.objects.update(found={}, answers={})


def forget_shown(upload_ids: Iterable[UUID]) -> None:
    """What the pages showed of files whose events are in, or were taken back. Said by the rule, not by an entry."""
    Upload.objects.filter(pk__in=list(upload_ids)).exclude(found={}).update(found={})


def _without_file(row: Upload) -> None:
    # After the transaction: when it fails, the file is still there.
    key, row.storage_key = row.storage_key, ""
    if key:
        transaction.on_commit(lambda: store().delete(key))


def _locked(upload_id: UUID, states: tuple[str, ...]) -> Upload:
    row = Upload.objects.select_for_update(no_key=True).get(pk=upload_id)
    if row.state not in states:
        raise refused("Somebody else went on with this file. Look at where it stands now.")
    return row


def _move(row: Upload, state: str, kind: str, by: Actor, at: datetime) -> None:
    row.state, row.moved_by = state, by.account_id or row.moved_by
    with history.entry():
        row.save()
        _write(kind, row, by, at)


def _write(kind: str, row: Upload, by: Actor, at: datetime) -> None:
    payload = {"sha256": row.sha256, "size": row.size}
    write(kind=kind, by=by, at=at, subject_type="upload", subject_id=row.pk, payload=payload)


def stored(*, upload_id: UUID, counts: Counts, by: Actor, at: datetime) -> None:
    """All of it is in; the file itself is not needed any more."""
    row = _locked(upload_id, (State.STORING,))
    _without_file(row)
    row.done, row.total = counts.created, counts.total()
    _move(row, State.STORED, "upload.stored", by, at)


def undone(*, upload_id: UUID, stayed: Mapping[str, int], by: Actor, at: datetime) -> None:
    """What was kept because somebody has worked on it, by its reason."""
    row = _locked(upload_id, (State.UNDOING,))
    row.found = {"stayed": dict(stayed)}
    _move(row, State.UNDONE, "upload.undone", by, at)
