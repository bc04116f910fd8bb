"""The arithmetic of the chain: canonical bytes, keyed hashes. Pure; the key comes from outside the database."""

import hmac
import json
from collections.abc import Sequence
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
    return hmac.digest(key, b"payload\x00" + body, "sha256")


def entry_hash(key: bytes, link: Link, previous: bytes) -> bytes:
    """Keyed, so that someone who can write to the database but lacks the key cannot make a chain that verifies."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    texts = (
        str(link.organisation_id),
        str(link.sequence),
        str(link.id),
        link.kind,
        str(link.actor_id or ""),
        link.subject_type,
        str(link.subject_id or ""),
        at,
        link.policy_version,
    )
    return text_hash(key, texts, link.payload_hash, previous)


def text_hash(key: bytes, texts: Sequence[str], payload: bytes, previous: bytes) -> bytes:
    """The same from an entry's fields as texts. Each is preceded by its length: no two entries share a spelling."""
    spelt = "".join([f"{len(text)}:{text}" for text in texts])
    return hmac.digest(key, b"entry\x00" + payload + previous + spelt.encode(), "sha256")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
