"""The embedded PostgreSQL of the demonstration: server, roles and database in one folder, no password, no port."""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from heedful.hosting import binaries, roles
from heedful.hosting.cluster import SUPERUSER, Cluster, public_home

DATABASE = "heedful"


class OldDemonstrationError(Exception):
    """What is in the folder was made by a version that this one does not go on from."""


@dataclass(frozen=True)
class Embedded:
    """A running embedded server and the settings that lead to it."""

    cluster: Cluster
    environ: dict[str, str]

    def stop(self) -> None:
        self.cluster.stop()


def home_of(folder: Path) -> Path:
    """Where the server's files lie: in the folder; when root started it, in a public place (root gives up root)."""
    return public_home("demo", folder) if os.geteuid() == 0 else folder / "postgres"


def start(folder: Path) -> Embedded:
    """Start the server in the folder, making what is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    keys = _keys(folder)
    home = home_of(folder)
    made_by = home / "data" / "PG_VERSION"
    version = int(made_by.read_text().strip()) if made_by.exists() else None
    cluster = Cluster(home, binaries.for_embedding(version), durable=True)
    cluster.start()
    try:
        roles.prepare(cluster.url(SUPERUSER, "postgres"), DATABASE)
    except BaseException:
        cluster.stop()
        raise
    return Embedded(cluster, _addresses(cluster) | keys | {"HEEDFUL_DATA_DIR": str(folder.resolve())})


def remove(folder: Path) -> None:
    """Stop the server if it runs, and delete all that the demonstration kept."""
    home = home_of(folder)
    if (home / "data" / "PG_VERSION").exists():
        Cluster(home, binaries.for_embedding(), durable=True).remove()
    for kept in (home, folder):
        if kept.exists():
            shutil.rmtree(kept)


def _addresses(cluster: Cluster) -> dict[str, str]:
    names = {"DATABASE_URL": roles.APP, "DATABASE_OWNER_URL": roles.OWNER, "DATABASE_BACKUP_URL": roles.BACKUP}
    return {name: cluster.url(role, DATABASE) for name, role in names.items()}


def _keys(folder: Path) -> dict[str, str]:
    """This demonstration's own keys, made once."""
    path = folder / "keys.json"
    if not path.exists():
        keys = new_keys()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(keys, file)
    found = {str(name): str(value) for name, value in json.loads(path.read_text()).items()}
    if missing := new_keys().keys() - found.keys():
        names = ", ".join(sorted(missing))
        raise OldDemonstrationError(
            f"The demonstration in {folder} is of an older version and has no {names}. "
            "Start it afresh with --reset (make demo ARGS=--reset)."
        )
    return found


def new_keys() -> dict[str, str]:
    """A new installation's own secrets, by the names of their settings."""
    return {
        "HEEDFUL_SECRET_KEY": secrets.token_urlsafe(64),
        "HEEDFUL_LEDGER_KEY": secrets.token_hex(32),
        "HEEDFUL_SEALING_KEY": secrets.token_hex(32),
    }
