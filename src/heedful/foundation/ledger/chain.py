"""The arithmetic of the chain: canonical bytes, keyed hashes. Pure; the key comes from outside the database."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = b"\x00" * 32


@dataclass(frozen=True)
class Link:
    """What the chain covers of one entry. The payload only through its keyed hash, so that it can be erased."""

    organisation_id: UUID
    sequence: int
    id: UUID
    kind: str
    actor_id: UUID | None
    subject_type: str
    subject_id: UUID | None
    at: datetime
    policy_version: str
    payload_hash: bytes


def canonical(value: Any) -> bytes:
    """One spelling for one value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def payload_hash(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, b"payload\x00" + body, hashlib.sha256).digest()


def entry_hash(key: bytes, link: Link, previous: bytes) -> bytes:
    """Keyed, so that someone who can write to the database but lacks the key cannot make a chain that verifies."""
    fields = [
        str(link.organisation_id),
        link.sequence,
        str(link.id),
        link.kind,
        str(link.actor_id or ""),
        link.subject_type,
        str(link.subject_id or ""),
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.policy_version,
        link.payload_hash.hex(),
        previous.hex(),
    ]
    return hmac.new(key, b"entry\x00" + canonical(fields), hashlib.sha256).digest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
