"""`heedful ledger verify`: recompute every chain, compare it with the anchored heads, list unexplained row history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection

from heedful.foundation.access import tenant
from heedful.foundation.ledger import anchors
from heedful.foundation.ledger.chain import GENESIS, payload_hash, text_hash

# Everything the chain covers as text, in the chain's order: the database spells it faster than Python would.
_ROWS = """
    SELECT e.sequence,
           ARRAY[e.organisation_id::text, e.sequence::text, e.id::text, e.kind, coalesce(e.actor_id::text, ''),
                 e.subject_type, coalesce(e.subject_id::text, ''),
                 to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00'), e.policy_version],
           e.payload_hash, e.previous_hash, e.hash, p.entry_id IS NOT NULL, p.body, p.erased_under IS NOT NULL
      FROM ledger_entry e LEFT JOIN ledger_payload p ON p.entry_id = e.id
     WHERE e.organisation_id = %s AND e.sequence > %s ORDER BY e.sequence LIMIT %s
"""
_CHUNK = 20_000


@dataclass
class Report:
    """What was found for one organisation. Empty faults: the record is whole."""

    organisation_id: UUID
    entries: int = 0
    erased: int = 0
    head: str = GENESIS.hex()
    faults: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults and not self.unexplained


def verify(organisation_id: UUID, *, anchor_file: Path | None = None) -> Report:
    """Walk one organisation's chain from its first entry to its head."""
    report = Report(organisation_id)
    with tenant.use(organisation_id):
        previous = GENESIS
        for row in _entries(organisation_id):
            previous = _check(row, previous, report)
        report.head = previous.hex()
        _check_head(report)
        _check_anchors(report, anchors.read(anchor_file).get(organisation_id, {}))
        report.unexplained = list(_unexplained(organisation_id))
    return report


def _entries(organisation_id: UUID) -> Iterator[tuple]:  # type: ignore[type-arg]
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [organisation_id, last, _CHUNK])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _CHUNK:
            return
        last = rows[-1][0]


def _check(row: tuple, previous: bytes, report: Report) -> bytes:  # type: ignore[type-arg]
    sequence, texts, payload, stored_previous, stored_hash, has_payload, body, erased = row
    key = settings.HEEDFUL_LEDGER_KEY
    report.entries += 1
    where = f"entry {sequence}"
    if sequence != report.entries:
        report.faults.append(f"{where}: expected entry {report.entries}; an entry is missing or was moved")
        report.entries = sequence
    if stored_previous != previous:
        report.faults.append(f"{where}: does not follow from the entry before it")
    if text_hash(key, texts, payload, stored_previous) != stored_hash:
        report.faults.append(f"{where}: was changed after it was written")
    if not has_payload:
        report.faults.append(f"{where}: its payload row is gone")
    elif body is None and erased:
        report.erased += 1
    elif body is None or payload_hash(key, body) != payload:
        report.faults.append(f"{where}: its payload was changed after it was written")
    return bytes(stored_hash)


def _check_head(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash FROM ledger_head WHERE organisation_id = %s", [report.organisation_id])
        row = cursor.fetchone()
    if row is None:
        if report.entries:
            report.faults.append("the head is gone")
    elif row[0] != report.entries or bytes(row[1]).hex() != report.head:
        report.faults.append(f"the head says {row[0]} entries, the chain has {report.entries}")


def _check_anchors(report: Report, heads: dict[int, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, encode(hash, 'hex') FROM ledger_entry WHERE organisation_id = %s AND sequence = ANY(%s)",
            [report.organisation_id, list(heads)],
        )
        stored = dict(cursor.fetchall())
    for sequence, digest in sorted(heads.items()):
        if sequence not in stored:
            report.faults.append(f"entry {sequence} was anchored outside the database and is gone from it")
        elif stored[sequence] != digest:
            report.faults.append(f"entry {sequence} differs from the head anchored outside the database")


def _unexplained(organisation_id: UUID) -> Iterator[str]:
    """Row history that names no ledger entry: somebody changed rows past the operations."""
    for model in apps.get_models():
        fields = {f.name for f in model._meta.get_fields()}
        if not {"pgh_label", "pgh_context", "organisation"} <= fields:
            continue
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT h.pgh_obj_id, h.pgh_label, h.pgh_created_at FROM {table} h WHERE h.organisation_id = %s"
                " AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.organisation_id = h.organisation_id"
                " AND e.id = (h.pgh_context->>'entry')::uuid) ORDER BY h.pgh_id LIMIT 100",
                [organisation_id],
            )
            for subject, label, created in cursor.fetchall():
                yield f"{model._meta.db_table}: {label} of {subject} at {created:%Y-%m-%d %H:%M} names no ledger entry"
