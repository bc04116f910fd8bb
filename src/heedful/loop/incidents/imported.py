"""Events from files: history. They count in charts and look-ups and start nothing; one operation per chunk of rows."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection
from psycopg import sql

from heedful.foundation.access import bulk
from heedful.foundation.access.models import new_id
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.loop.incidents import finding
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.naming import title_from

HISTORY = "history"
# External id, id and number of an event.
Stored = tuple[str, UUID, int]
# What an import may say about an event; everything else keeps its default, or what the event has already.
MAY_SET = frozenset(
    {
        *("title", "words", "place", "made_safe", "kinds", "type", "subtype", "harm_body", "harm_mind"),
        *("aware_at", "recorded_at", "occurred_from", "occurred_to", "occurred_as"),
        *("local_date", "local_hour", "local_weekday", "financial_year"),
    }
)

# What every staged row holds besides what the file says, in this order.
_OWN = ("id", "number", "client_key", "row_digest", "service_id", "external_id", "flags", "title")


@dataclass(frozen=True, slots=True)
class Row:
    """One event of a file. `values` has the same names in every row of a chunk."""

    external_id: str
    service_id: UUID
    # What to call it when the file gives neither a title nor an account.
    fallback_title: str
    values: Mapping[str, Any]
    flags: tuple[str, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a chunk: the ids of its events by external id."""

    created: dict[str, UUID] = field(default_factory=dict)
    updated: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chunk comes from."""

    source_system: str
    batch_id: UUID
    form_version: str


def keep_history(*, rows: Sequence[Row], origin: Origin, by: Actor, at: datetime) -> Kept:
    """Store events that happened before Heedful, or bring them up to date; one ledger entry for the chunk."""
    named = set(rows[0].values) if rows else set()
    if not named <= MAY_SET:
        raise ValueError(f"An import may not set {', '.join(sorted(named - MAY_SET))}.")
    with history.entry():
        known = _known(rows, origin)
        old = [row for row in rows if row.external_id in known]
        new = [row for row in rows if row.external_id not in known]
        taken = sorted(named - {"title"})
        stored = [_stored(taken, origin, place, row) for place, row in enumerate([*old, *new])]
        with bulk.staged("incidents_event", [*_OWN, *taken], stored) as staged:
            updated = _update(staged, named, origin, by.organisation_id) if old else []
            created = _insert(staged, taken, len(old), len(new), origin, by.organisation_id) if new else []
        kept = _kept(created, updated)
        if named & {"title", "words", "place", "made_safe"}:
            finding.make_all_findable(kept.numbers)
        _write(rows, kept, origin, by, at)
    return kept


def _kept(created: Sequence[Stored], updated: Sequence[Stored]) -> Kept:
    numbers = {event_id: number for _, event_id, number in (*created, *updated)}
    return Kept(_ids(created), _ids(updated), numbers)


def _ids(stored: Sequence[Stored]) -> dict[str, UUID]:
    return {external: event_id for external, event_id, _ in stored}


def _same_in_every_row(origin: Origin, organisation_id: UUID) -> dict[str, Any]:
    """What no row says: the defaults of an event, and where the chunk comes from. Sent once, not with each row."""
    return {str(item.column): item.get_default() for item in Event._meta.concrete_fields} | {
        "organisation_id": organisation_id,
        "source": HISTORY,
        "source_system": origin.source_system,
        "batch_id": origin.batch_id,
        "form_version": origin.form_version,
    }


def _stored(taken: Sequence[str], origin: Origin, place: int, row: Row) -> list[Any]:
    """The columns of `_OWN`, then what the file says."""
    client_key = uuid5(NAMESPACE_URL, f"heedful-import:{origin.source_system}:{row.external_id}")
    values = row.values
    title = values.get("title") or title_from(values.get("words", "")) or row.fallback_title
    own = [new_id(), place, client_key, row.digest, row.service_id, row.external_id, list(row.flags), title]
    return own + [values[name] for name in taken]


def _known(rows: Sequence[Row], origin: Origin) -> set[str]:
    # Without `external_id <> ''` the partial unique index cannot be used, and every chunk would read the whole table.
    there = Event.objects.filter(source_system=origin.source_system, external_id__in=[row.external_id for row in rows])
    return set(there.exclude(external_id="").values_list("external_id", flat=True))


def _update(staged: sql.Identifier, named: set[str], origin: Origin, organisation_id: UUID) -> list[Stored]:
    taken = sorted(named | {"service_id", "flags", "row_digest"})
    setters = sql.SQL(", ").join(sql.SQL("{0} = s.{0}").format(sql.Identifier(column)) for column in taken)
    statement = sql.SQL(
        "UPDATE incidents_event e SET {setters}, batch_id = %s, version = e.version + 1 FROM {staged} s"
        " WHERE e.organisation_id = %s AND e.source_system = %s AND e.external_id = s.external_id"
        " AND e.external_id <> '' RETURNING e.external_id, e.id, e.number"
    ).format(setters=setters, staged=staged)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [origin.batch_id, organisation_id, origin.source_system])
        return list(cursor.fetchall())


def _insert(
    staged: sql.Identifier, taken: Sequence[str], after: int, count: int, origin: Origin, organisation_id: UUID
) -> list[Stored]:
    """The rows from place `after` on are new: they get the next numbers in their order."""
    given = [name for name in (*_OWN, *taken) if name != "number"]
    same = _same_in_every_row(origin, organisation_id)
    same = {name: value for name, value in same.items() if name not in {"number", "body_hash", *given}}
    names = sql.SQL(", ").join(map(sql.Identifier, [*given, *same]))
    from_rows = sql.SQL(", ").join(map(sql.Identifier, given))
    statement = sql.SQL(
        "INSERT INTO incidents_event (number, body_hash, {names}) SELECT number + %s, row_digest, {from_rows}, {same}"
        " FROM {staged} WHERE number >= %s RETURNING external_id, id, number"
    ).format(names=names, from_rows=from_rows, same=sql.SQL(", ").join([sql.SQL("%s")] * len(same)), staged=staged)
    first = _numbers(count, organisation_id)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [first - after, *same.values(), after])
        return list(cursor.fetchall())


def _numbers(count: int, organisation_id: UUID) -> int:
    """Take the next numbers; returns the first of them. The lock ends with the chunk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO incidents_counter (id, organisation_id, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (organisation_id) DO UPDATE SET last = incidents_counter.last + EXCLUDED.last RETURNING last",
            [new_id(), organisation_id, count],
        )
        return int(cursor.fetchone()[0]) - count + 1


def _write(rows: Sequence[Row], kept: Kept, origin: Origin, by: Actor, at: datetime) -> None:
    digest = hashlib.sha256(b"".join(row.digest for row in rows)).hexdigest()
    counts = {"created": len(kept.created), "updated": len(kept.updated)}
    payload = {"batch": origin.batch_id, "source": origin.source_system, **counts, "digest": digest}
    write(kind="events.imported", by=by, at=at, subject_type="batch", subject_id=origin.batch_id, payload=payload)
