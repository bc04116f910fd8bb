"""Adding an attachment that was checked, reading it, and forgetting it when two people have decided so."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from heedful.foundation.files.checks import Checked
from heedful.foundation.files.models import Attachment
from heedful.foundation.files.storage import new_key, store
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write

MOST = 10


class Refused(ValueError):
    """It may not be added now; the words are for the person who asked."""


class Damaged(RuntimeError):
    """The stored bytes are gone, or not those that were stored."""


def add(
    *,
    subject_type: str,
    subject_id: UUID,
    client_key: UUID,
    checked: Checked,
    by: Actor,
    at: datetime,
    kept: Mapping[str, Any] | None = None,
) -> Attachment:
    """Store one file with its subject, kept as long as that. Sent again with the same key, the first is the answer."""
    before = _sent_before(client_key, subject_id, checked)
    if before:
        return before
    if Attachment.objects.filter(subject_id=subject_id, removed_at__isnull=True).count() >= MOST:
        raise Refused(_("There are %(most)d files here already, and that is as many as we keep") % {"most": MOST})
    about = {"subject_type": subject_type, "subject_id": subject_id, "client_key": client_key, **(kept or {})}
    attachment = Attachment(**about, **_added(by, at), **_described(checked))
    try:
        _store(attachment, checked.content, by, at)
    except IntegrityError:
        # The same key came twice at the same moment.
        before = _sent_before(client_key, subject_id, checked)
        if before is None:
            raise
        return before
    return attachment


def _added(by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "organisation_id": by.organisation_id,
        "storage_key": new_key(by.organisation_id),
        "added_by": by.account_id,
        "added_at": at,
    }


def _described(checked: Checked) -> dict[str, Any]:
    return {
        "name": checked.name,
        "media_type": checked.media_type,
        "size": len(checked.content),
        "sha256": hashlib.sha256(checked.content).digest(),
        "received_sha256": checked.received_sha256,
    }


def read(*, attachment: Attachment, by: Actor, at: datetime) -> bytes:
    """The bytes, for somebody who may see the subject; the look is written in the ledger."""
    try:
        content = store().get(attachment.storage_key)
    except OSError as error:
        raise Damaged from error
    if hashlib.sha256(content).digest() != bytes(attachment.sha256):
        raise Damaged
    with history.entry():
        _write("attachment.read", attachment, by, at)
    return content


def _sent_before(client_key: UUID, subject_id: UUID, checked: Checked) -> Attachment | None:
    before = Attachment.objects.filter(client_key=client_key).first()
    if before and (before.subject_id, bytes(before.received_sha256)) != (subject_id, checked.received_sha256):
        raise Refused(_("Another file was sent from this page already. Load the page again and choose your file"))
    return before


def _store(attachment: Attachment, content: bytes, by: Actor, at: datetime) -> None:
    """First the bytes, then the row: a row without its bytes can never be."""
    store().put(attachment.storage_key, content)
    try:
        with transaction.atomic(), history.entry():
            attachment.save(force_insert=True)
            _write("attachment.added", attachment, by, at)
    except BaseException:
        store().delete(attachment.storage_key)
        raise


def _write(kind: str, attachment: Attachment, by: Actor, at: datetime) -> None:
    payload: dict[str, Any] = {"attachment": attachment.pk, "media_type": attachment.media_type}
    write(
        kind=kind,
        by=by,
        at=at,
        subject_type=attachment.subject_type,
        subject_id=attachment.subject_id,
        payload=payload,
    )
