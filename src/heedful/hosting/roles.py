"""The three database roles: one owns and migrates, one serves, one reads everything for dumps."""

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from heedful.config import env

OWNER = "heedful_owner"
APP = "heedful_app"
BACKUP = "heedful_backup"

# No role inherits anything, and only the one that takes dumps sees past row-level security.
ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS NOREPLICATION",
}


def prepare(superuser_url: str, database: str, passwords: dict[str, str] | None = None) -> None:
    """Make the roles and the database, or set right what is there; needs a superuser. May be run again."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role, attributes in ATTRIBUTES.items():
            _role(connection, role, attributes, (passwords or {}).get(role))
        connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)))
        make_database(connection, database)
        shut_out_others(connection, database)


def prepare_from_settings() -> str:
    """What `heedful prepare-database` does; the passwords are those in the addresses."""
    settings = env.load()
    if not settings.database_superuser_url:
        info = env.Settings.model_fields["database_superuser_url"]
        raise env.SettingsError([f"DATABASE_SUPERUSER_URL is not set. {info.description}"])
    urls = {OWNER: settings.database_owner_url, APP: settings.database_url, BACKUP: settings.database_backup_url}
    passwords = {role: password_of(url) for role, url in urls.items()}
    name = str(conninfo_to_dict(settings.database_url)["dbname"])
    prepare(settings.database_superuser_url, name, passwords)
    return f"The database {name} and the roles {', '.join(ATTRIBUTES)} are ready. Next: heedful migrate"


def make_database(connection: psycopg.Connection, database: str, *, template: str | None = None) -> None:
    """Make an empty database for the owner unless there is one."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    command = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    connection.execute(command.format(*(sql.Identifier(name) for name in (database, OWNER, template or "template0"))))


def shut_out_others(connection: psycopg.Connection, database: str) -> None:
    """Only the three roles may connect to the database."""
    name = sql.Identifier(database)
    roles = sql.SQL(", ").join(sql.Identifier(role) for role in ATTRIBUTES)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(name, sql.Identifier(APP)))


def _role(connection: psycopg.Connection, role: str, attributes: str, password: str | None) -> None:
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    command = sql.SQL("ALTER ROLE {} {}") if there else sql.SQL("CREATE ROLE {} {}")
    connection.execute(command.format(sql.Identifier(role), sql.SQL(attributes)))
    if password:
        setting = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        connection.execute(setting)


def password_of(url: str | None) -> str:
    """The password inside a PostgreSQL address, or nothing."""
    return str(conninfo_to_dict(url).get("password") or "") if url else ""
