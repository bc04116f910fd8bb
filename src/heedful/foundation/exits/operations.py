"""The way out for what identifies people: allowed, registered and in the ledger before a byte leaves."""

import hashlib
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.doors import Door
from heedful.foundation.exits.models import Exit
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write


def download(
    *,
    what: str,
    body: bytes,
    filename: str,
    media_type: str,
    by: Viewer,
    at: datetime,
    rows: int | None = None,
    subject_id: UUID | None = None,
) -> HttpResponse:
    """A file for the person at the screen. `what` is a code ("patterns.table"), never a name.

    The caller has filtered what is in it by what this viewer may see; taking it away is a permission of its own.
    """
    decision = may(by, Permission.DOWNLOAD)
    if not decision:
        raise PermissionDenied(decision.reason)
    row = Exit(
        organisation_id=by.organisation_id,
        door=Door.DOWNLOAD,
        what=what,
        subject_id=subject_id,
        account_id=by.account_id,
        at=at,
        digest=hashlib.sha256(body).digest(),
        rows=rows,
    )
    _register(row, by)
    return _as_file(body, filename, media_type)


def _register(row: Exit, by: Viewer) -> None:
    with history.entry():
        row.save(force_insert=True)
        write(
            kind=f"exit.{row.door}",
            by=by,
            at=row.at,
            subject_type="exit",
            subject_id=row.subject_id or row.pk,
            payload={"exit": row.pk, "what": row.what, "rows": row.rows, "sha256": bytes(row.digest).hex()},
        )


def _as_file(body: bytes, filename: str, media_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
