"""Applies migrations in batches of steps of one kind.

After each single step Django makes the classes of all models that hang together anew, and here all of them hang
together: that is most of the time that an empty database takes. New tables need only their own classes, new columns
those of their tables and of what these point at; triggers, indexes and constraints, whose step brings along all that
the database is told, need none.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from django.apps import apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

TABLES, COLUMNS, APART = "tables", "columns", "apart"
STALE = "heedful_stale"
KINDS = {
    CreateModel: TABLES,
    AddField: COLUMNS,
    **dict.fromkeys((AddTrigger, RemoveTrigger, AddIndex, AddConstraint), APART),
}


class Executor(MigrationExecutor):
    """Django's own, with batches, and with the libraries' many small steps while there are few models yet."""

    def migration_plan(
        self, targets: Sequence[tuple[str, str | None]] | set[tuple[str, str]], clean_start: bool = False
    ) -> list[tuple[Migration, bool]]:
        ordered = sorted(targets, key=lambda target: (_is_ours(target[0]), target))
        return super().migration_plan(ordered, clean_start)

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        setattr(migration, "apply", partial(_apply, migration))  # noqa: B010
        return super().apply_migration(state, migration, fake, fake_initial)


def _is_ours(label: str) -> bool:
    return apps.get_app_config(label).name.startswith("heedful.")


def _apply(migration: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor) -> ProjectState:
    """What `Migration.apply` does, batch by batch."""
    for kind, batch in _batches(migration.operations):
        if not kind and not isinstance(batch[0], RunSQL):
            _freshen(state)
        before = state.clone()
        _declare(kind, batch, migration.app_label, state)
        for operation in batch:
            operation.database_forwards(migration.app_label, editor, before, state)
    return state


def _declare(kind: str, batch: list[Operation], label: str, state: ProjectState) -> None:
    """Bring the state forwards, and its classes as far as this kind of step needs them."""
    if kind not in KINDS.values() or "apps" not in state.__dict__:
        for operation in batch:
            operation.state_forwards(label, state)
        return
    # Without its classes the state makes nothing anew.
    made = state.__dict__.pop("apps")
    for operation in batch:
        operation.state_forwards(label, state)
    state.__dict__["apps"] = made
    if kind == TABLES:
        made.render_multiple([state.models[key] for key in _models(batch, label)])
    elif kind == COLUMNS:
        state.reload_models(_models(batch, label), delay=True)
    else:
        state.__dict__.setdefault(STALE, set()).update(_models(batch, label))


def _models(batch: list[Operation], label: str) -> list[tuple[str, str]]:
    """The models that these steps are about, each once, in the order of the steps."""
    names = (getattr(operation, "name" if isinstance(operation, CreateModel) else "model_name") for operation in batch)
    return list(dict.fromkeys((label, name.lower()) for name in names))


def _freshen(state: ProjectState) -> None:
    """A step that alters a column asks the class which constraints are to stay: it has to know of all by then."""
    stale = state.__dict__.pop(STALE, set())
    if stale and "apps" in state.__dict__:
        state.reload_models(stale, delay=True)


def _batches(operations: Sequence[Operation]) -> Iterator[tuple[str, list[Operation]]]:
    for kind, group in groupby(operations, lambda operation: KINDS.get(type(operation), "")):
        if kind:
            yield kind, list(group)
        else:
            yield from ((kind, [operation]) for operation in group)
