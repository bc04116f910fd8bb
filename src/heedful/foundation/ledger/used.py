"""What else in the database names a row: asked before one is taken away, of every table that there is."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, ForeignKey, Model
from psycopg import sql

from heedful.foundation.access import tenant


def named_by_keys(model: type[Model], ids: Iterable[UUID], *, but_for: Iterable[str] = ()) -> set[UUID]:
    """Of these rows those that a foreign key of another table leads to. `but_for`: tables that do not count."""
    left = {*but_for, model._meta.db_table}
    keys = [
        (table, str(field.column))
        for table, field in _fields()
        if table not in left and isinstance(field, ForeignKey) and field.related_model is model
    ]
    return _named(keys, "{column} = ANY(%s)", "{column}", ids)


def named_in_lists(name: str, ids: Iterable[UUID]) -> set[UUID]:
    """Of these ids those that stand in a list of this name, or in a plain column of its singular."""
    asked = list(ids)
    lists = [(table, str(f.column)) for table, f in _fields() if f.name == name and isinstance(f, ArrayField)]
    plain = [(table, str(f.column)) for table, f in _fields() if f.name == name.removesuffix("s")]
    found = _named(lists, "{column} && %s", "unnest({column})", asked) & set(asked)
    return found | _named(plain, "{column} = ANY(%s)", "{column}", asked)


def _fields() -> Iterator[tuple[str, Field]]:  # type: ignore[type-arg]
    """Every column of an organisation's own tables; what was is no use of it."""
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        names = {field.name for field in fields}
        if "organisation" in names and "pgh_label" not in names:
            yield from ((model._meta.db_table, field) for field in fields)


def _named(places: Iterable[tuple[str, str]], where: str, what: str, ids: Iterable[UUID]) -> set[UUID]:
    asked, found = list(ids), set[UUID]()
    for table, column in places:
        parts = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
        statement = sql.SQL(f"SELECT DISTINCT {what} FROM {{table}} WHERE organisation_id = %s AND {where}")
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**parts).as_string(), [tenant.current(), asked])
            found.update(row[0] for row in cursor.fetchall())
    return found
