"""Row-level security and grants, put on every organisation's table after each migration, by the owner.

The app role owns nothing and gets rights table by table here, so a table that was forgotten is not readable at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from heedful.foundation.access.catalogue import GLOBAL_TABLES, JOB_TABLE, UNFORCED_TABLES
from heedful.foundation.access.tenant import SETTING

# Rows here are added and never changed: the database itself refuses.
APPEND_ONLY = frozenset({"ledger_entry", "exits_exit"})
# The app role has no rights on these: SECURITY DEFINER functions answer one question each, or nobody ever asks.
UNREADABLE = frozenset({"people_directory", "people_code", "pghistory_context"})
WORKER_SETTING = "heedful.worker"


class Unprotected(RuntimeError):
    """A table is neither an organisation's nor on the named list."""


def protect(connection: BaseDatabaseWrapper, *, app_role: str, backup_role: str | None = None) -> int:
    """Put policies and grants on every table; returns how many tables are under a tenant policy."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        unknown = [t for t, (tenant, _) in tables.items() if not tenant and t not in GLOBAL_TABLES and t != JOB_TABLE]
        if unknown:
            raise Unprotected(f"No organisation column and not on the named list: {', '.join(sorted(unknown))}")
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(app_role)))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(app_role)))
        for table, (tenant, is_history) in tables.items():
            if tenant:
                _police(cursor, table, "id" if table == "people_organisation" else "organisation_id")
            _grant(cursor, table, app_role, append_only=is_history or table in APPEND_ONLY)
        _police_jobs(cursor)
        if backup_role:
            _grant_backup(cursor, backup_role)
    return sum(1 for tenant, _ in tables.values() if tenant)


@contextmanager
def owner_sees_all(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """While migrations run, the policies hold for everybody but the owner.

    Under FORCE the owner has no organisation, so a foreign key to a protected table cannot even be checked. A run that
    is killed in here leaves the app role as bound as before, and the next one puts FORCE back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind IN ('r', 'p')")
        forced = [name for (name,) in cursor.fetchall()]
        for table in forced:
            cursor.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in forced:
                cursor.execute(
                    sql.SQL("ALTER TABLE IF EXISTS {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(table))
                )


def _tables(cursor: object) -> dict[str, tuple[bool, bool]]:
    cursor.execute(  # type: ignore[attr-defined]
        """
        SELECT c.relname,
               c.relname = 'people_organisation' OR EXISTS (
                 SELECT 1 FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped),
               EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_label')
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
        """
    )
    rows = cursor.fetchall()  # type: ignore[attr-defined]
    return {name: (tenant and name not in GLOBAL_TABLES, history) for name, tenant, history in rows}


def _police(cursor: object, table: str, column: str) -> None:
    statements = [
        "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {{t}} {'NO FORCE' if table in UNFORCED_TABLES else 'FORCE'} ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS one_organisation ON {t}",
        # Without `missing_ok`: no tenant set is an error, never an empty page.
        "CREATE POLICY one_organisation ON {t} USING ({c} = current_setting({s})::uuid)"
        " WITH CHECK ({c} = current_setting({s})::uuid)",
    ]
    for statement in statements:
        cursor.execute(  # type: ignore[attr-defined]
            sql.SQL(statement).format(t=sql.Identifier(table), c=sql.Identifier(column), s=sql.Literal(SETTING))
        )


def _police_jobs(cursor: object) -> None:
    """A job is seen by its organisation, and by the worker process, which takes jobs of all."""
    table = sql.Identifier(JOB_TABLE)
    rule = sql.SQL(
        "(current_setting({w}, true) = 'on' OR args->>'organisation_id' IS NULL"
        " OR args->>'organisation_id' = current_setting({s}))"
    ).format(w=sql.Literal(WORKER_SETTING), s=sql.Literal(SETTING))
    for statement in (
        sql.SQL("ALTER TABLE {t} ENABLE ROW LEVEL SECURITY").format(t=table),
        sql.SQL("ALTER TABLE {t} FORCE ROW LEVEL SECURITY").format(t=table),
        sql.SQL("DROP POLICY IF EXISTS one_organisation ON {t}").format(t=table),
        sql.SQL("CREATE POLICY one_organisation ON {t} USING {r} WITH CHECK {r}").format(t=table, r=rule),
    ):
        cursor.execute(statement)  # type: ignore[attr-defined]


def _grant(cursor: object, table: str, role: str, *, append_only: bool) -> None:
    if table in UNREADABLE:
        rights = None
    elif table == "django_migrations":
        rights = "SELECT"
    else:
        rights = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    names = {"t": sql.Identifier(table), "r": sql.Identifier(role)}
    cursor.execute(sql.SQL("REVOKE ALL ON {t} FROM {r}").format(**names))  # type: ignore[attr-defined]
    if rights:
        cursor.execute(sql.SQL("GRANT " + rights + " ON {t} TO {r}").format(**names))  # type: ignore[attr-defined]


def _grant_backup(cursor: object, role: str) -> None:
    for what in ("TABLES", "SEQUENCES"):
        cursor.execute(  # type: ignore[attr-defined]
            sql.SQL("GRANT SELECT ON ALL " + what + " IN SCHEMA public TO {}").format(sql.Identifier(role))
        )
    cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))  # type: ignore[attr-defined]
