"""Many rows at once under row-level security: COPY is refused there, so rows go by way of a temporary table."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection
from psycopg import sql


@contextmanager
def staged(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[sql.Identifier]:
    """Rows in a temporary table with the named columns of `table`, gone when the transaction ends."""
    name = sql.Identifier(f"staged_{uuid4().hex}")
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                name, listed, sql.Identifier(table)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(name, listed)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("ANALYZE {}").format(name))
        yield name
        cursor.execute(sql.SQL("DROP TABLE {}").format(name))
