"""Runs PostgreSQL's client programs; passwords go through the environment, where other users cannot see them."""

import os
import subprocess
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from heedful.hosting import binaries

VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
VARIABLES |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}


class ToolError(Exception):
    """A PostgreSQL program failed; the message is what it said."""


def run(program: str, url: str, version: int, *arguments: str, into: IO[bytes] | None = None) -> str:
    """Run pg_dump, pg_restore or psql against the database of an address; what it writes may go into an open file."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environ |= {VARIABLES[key]: value for key, value in parts.items() if key in VARIABLES}
    done = subprocess.run(
        [binaries.for_server(version).path(program), "--no-password", *arguments],
        env=environ,
        stdout=into or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise ToolError(f"{program} failed: " + " / ".join(said[:6]))
    return done.stdout or ""


def server_version(connection: psycopg.Connection) -> int:
    """The server's major version."""
    return connection.info.server_version // 10_000
