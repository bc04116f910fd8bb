"""Acting as the role that owns the tables: only before Django is set up, and only for commands that change them."""

import os

from heedful.config import env


def act_as_owner() -> None:
    """From here on this process's database address is the owner's."""
    owner = env.read(os.environ, "database_owner_url")
    if owner:
        os.environ.pop("DATABASE_URL_FILE", None)
        os.environ["DATABASE_URL"] = owner
    problems = []
    try:
        env.load()
    except env.SettingsError as error:
        problems = [problem for problem in error.problems if owner or not problem.startswith("DATABASE_URL ")]
    if not owner:
        info = env.Settings.model_fields["database_owner_url"]
        problems.insert(0, f"DATABASE_OWNER_URL is not set. {info.description}")
    if problems:
        raise env.SettingsError(problems)
