"""Bring the database to this version: tables, then row-level security and grants, as the role that owns them."""

import gc

from django.core.management import call_command
from django.core.management.commands import migrate as command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from heedful.foundation.access import protection
from heedful.hosting import batches, roles


def migrate(verbosity: int = 1) -> None:
    """Migrate and protect; Django is set up, connected as the owner."""
    # With nothing to do, the command still compares every model with its migrations, for seconds.
    if pending():
        # Django makes the classes of all models anew for every step; collecting them as usual costs a quarter.
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
        command.MigrationExecutor = batches.Executor  # type: ignore[misc]
        with protection.owner_sees_all(connection):
            call_command("migrate", interactive=False, verbosity=verbosity)
    protection.protect(connection, app_role=roles.APP, backup_role=roles.BACKUP)


def pending() -> list[str]:
    """Migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
