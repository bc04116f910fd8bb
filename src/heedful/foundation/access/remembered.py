"""What a viewer sees, put into SQL once for each viewer, not for each asking.

A query that knows who may see what takes many times longer to build than to run for a few rows. The database still
answers each time: what changes there is seen at once, and what changes in the viewer is another question.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# Builds the rows for whoever looks, as `values_list`; nothing but its argument may decide what it builds.
Maker = Callable[[Any], QuerySet[Any, Any]]


def rows(make: Maker, looks: Hashable, *, column: str = "id", among: Iterable[UUID] | None = None) -> list[Any]:
    """The rows that `make(looks)` gives; with `among`, those whose column is one of these."""
    written = _written(make, looks)
    asked = None if among is None else list(among)
    if written is None or asked == []:
        return []
    sql, values = written
    with connection.cursor() as cursor:
        if asked is None:
            cursor.execute(sql, values)
        else:
            # The column's name is our own, and its values are bound.
            narrowed = f"SELECT * FROM ({sql}) AS seen WHERE seen.{column} = ANY(%s)"  # nosec B608
            cursor.execute(narrowed, [*values, asked])
        found: list[Any] = cursor.fetchall()
    return found


def within(make: Maker, looks: Hashable) -> RawSQL:
    """The one column that `make(looks)` gives, for `filter(pk__in=...)`; nothing where it can give nothing."""
    sql, values = _written(make, looks) or ("SELECT NULL::uuid WHERE false", ())
    return RawSQL(sql, values)  # noqa: S611  # nosec B611  (as Django wrote it, its values bound)


@lru_cache(maxsize=2048)
def _written(make: Maker, looks: Hashable) -> tuple[str, tuple[Any, ...]] | None:
    """SQL and values; None where nobody looking so can see anything."""
    try:
        sql, values = make(looks).order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(values)
