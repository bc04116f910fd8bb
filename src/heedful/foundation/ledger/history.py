"""Row history: every insert and change of a tracked table, kept by database triggers, tied to its ledger entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import pghistory
from django.db import models
from pghistory import runtime

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger import operations

M = TypeVar("M", bound=type[models.Model])


def tracked(model: M) -> M:
    """Keep each row's history. Triggers do it, so bulk updates and raw SQL are caught as well."""
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
        context_field=pghistory.ContextJSONField(),
        meta={"db_table": f"{model._meta.db_table}_history"},
    )
    return decorate(model)  # type: ignore[no-any-return]


@contextmanager
def entry() -> Iterator[UUID]:
    """Give the operation's rows and its ledger entry one id, before the entry is written.

    No free text may go into the context: it cannot be erased with the case. An operation inside another has its own.
    """
    entry_id = new_id()
    outer = getattr(runtime._tracker, "value", None)
    token = operations._open_entry.set([entry_id])
    try:
        with pghistory.context(entry=str(entry_id)):
            yield entry_id
    finally:
        operations._open_entry.reset(token)
        if outer is not None:
            runtime._tracker.value = outer
