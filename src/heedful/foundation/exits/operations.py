"""The three doors out. Each is allowed, registered and in the ledger before a byte leaves.

- `download(what, body, filename, media_type, by, at, rows=None, subject_id=None) -> HttpResponse`
- `disclose(subject_type, subject_id, to=Recipient(body, name), basis, fields, purpose, document, by, at,
  reference="") -> Disclosure`: identified, to a named body; `as_file` makes the file of the same bytes.
- `propose_release(subject_type, subject_id, what, text, by, at) -> Release`, `clear(release_id, finding, why, by, at)
  -> Clearing`, `release(release_id, by, at) -> Released(text, digest, exit_id)`: de-identified, reviewed by somebody
  who did not write it. `queries.review(release)` says what is open.
- `release_figures(what, body, filename, media_type, by, at, rows=None, subject_id=None) -> HttpResponse`: a file of
  figures and of texts that were let out one by one before; whoever lets it out has looked at it on the page.

Every caller has first asked whether this viewer may see the subject; each door asks for its own permission.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.disclosing import DisclosureRefused, Recipient, disclose
from heedful.foundation.exits.doors import Door
from heedful.foundation.exits.passage import as_file, exit_of, register
from heedful.foundation.exits.releasing import Released, ReleaseRefused, clear, propose_release, release
from heedful.foundation.ledger import history

__all__ = [
    "DisclosureRefused",
    "Recipient",
    "ReleaseRefused",
    "Released",
    "as_file",
    "clear",
    "disclose",
    "download",
    "propose_release",
    "release",
    "release_figures",
]


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
    row = exit_of(Door.DOWNLOAD, what, body, by=by, at=at, subject_id=subject_id, rows=rows)
    with history.entry():
        register(row, by)
    return as_file(body, filename, media_type)


def release_figures(
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
    """A file without anything that somebody typed, but for words that went through `release` before."""
    decision = may(by, Permission.RELEASE)
    if not decision:
        raise PermissionDenied(decision.reason)
    row = exit_of(Door.RELEASE, what, body, by=by, at=at, subject_id=subject_id, rows=rows)
    with history.entry():
        register(row, by)
    return as_file(body, filename, media_type)
