"""Writing to the ledger: the last step of every operation, inside its transaction."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger import anchors, storing
from heedful.foundation.ledger.chain import Link, canonical, entry_hash, payload_hash
from heedful.foundation.ledger.models import Entry

Reactor = Callable[[str, UUID, UUID], None]
_reactor: list[Reactor] = []
# The id that the operation's row history already carries; the first entry written takes it.
_open_entry: ContextVar[list[UUID] | None] = ContextVar("heedful_ledger_entry", default=None)


class Actor(Protocol):
    """Whoever does it: a viewer, or the system itself in one organisation's name."""

    @property
    def account_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID: ...


@dataclass(frozen=True)
class System:
    """Heedful itself: imports, schedules, reactions."""

    organisation_id: UUID
    account_id: None = None


def connect(reactor: Reactor) -> None:
    """Config says once, at start, what defers the reactions to an entry."""
    _reactor[:] = [reactor]


def write(
    *,
    kind: str,
    by: Actor,
    at: datetime,
    subject_type: str = "",
    subject_id: UUID | None = None,
    payload: dict[str, Any] | None = None,
    policy_version: str = "",
) -> Entry:
    """Add one entry and, in the same transaction, defer the reactions that `config.reactions` lists for its kind."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("The ledger is written inside the operation's own transaction.")
    body = canonical(payload or {})
    head = storing.lock_head(by.organisation_id)
    key = settings.HEEDFUL_LEDGER_KEY
    link = Link(
        organisation_id=by.organisation_id,
        sequence=head.sequence + 1,
        id=_claim_id(),
        kind=kind,
        actor_id=by.account_id,
        subject_type=subject_type,
        subject_id=subject_id,
        at=at,
        policy_version=policy_version,
        payload_hash=payload_hash(key, body),
    )
    entry = Entry(**vars(link), previous_hash=head.hash, hash=entry_hash(key, link, head.hash))
    storing.store(entry, body)
    transaction.on_commit(lambda: anchors.append(by.organisation_id, entry.sequence, bytes(entry.hash)))
    for reactor in _reactor:
        reactor(kind, by.organisation_id, entry.id)
    return entry


def _claim_id() -> UUID:
    waiting = _open_entry.get()
    return waiting.pop() if waiting else new_id()
