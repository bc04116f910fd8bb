"""What decides how a migrated database looks, as one short word: equal words, and there is nothing to migrate."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

PACKAGE = Path(__file__).resolve().parents[1]
SHAPERS = (
    "**/migrations/*.py",
    "**/*.sql",
    "foundation/access/*.py",
    "foundation/ledger/*.py",
    "hosting/batches.py",
    "hosting/migrations.py",
    "hosting/roles.py",
)
_NOTED = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


def fingerprint() -> str:
    """Of the files that shape a database; a change in any of them is another word."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SHAPERS for path in PACKAGE.glob(pattern)}):
        digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def is_current(url: str) -> bool:
    """Did these very files shape this database the last time?"""
    with psycopg.connect(url) as connection:
        row = connection.execute(_NOTED).fetchone()
    return row is not None and bool(row[0] == fingerprint())


def note(owner_url: str) -> None:
    """Keep the word with the database itself, as its comment."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(fingerprint()))
        )
