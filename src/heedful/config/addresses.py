"""Addresses that settings are made of: PostgreSQL, mail server, web, hosts, time zone; checked and taken apart."""

from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import BaseModel, Field

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class Mail(BaseModel):
    """An `smtp://` address taken apart."""

    host: str
    port: int
    user: str = ""
    password: str = Field(default="", repr=False)
    implicit_tls: bool = False
    starttls: bool = False


def postgresql(value: str) -> str:
    """A PostgreSQL address that names a database; ValueError says what is wrong."""
    if not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("must start with postgresql://, as in postgresql://user:password@host:5432/heedful")
    try:
        parts = conninfo_to_dict(value)
    except ProgrammingError as error:
        raise ValueError(f"is not an address PostgreSQL understands ({str(error).strip()})") from None
    if not parts.get("dbname"):
        raise ValueError("names no database: end the address with /heedful")
    return value


def web(value: str) -> str:
    """A web address without the last slash; ValueError says what is wrong."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be a web address, as in https://heedful.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must start with https:// (http is accepted only for this machine itself)")
    return value.rstrip("/")


def hosts(value: object) -> object:
    """Host names, separated by commas; ValueError when they are any at all."""
    if isinstance(value, str):
        value = [host.strip() for host in value.split(",") if host.strip()]
    if isinstance(value, list) and "*" in value:
        raise ValueError("may not contain *: list the host names, separated by commas")
    return value


def time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a known time zone: write it as Europe/London") from None
    return value


def is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


def mail(value: str) -> Mail:
    """A mail server's address taken apart; ValueError says what is wrong."""
    parts = urlsplit(value)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ValueError("must be smtp://, smtps:// or smtp+plain:// with a host, as in smtp://user:secret@mail:587")
    if parts.query:
        raise ValueError("takes nothing after a question mark: remove it")
    return Mail(
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp",
    )


def django_database(url: str) -> dict[str, Any]:
    """A PostgreSQL address as an entry of Django's DATABASES."""
    parts = conninfo_to_dict(url)
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    entry: dict[str, Any] = {name: str(parts.pop(key, "") or "") for key, name in keys.items()}
    # Compiling a statement to machine code took 2 s for one that then ran for 0.4: ours are many and short.
    parts["options"] = f"{parts.get('options') or ''} -c jit=off".strip()
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": parts}
