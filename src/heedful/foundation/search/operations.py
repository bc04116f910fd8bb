"""Keeping the index: called by other rooms' operations, inside their transaction, so the two never differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from heedful.foundation.access import tenant
from heedful.foundation.access.models import new_id
from heedful.foundation.search.models import Document

# A text vector holds at most 1 MB; no form lets so much through, a file might.
LONGEST = 200_000
BATCH = 1000

# English finds "falls" by "fell"'s kin; words that English leaves out are kept, for they may be names: Will, May.
_UPSERT = """
INSERT INTO search_document (id, organisation_id, subject_type, subject_id, at, body)
SELECT row_id, %s, %s, subject_id, at, to_tsvector('public.heedful_words', words)
  FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[], %s::text[]) AS given (row_id, subject_id, at, words)
    ON CONFLICT (organisation_id, subject_type, subject_id) DO UPDATE SET at = excluded.at, body = excluded.body
"""
_UPSERT_STORED = """
INSERT INTO search_document (id, organisation_id, subject_type, subject_id, at, body)
SELECT row_id, %s, %s, subject_id, at, to_tsvector('public.heedful_words', words)
  FROM (SELECT given.row_id, given.subject_id, stored.{at} AS at,
               left(concat_ws(' ', {columns}, given.more), %s) AS words
          FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS given (row_id, subject_id, more)
          JOIN {table} stored ON stored.id = given.subject_id OFFSET 0) AS found
    ON CONFLICT (organisation_id, subject_type, subject_id) DO UPDATE SET at = excluded.at, body = excluded.body
"""
_INSERT_READY = """
INSERT INTO search_document (id, organisation_id, subject_type, subject_id, at, body)
SELECT subject_id, %s, %s, subject_id, at, body || to_tsvector('public.heedful_words', more) FROM ({ready}) AS ready
"""


@dataclass(frozen=True)
class Stored:
    """Words that stand in a table already: its name, the column of the moment, the columns of words."""

    table: str
    at: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What one subject can be found by. Never the name of a confidential reporter."""

    subject_id: UUID
    at: datetime
    text: str


def index(*, subject_type: str, subject_id: UUID, text: str, at: datetime) -> None:
    """Make a subject findable by these words, in place of those it had."""
    index_many(subject_type=subject_type, items=[Words(subject_id, at, text)])


def index_many(*, subject_type: str, items: Iterable[Words]) -> int:
    """The same for many; returns how many. Each subject may come once."""
    organisation, rest, count = tenant.current(), iter(items), 0
    with connection.cursor() as cursor:
        while batch := list(islice(rest, BATCH)):
            columns = (
                [new_id() for _ in batch],
                [item.subject_id for item in batch],
                [item.at for item in batch],
                [item.text.replace("\0", " ")[:LONGEST] for item in batch],
            )
            cursor.execute(_UPSERT, [organisation, subject_type, *columns])
            count += len(batch)
    return count


def index_stored(*, subject_type: str, stored: Stored, more: Mapping[UUID, str]) -> int:
    """Index many subjects from their own table, each with a few more words; the texts do not leave the database."""
    columns = sql.SQL(", ").join(sql.Identifier("stored", column) for column in stored.columns)
    places = {"at": sql.Identifier(stored.at), "columns": columns, "table": sql.Identifier(stored.table)}
    statement = sql.SQL(_UPSERT_STORED).format(**places).as_string()
    given = ([new_id() for _ in more], list(more), list(more.values()))
    with connection.cursor() as cursor:
        cursor.execute(statement, [tenant.current(), subject_type, LONGEST, *given])
        return int(cursor.rowcount)


def words_of(columns: Iterable[str]) -> str:
    """The expression of a column of a waiting table: what its rows can be found by, worked out while they wait."""
    text = sql.SQL(" || ' ' || ").join(map(sql.Identifier, columns))
    return sql.SQL("to_tsvector('public.heedful_words', left({}, {}))").format(text, LONGEST).as_string()


def index_ready(*, subject_type: str, ready: sql.Composable, given: Sequence[Any]) -> int:
    """Index many new subjects whose words are worked out: a query for subject_id, at, body and a few words more."""
    statement = sql.SQL(_INSERT_READY).format(ready=ready).as_string()
    with connection.cursor() as cursor:
        cursor.execute(statement, [tenant.current(), subject_type, *given])
        return int(cursor.rowcount)


def remove(*, subject_type: str, subject_id: UUID) -> None:
    """Nobody finds it by its words any more."""
    Document.objects.filter(subject_type=subject_type, subject_id=subject_id).delete()


def remove_many(*, subject_type: str, subject_ids: Sequence[UUID]) -> None:
    """The same for many."""
    Document.objects.filter(subject_type=subject_type, subject_id__in=subject_ids).delete()
