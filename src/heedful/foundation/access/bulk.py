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
        create = sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
        # As text: the row history looks into each statement and takes nothing else.
        cursor.execute(create.format(name, listed, sql.Identifier(table)).as_string())
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(name, listed)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("ANALYZE {}").format(name).as_string())
        yield name
        cursor.execute(sql.SQL("DROP TABLE {}").format(name).as_string())
