"""Acting as the role that owns the tables: only before Django is set up, and only for commands that change them."""

import os

from heedful.config import env


def act_as_owner() -> None:
    """From here on this process's database address is the owner's."""
    owner = env.read(os.environ, "database_owner_url")
    if not owner:
        info = env.Settings.model_fields["database_owner_url"]
        raise env.SettingsError([f"DATABASE_OWNER_URL is not set. {info.description}"])
    os.environ.pop("DATABASE_URL_FILE", None)
    os.environ["DATABASE_URL"] = owner
