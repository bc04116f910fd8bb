"""Acting as another database role than the one that serves: only before Django is set up, only in commands."""

import os
from typing import Literal

from heedful.config import env

Role = Literal["database_owner_url", "database_backup_url"]


def act_as(role: Role) -> None:
    """From here on this process's database address is that role's."""
    url = env.read(os.environ, role)
    if url:
        os.environ.pop("DATABASE_URL_FILE", None)
        os.environ["DATABASE_URL"] = url
    problems = []
    try:
        env.load()
    except env.SettingsError as error:
        problems = [problem for problem in error.problems if url or not problem.startswith("DATABASE_URL ")]
    if not url:
        info = env.Settings.model_fields[role]
        problems.insert(0, f"{env.variable(role)} is not set. {info.description}")
    if problems:
        raise env.SettingsError(problems)
