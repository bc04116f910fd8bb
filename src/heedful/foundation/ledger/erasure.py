"""Forgetting: two people decide, then payloads and row history go. The chain still verifies and says so.

Each room erases its own rows when told by a reaction to `erasure.agreed`; this is the part they share.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Entry, Erasure, Payload
from heedful.foundation.ledger.operations import Actor, System, write


class ErasureRefused(ValueError):
    """Why nothing may be erased now."""


def ask(*, subject_type: str, subject_id: UUID, why: str, by: Actor, at: datetime, names: list[str]) -> Erasure:
    """The first person asks. `why` is one of a few codes: a reason in words could itself need erasing."""
    if by.account_id is None:
        raise ErasureRefused("A person has to ask for this.")
    with history.entry():
        erasure = Erasure.objects.create(
            organisation_id=by.organisation_id,
            subject_type=subject_type,
            subject_id=subject_id,
            why=why,
            names=names,
            asked_by=by.account_id,
            asked_at=at,
        )
        write(
            kind="erasure.asked", by=by, at=at, subject_type=subject_type, subject_id=subject_id, payload={"why": why}
        )
    return erasure


def agree(*, erasure: Erasure, by: Actor, at: datetime) -> None:
    """The second person agrees: the rooms are told to erase, by a reaction to this entry."""
    if by.account_id is None or by.account_id == erasure.asked_by:
        raise ErasureRefused("Somebody other than the person who asked has to agree.")
    with history.entry():
        Erasure.objects.filter(pk=erasure.pk, agreed_by__isnull=True).update(agreed_by=by.account_id, agreed_at=at)
        write(
            kind="erasure.agreed",
            by=by,
            at=at,
            subject_type=erasure.subject_type,
            subject_id=erasure.subject_id,
            payload={"erasure": str(erasure.pk)},
        )


def waiting() -> QuerySet[Erasure]:
    """What was asked for and nobody has agreed to yet, oldest first."""
    return Erasure.objects.filter(agreed_by__isnull=True).order_by("asked_at")


def asked_for(subject_id: UUID) -> Erasure | None:
    """What was asked for about this subject, and nobody has agreed to yet."""
    return waiting().filter(subject_id=subject_id).first()


def erased(subject_type: str) -> QuerySet[Erasure]:
    """What two people agreed to erase, of one type."""
    return Erasure.objects.filter(subject_type=subject_type, agreed_by__isnull=False)


def agreed_erasure(entry_id: UUID) -> Erasure:
    """The decision behind an `erasure.agreed` entry."""
    subject = Entry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return Erasure.objects.filter(subject_id__in=[subject], agreed_by__isnull=False).latest("agreed_at")


def forget_payloads(
    *, subject_ids: Iterable[UUID], erasure: Erasure, at: datetime, naming: Iterable[str] | None = None
) -> int:
    """Erase what the ledger stored about these subjects; who, what and when stay. Decisions themselves are kept.

    `naming`: only what holds one of these names.
    """
    entries = Entry.objects.filter(subject_id__in=list(subject_ids)).exclude(kind__startswith="erasure.")
    stored = Payload.objects.filter(entry__in=entries, body__isnull=False)
    if naming is not None:
        stored = stored.filter(pk__in=_naming(stored, [name.casefold() for name in naming]))
    return stored.update(body=None, erased_at=at, erased_under=erasure.pk)


def _naming(stored: QuerySet[Payload], names: list[str]) -> list[UUID]:
    found = []
    for pk, body in stored.values_list("pk", "body"):
        text = json.dumps(json.loads(bytes(body or b"null")), ensure_ascii=False).casefold()
        if any(name in text for name in names):
            found.append(pk)
    return found


def forget_history(*, table: str, object_ids: Iterable[UUID], erasure: Erasure) -> int:
    """Delete row history through the one database function that may, for an agreed decision only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT heedful_forget_history(%s, %s, %s)", [table, list(object_ids), erasure.pk])
        row = cursor.fetchone()
    return int(row[0])


def forget_undone(*, table: str, object_ids: Iterable[UUID], entry: Entry) -> int:
    """Delete the row history of what an import brought and its undoing took away, if nothing else ever touched it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT heedful_forget_undone(%s, %s, %s)", [table, list(object_ids), entry.pk])
        row = cursor.fetchone()
    return int(row[0])


def stop(erasure: Erasure) -> None:
    """It may not happen now after all: it waits for a second person again."""
    with history.entry():
        Erasure.objects.filter(pk=erasure.pk).update(agreed_by=None, agreed_at=None)
        write(
            kind="erasure.stopped",
            by=System(erasure.organisation_id),
            at=timezone.now(),
            subject_type=erasure.subject_type,
            subject_id=erasure.subject_id,
            payload={"erasure": str(erasure.pk)},
        )


def forget_names(erasure: Erasure) -> None:
    """The last step: what was looked for is itself forgotten."""
    Erasure.objects.filter(pk=erasure.pk).update(names=[])
