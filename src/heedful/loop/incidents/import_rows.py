"""Rows that wait to become events: a temporary table with what a file says of each, and chunks of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg import sql
from uuid_utils import uuid7

from heedful.foundation.access import bulk
from heedful.loop.incidents import finding
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.naming import title_from

# What an import may say about an event; everything else keeps its default, or what the event has already.
MAY_SET = frozenset(
    {
        *("title", "words", "place", "made_safe", "kinds", "type", "subtype", "harm_body", "harm_mind"),
        *("aware_at", "recorded_at", "occurred_from", "occurred_to", "occurred_as"),
        *("local_date", "local_hour", "local_weekday", "financial_year", "retain_from"),
    }
)
# What every waiting row holds besides what the file says, in this order.
_OWN = {
    "place_in_file": "integer",
    "event_id": "uuid",
    "is_known": "boolean",
    "external_id": "varchar(80)",
    "service": "text",
    "row_digest": "bytea",
    "flags": "varchar(40)[]",
    "other_flags": "varchar(40)[]",
    "title": "varchar(120)",
}
FINDABLE = ("title", "words", "place", "made_safe")


class Row(NamedTuple):
    """One event of a file. `values` has the same names in every row of an import."""

    external_id: str
    # Its id, or the key that stands for it in the file.
    service_id: UUID | str
    # What to call it when the file gives neither a title nor an account.
    fallback_title: str
    values: Mapping[str, Any]
    flags: tuple[str, ...]
    digest: bytes


class Waiting(bulk.Waiting):
    """Rows that wait to become events. `more`: columns of the caller's own, with their types."""

    def __init__(self, named: Collection[str], more: Mapping[str, str] | None = None) -> None:
        if not set(named) <= MAY_SET:
            raise ValueError(f"An import may not set {', '.join(sorted(set(named) - MAY_SET))}.")
        self.named = frozenset(named)
        self.taken = tuple(sorted(self.named - {"title"}))
        types = {name: str(Event._meta.get_field(name).db_type(connection)) for name in self.taken}
        self._spellings = [(name, _spelling(type_)) for name, type_ in types.items()]
        words = [name for name in FINDABLE if name == "title" or name in self.named]
        super().__init__({**_OWN, **types, **(more or {})}, {"findable": finding.words_of(words)})

    def take(self, row: Row, *more: str) -> None:
        """One row; what is `more` as `bulk.field` spells it."""
        values = row.values
        title = values.get("title") or title_from(values.get("words", "")) or row.fallback_title
        self.add(
            (
                str(self.count),
                str(uuid7()),
                "f",
                bulk.field(row.external_id),
                bulk.field(str(row.service_id)),
                rf"\\x{row.digest.hex()}",
                _listed(row.flags),
                "{}",
                bulk.field(title),
                *[spelt(values[name]) for name, spelt in self._spellings],
                *more,
            )
        )


def _spelt(value: object) -> str:
    return r"\N" if value is None else str(value)


def _day(value: date | None) -> str:
    return r"\N" if value is None else value.isoformat()


def _list(value: Sequence[str]) -> str:
    return _listed(tuple(value))


def _spelling(type_: str) -> Callable[[Any], str]:
    """How COPY spells a value of a column of this type."""
    if type_.endswith("[]"):
        return _list
    if type_.startswith(("varchar", "text")):
        return bulk.field
    return _day if type_ == "date" or type_.startswith("timestamp") else _spelt


@lru_cache(maxsize=1_000)
def _listed(slugs: tuple[str, ...]) -> str:
    quoted = ",".join('"' + slug.replace("\\", "\\\\").replace('"', '\\"') + '"' for slug in slugs)
    return bulk.field(f"{{{quoted}}}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The rows of a waiting table from one place up to another, and the ids of the services they name."""

    waiting: Waiting
    first: int
    end: int
    service_ids: Mapping[str, UUID]

    def about(self, statement: str, **parts: sql.Composable) -> str:
        """A statement about `{rows}`, which it calls w."""
        where = f"w.place_in_file >= {int(self.first)} AND w.place_in_file < {int(self.end)}"
        return sql.SQL(statement).format(rows=self.waiting.name, chunk=sql.SQL(where), **parts).as_string()

    def run(self, statement: str, given: Sequence[Any] = (), **parts: sql.Composable) -> int:
        """How many rows it was about."""
        with connection.cursor() as cursor:
            cursor.execute(self.about(statement, **parts), given)
            return int(cursor.rowcount)
