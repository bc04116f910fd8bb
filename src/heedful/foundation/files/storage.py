"""Where the bytes lie: a port with one way of doing it, a folder on this server."""

import os
import re
import secrets
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{32}")


class Store(Protocol):
    """Keeps bytes under random keys that begin with the organisation's id."""

    def put(self, key: str, content: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...


class LocalFolder:
    """Files that only this server's account may read. A file is whole or absent, also after a power cut."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        for folder in (self.root, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True, parents=True)
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)

    def get(self, key: str) -> bytes:
        return self._path(key).read_bytes()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("Not a key of this storage.")
        return self.root / key


def new_key(organisation_id: UUID) -> str:
    return f"{organisation_id}/{secrets.token_hex(16)}"


def store() -> Store:
    """The storage in use. Backups take the same folder along."""
    return LocalFolder(settings.HEEDFUL_DATA_DIR / "uploads")
