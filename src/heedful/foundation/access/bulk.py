"""Many rows at once under row-level security: COPY is refused there, so rows go by way of a temporary table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from uuid import uuid4

from django.db import connection
from psycopg import Copy, sql

# Rows that go to the database in one piece.
TOGETHER = 64
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


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


def field(text: str) -> str:
    """A text as a field of `Waiting.add`."""
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


class Waiting:
    """Rows in a temporary table of this connection: nobody else can read it, and it is gone when the connection ends.

    The database takes rows in, and works out what `made` says, while the next ones are still being thought about.
    Between `add` and `settle` the connection answers nothing else.
    """

    def __init__(self, columns: Mapping[str, str], made: Mapping[str, str]) -> None:
        self.name = sql.Identifier(f"waiting_{uuid4().hex}")
        self.count = 0
        self._columns, self._lines = tuple(columns), list[str]()
        self._open = ExitStack()
        self._copy: Copy | None = None
        given = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(type_)) for name, type_ in columns.items()]
        worked_out = [
            sql.SQL("{} tsvector GENERATED ALWAYS AS ({}) STORED").format(sql.Identifier(name), sql.SQL(expression))
            for name, expression in made.items()
        ]
        self._run("CREATE TEMPORARY TABLE {} ({})", sql.SQL(", ").join([*given, *worked_out]))

    def add(self, fields: Sequence[str]) -> None:
        """The next row: as many fields as there are columns, each as COPY spells it."""
        self._lines.append("\t".join(fields))
        self.count += 1
        if len(self._lines) >= TOGETHER:
            self._send()

    def settle(self) -> None:
        """Until all rows are there; then the connection is free for others."""
        if self._lines:
            self._send()
        self._copy = None
        self._open.close()

    def make_ready(self, key: str) -> None:
        """All rows have come: find them by `key` from now on."""
        self.settle()
        self._run("CREATE INDEX ON {} ({})", sql.Identifier(key))
        self._run("ANALYZE {} ({})", sql.Identifier(key))

    def __enter__(self) -> "Waiting":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Where something went wrong the connection may be gone, and the table with it."""
        self._lines.clear()
        self._copy = None
        if not self._open.__exit__(kind, error, trace) and connection.is_usable():
            self._run("DROP TABLE IF EXISTS {}")

    def _send(self) -> None:
        if self._copy is None:
            listed = sql.SQL(", ").join(map(sql.Identifier, self._columns))
            cursor = self._open.enter_context(connection.cursor())
            self._copy = self._open.enter_context(
                cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(self.name, listed))
            )
        self._copy.write("\n".join(self._lines) + "\n")
        self._lines.clear()

    def _run(self, statement: str, *parts: sql.Composable) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(self.name, *parts).as_string())
