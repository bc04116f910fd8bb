"""`heedful upgrade`: back up, check, migrate, verify; when any of it fails, put the backup back."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

from heedful import __version__
from heedful.config import env
from heedful.hosting import archive, backups, restores, roles


class UpgradeError(Exception):
    """The upgrade did not happen; the message says why, and what state the database is in."""


def upgrade(say: Callable[[str], object]) -> None:
    """Bring the database to the installed version, or leave it as it was."""
    settings = env.load()
    _refuse_while_serving(settings)
    say("1 of 4  backup")
    taken, safety = backups.take_for_upgrade()
    say(f"        {taken.path}")
    try:
        say("2 of 4  check: the backup can be read whole, the settings are right")
        archive.unpack(safety, None)
        _heedful("manage", "check")
    except Exception:
        _let_go(taken, [safety])
        raise
    try:
        say("3 of 4  migrate")
        _heedful("migrate")
        say("4 of 4  verify the ledger")
        _heedful("ledger", "verify")
    except UpgradeError as error:
        _put_back(taken, safety, error, say)
    _let_go(taken, (settings.data_dir / backups.SAFETY).glob("heedful-*.tar"))
    say(f"The database is at version {__version__}. Start the web server and the worker again.")


def _refuse_while_serving(settings: env.Settings) -> None:
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s"
            " AND pid <> pg_backend_pid()",
            [roles.APP],
        ).fetchone()
    if row and row[0]:
        raise UpgradeError("Heedful is still connected to the database: stop the web server and the worker first.")


def _let_go(taken: backups.Taken, safety: Iterable[Path]) -> None:
    """Delete copies in the clear; those of upgrades that were broken off too, once one has ended well."""
    for path in safety:
        if path != taken.path:
            path.unlink(missing_ok=True)


def _put_back(taken: backups.Taken, safety: Path, error: UpgradeError, say: Callable[[str], object]) -> None:
    say("That failed; putting the backup back.")
    try:
        restores.restore(safety, replace=True, then_verify=False)
    except Exception as worse:
        clear = "" if safety == taken.path else " That file is not encrypted: delete it when all is well again."
        raise UpgradeError(
            f"{error}\nThe backup could not be put back either: {worse}\nIt is whole, in {safety}: "
            f"install the version from before, and run `heedful restore --replace` with it.{clear}"
        ) from worse
    _let_go(taken, [safety])
    raise UpgradeError(
        f"{error}\nThe database is as it was before, at version {taken.manifest.heedful}: "
        "install that version again and start it, or mend the cause and run `heedful upgrade` again."
    )


def _heedful(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "heedful", *command],
        env=os.environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise UpgradeError(f"`heedful {' '.join(command)}` failed: " + " / ".join(said[-5:]))
