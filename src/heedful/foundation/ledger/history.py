"""Row history: every insert and change of a tracked table, kept by database triggers, tied to its ledger entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import pghistory
import pghistory.trigger
import pgtrigger
from django.db import models
from pghistory import runtime

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger import operations

M = TypeVar("M", bound=type[models.Model])


_CONTEXT_ROW = "WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) "


class _StatementTrigger(pghistory.trigger.Event):
    """The package also writes a row of its own context table here, which our history does not use: left out."""

    def get_func(self, model: type[models.Model]) -> pgtrigger.Func:
        text = super().get_func(model).func
        return pgtrigger.Func(text.replace(_CONTEXT_ROW, "").replace(", _pgh_attached_context;", ";"))


class _OncePerStatement(pghistory.RowEvent):
    """All rows of a statement in one go: for a table that takes thousands of rows at once."""

    def add_event_trigger(self, event_model: Any) -> None:
        made = _StatementTrigger(
            event_model=event_model, label=self.label, name=self.trigger_name, row=self.row,
            operation=self.operation, condition=self.condition, level=pgtrigger.Statement,
        )  # fmt: skip
        pgtrigger.register(made)(event_model.pgh_tracked_model)


class _Inserted(_OncePerStatement, pghistory.InsertEvent):
    """New rows."""


class _Updated(_OncePerStatement, pghistory.UpdateEvent):
    """Changed rows, as they are now."""


class _Deleted(_OncePerStatement, pghistory.DeleteEvent):
    """Rows that went, as they were."""


def tracked(model: M) -> M:
    """Keep each row's history. Triggers do it, so bulk updates and raw SQL are caught as well."""
    return _tracked(model, pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())


def tracked_in_bulk(model: M) -> M:
    """The same history, written once per statement instead of once per row."""
    return _tracked(model, _Inserted(), _Updated(), _Deleted())


def _tracked(model: M, *trackers: pghistory.RowEvent) -> M:
    decorate: Any = pghistory.track(
        *trackers,
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
