"""Lists of what a viewer sees, where few rows are asked about: find the rows first, then judge those alone.

The database plans for 30 to 80 ms who may see one thing of all there are; for a few known rows it need not.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet


def first_seen(rows: QuerySet[Any, Any], keep: Callable[[Sequence[Any]], list[Any]], most: int) -> list[Any]:
    """The first so many of these ordered rows that `keep` lets through."""
    found: list[Any] = []
    start = 0
    while len(found) < most:
        some = list(rows[start : start + most])
        found += keep(some)
        if len(some) < most:
            break
        start += most
    return found[:most]
