"""The two statements behind every entry: each operation passes here, so they are not built anew each time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger.chain import GENESIS
from heedful.foundation.ledger.models import Entry

_LOCK = "SELECT sequence, hash FROM ledger_head WHERE organisation_id = %s FOR UPDATE"
_BEGIN = """
INSERT INTO ledger_head (id, organisation_id, sequence, hash) VALUES (%s, %s, 0, %s)
ON CONFLICT (organisation_id) DO NOTHING
"""
_COLUMNS = tuple(str(field.column) for field in Entry._meta.concrete_fields)
# All parts of one statement, in one snapshot: an entry, its payload, and where the chain stands now.
_STORE = f"""
WITH entry AS (INSERT INTO ledger_entry ({", ".join(_COLUMNS)}) VALUES ({", ".join(["%s"] * len(_COLUMNS))})),
     payload AS (INSERT INTO ledger_payload (id, organisation_id, entry_id, body) VALUES (%s, %s, %s, %s))
UPDATE ledger_head SET sequence = %s, hash = %s WHERE organisation_id = %s
"""  # nosec B608


@dataclass(frozen=True)
class Standing:
    """The last number of a chain, and its hash."""

    sequence: int
    hash: bytes


def lock_head(organisation_id: UUID) -> Standing:
    """Nobody else adds to this chain until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [organisation_id])
        found = cursor.fetchone()
        if found is None:
            cursor.execute(_BEGIN, [new_id(), organisation_id, GENESIS])
            cursor.execute(_LOCK, [organisation_id])
            found = cursor.fetchone()
    return Standing(found[0], bytes(found[1]))


def store(entry: Entry, body: bytes) -> None:
    """Add the entry and its payload, and move the head on to it."""
    values: list[Any] = [getattr(entry, field.attname) for field in Entry._meta.concrete_fields]
    payload: list[Any] = [new_id(), entry.organisation_id, entry.id, body]
    head: list[Any] = [entry.sequence, entry.hash, entry.organisation_id]
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [*values, *payload, *head])
