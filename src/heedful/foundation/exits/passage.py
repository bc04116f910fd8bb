"""What every door does: a row in the register, an entry in the ledger, and the bytes handed over."""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse

from heedful.foundation.access.http import FILE_POLICY
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.doors import Door
from heedful.foundation.exits.models import Exit
from heedful.foundation.ledger.operations import write


def exit_of(
    door: Door, what: str, body: bytes, *, by: Viewer, at: datetime, subject_id: UUID | None, rows: int | None = None
) -> Exit:
    """The row of the register, not stored yet."""
    return Exit(
        organisation_id=by.organisation_id,
        door=door,
        what=what,
        subject_id=subject_id,
        account_id=by.account_id,
        at=at,
        digest=hashlib.sha256(body).digest(),
        rows=rows,
    )


def register(row: Exit, by: Viewer, subject_type: str = "exit", **more: Any) -> None:
    """Inside the caller's transaction and `history.entry()`: before a byte leaves."""
    row.save(force_insert=True)
    write(
        kind=f"exit.{row.door}",
        by=by,
        at=row.at,
        subject_type=subject_type,
        subject_id=row.subject_id or row.pk,
        payload={"exit": row.pk, "what": row.what, "rows": row.rows, "sha256": bytes(row.digest).hex(), **more},
    )


def as_file(body: bytes, filename: str, media_type: str) -> HttpResponse:
    """An answer to be kept, not shown."""
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
