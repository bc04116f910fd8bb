"""A backup file: a tar of the database's dump, the uploads, the ledger's anchors and, last, a manifest of them all."""

import hashlib
import io
import json
import tarfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from heedful.hosting import age

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
ANCHORS = "anchors.log"
UPLOADS = "uploads"
CHUNK = 1 << 20


class ArchiveError(Exception):
    """The file is not a whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, taken in the same snapshot as its dump."""

    taken_at: str
    heedful: str
    postgresql: int
    migrations: list[str]
    heads: dict[str, list[Any]]
    counts: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def appearing(path: Path, recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """A file for its owner only, encrypted where there are recipients; its name appears when it is whole."""
    partial = path.with_suffix(".part")
    partial.touch(mode=0o600)
    try:
        with partial.open("wb") as file:
            if recipients:
                with age.encrypting(file, recipients) as sink:
                    yield sink
            else:
                yield file
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(path)


class Writer:
    """Writes an archive, file by file; nothing of it is held whole."""

    def __init__(self, path: Path, recipients: Sequence[str] = ()) -> None:
        self.path = path
        self.files: dict[str, str] = {}
        self._open = ExitStack()
        self._recipients = recipients

    def __enter__(self) -> Self:
        sink = self._open.enter_context(appearing(self.path, self._recipients))
        tar = tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)
        self.tar = self._open.enter_context(tar)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        self._open.__exit__(kind, error, trace)

    def add_file(self, name: str, file: IO[bytes]) -> None:
        """Add an open file from its beginning, hashing the bytes that are stored."""
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        self.tar.addfile(self._member(name, size), hashing := Hashing(file))
        self.files[name] = hashing.digest.hexdigest()

    def add_text(self, name: str, text: bytes) -> None:
        self.tar.addfile(self._member(name, len(text)), io.BytesIO(text))
        self.files[name] = hashlib.sha256(text).hexdigest()

    def close_with(self, manifest: Manifest) -> None:
        body = json.dumps(asdict(manifest) | {"files": self.files}, indent=1, sort_keys=True).encode()
        self.tar.addfile(self._member(MANIFEST, len(body)), io.BytesIO(body))

    @staticmethod
    def _member(name: str, size: int) -> tarfile.TarInfo:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(time.time())
        return member


class Hashing(io.RawIOBase):
    """A file that remembers the digest of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def unpack(path: Path, into: Path | None, private: Sequence[str] = ()) -> Manifest:
    """Unpack an archive and compare every file with the manifest; ArchiveError when anything is missing or changed.

    With nowhere to unpack into it is only read and compared. An encrypted one needs one of the private keys.
    """
    found: dict[str, str] = {}
    manifest = b""
    try:
        with _opened(path, private) as file, tarfile.open(fileobj=file, mode="r|", bufsize=CHUNK) as tar:
            for member in _files(tar):
                source = tar.extractfile(member)
                if source is None:
                    continue
                if member.name == MANIFEST:
                    manifest = source.read()
                else:
                    found[member.name] = _write(source, into / member.name) if into else _digest(source)
    except age.AgeError as error:
        raise ArchiveError(str(error)) from None
    except (OSError, tarfile.TarError) as error:
        raise ArchiveError(f"{path} cannot be read as a backup: {error}") from None
    return _checked(path, manifest, found)


@contextmanager
def _opened(path: Path, private: Sequence[str]) -> Iterator[IO[bytes]]:
    if not age.is_encrypted(path):
        with path.open("rb") as file:
            yield file
        return
    with age.decrypting(path, private) as file:
        yield file


def _files(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for member in tar:
        parts = Path(member.name).parts
        if not member.isfile() or member.name.startswith("/") or ".." in parts:
            raise ArchiveError(f"The backup holds {member.name!r}, which has no place in one.")
        yield member


def _write(source: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    reader = Hashing(source)
    with target.open("wb") as file:
        while data := reader.read(CHUNK):
            file.write(data)
    return reader.digest.hexdigest()


def _digest(source: IO[bytes]) -> str:
    reader = Hashing(source)
    while reader.read(CHUNK):
        pass
    return reader.digest.hexdigest()


def _checked(path: Path, manifest: bytes, found: dict[str, str]) -> Manifest:
    if not manifest:
        raise ArchiveError(f"{path} has no manifest: it is not a backup, or it was cut off.")
    try:
        read = Manifest(**json.loads(manifest))
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"The manifest of {path} cannot be read: {error}") from None
    if read.format != FORMAT:
        raise ArchiveError(f"{path} has format {read.format}; this version of Heedful reads format {FORMAT}.")
    changed = sorted(name for name in read.files.keys() | found.keys() if read.files.get(name) != found.get(name))
    if changed:
        raise ArchiveError(f"{path} is damaged: {', '.join(changed[:5])} differ from the manifest.")
    return read
