"""Letting a de-identified text out, after somebody who did not write it has looked at every finding in it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import queries
from heedful.foundation.exits.doors import Door
from heedful.foundation.exits.models import Clearing, Release
from heedful.foundation.exits.passage import exit_of, register
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy

LONGEST_TEXT = 50_000


class ReleaseRefused(ValueError):
    """Why it may not go out yet, in words for the person who asked."""


@dataclass(frozen=True)
class Released:
    """The text as it goes out, and its place in the register."""

    text: str
    digest: str
    exit_id: UUID


def propose_release(*, subject_type: str, subject_id: UUID, what: str, text: str, by: Viewer, at: datetime) -> Release:
    """Put a text up for review. It never changes: another wording is proposed anew and reviewed anew."""
    _allowed(by)
    said = tidy(text).text.strip()
    if not said or len(said) > LONGEST_TEXT:
        raise ReleaseRefused(f"Write the text that should go out, up to {LONGEST_TEXT} letters.")
    with transaction.atomic(), history.entry():
        row = Release.objects.create(
            organisation_id=by.organisation_id,
            subject_type=subject_type,
            subject_id=subject_id,
            what=what,
            text=said,
            author_id=by.account_id,
            proposed_at=at,
        )
        _write("release.proposed", row, by, at)
    return row


def clear(*, release_id: UUID, finding: str, why: str, by: Viewer, at: datetime) -> Clearing:
    """Say why one finding may stay. Never the author of the text."""
    reason = tidy(why).text.strip()
    with transaction.atomic(), history.entry():
        row = _reviewed(release_id, by)
        if finding not in {one.key for one in queries.review(row).findings}:
            raise ReleaseRefused("That is not in the text.")
        if not reason:
            raise ReleaseRefused("Say why it may stay. The reason is kept.")
        cleared, _ = Clearing.objects.update_or_create(
            organisation_id=by.organisation_id,
            release=row,
            finding=finding,
            defaults={"why": reason, "cleared_by": by.account_id, "cleared_at": at},
        )
        _write("release.cleared", row, by, at, finding=finding)
    return cleared


def release(*, release_id: UUID, by: Viewer, at: datetime) -> Released:
    """Let it out: looked through once more, against the names of this very moment."""
    with transaction.atomic(), history.entry():
        row = _reviewed(release_id, by)
        left = queries.review(row).open
        if left:
            raise ReleaseRefused(
                f"{len(left)} finding(s) still say who it is. Take them out, or say why each may stay."
            )
        passage = exit_of(Door.RELEASE, row.what, row.text.encode(), by=by, at=at, subject_id=row.subject_id)
        register(passage, by, row.subject_type, release=row.pk, author=row.author_id)
        row.exit = passage
        row.save(update_fields=["exit"])
    return Released(row.text, bytes(passage.digest).hex(), passage.pk)


def _reviewed(release_id: UUID, by: Viewer) -> Release:
    """The text, locked, for somebody who may review it."""
    _allowed(by)
    row = Release.objects.select_for_update(no_key=True).filter(pk=release_id).first()
    if row is None:
        raise ReleaseRefused("That text is not there any more.")
    if row.author_id == by.account_id:
        raise ReleaseRefused("Whoever wrote it does not review it. Ask somebody else.")
    if row.exit_id:
        raise ReleaseRefused("It has gone out already.")
    return row


def _allowed(by: Viewer) -> None:
    decision = may(by, Permission.RELEASE)
    if not decision:
        raise PermissionDenied(decision.reason)


def _write(kind: str, row: Release, by: Viewer, at: datetime, **more: str) -> None:
    payload = {"release": row.pk, "what": row.what, **more}
    write(kind=kind, by=by, at=at, subject_type=row.subject_type, subject_id=row.subject_id, payload=payload)
