"""Run a command with settings that load but lead to no database: for checks that only read the code."""

import os
import sys

from heedful.hosting import testdb

NOWHERE = {"DATABASE_URL": "postgresql://heedful_app@127.0.0.1:1/heedful"}


def main() -> None:
    environ = testdb.settings_for_tests() | NOWHERE | {"DJANGO_SETTINGS_MODULE": "heedful.config.settings"}
    # No history of migrations can be asked for where there is no database; the check of the files needs none.
    environ["PYTHONWARNINGS"] = "ignore:Got an error checking a consistent migration history:RuntimeWarning"
    os.environ.update(environ)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606


main()
