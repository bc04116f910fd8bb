"""Files in the age format: encrypted to public keys whose private halves are kept elsewhere. Nothing is held whole."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from os import fdopen, pipe
from pathlib import Path
from typing import IO

from pyrage import DecryptError, IdentityError, decrypt_io, encrypt_io, x25519

HEADS = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
SUFFIX = ".age"
CHUNK = 1 << 16


class AgeError(Exception):
    """An encrypted file cannot be read, or a key is none; the message says why and what to do."""


def new_pair() -> tuple[str, str]:
    """A private key and its public one."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public(private: str) -> str:
    return str(x25519.Identity.from_str(private).to_public())


def read_private(path: Path) -> list[str]:
    """The private keys of a file as `heedful backup-key` or age-keygen writes it; `-` is standard input."""
    name = "what came in" if str(path) == "-" else str(path)
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AgeError(f"The key file {path} cannot be read: {error}") from None
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    for key in keys:
        try:
            public(key)
        except IdentityError:
            raise AgeError(
                f"{name} is not a file of private keys: each line must begin with AGE-SECRET-KEY-1 or with #."
                " Is the key file itself locked with a passphrase, unlock it first: age -d FILE | heedful restore ..."
                " --identity -"
            ) from None
    if not keys:
        raise AgeError(f"{name} holds no private key: a line that begins with AGE-SECRET-KEY-1.")
    return keys


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64).startswith(HEADS)


@contextmanager
def encrypting(file: IO[bytes], recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """What is written inside the block goes into the file, encrypted; it is whole when the block has ended well."""
    keys = [x25519.Recipient.from_str(one) for one in recipients]
    source, sink = _pipe()
    beside = _Beside(lambda: encrypt_io(source, file, keys), source)
    try:
        with sink:
            yield sink
    except Exception as error:
        # A full disk is felt here as a broken pipe.
        raise _not_written(beside.ended()) or error from None
    if failure := _not_written(beside.ended()):
        raise failure


def _not_written(failure: Exception | None) -> AgeError | None:
    return AgeError(f"The encrypted file could not be written: {failure}") if failure else None


@contextmanager
def decrypting(path: Path, private: Sequence[str]) -> Iterator[IO[bytes]]:
    """The content of an encrypted file. Only when the block has ended well was all of it there and unaltered."""
    if not private:
        raise AgeError(f"{path} is encrypted. Name the file with its private key: --identity KEYFILE")
    keys = [x25519.Identity.from_str(one) for one in private]
    source, sink = _pipe()
    with path.open("rb") as file, source:
        beside = _Beside(lambda: decrypt_io(file, sink, keys), sink)
        try:
            yield source
        except Exception:
            # Content that makes no sense comes from bytes that were altered, if any were: that is said first.
            _read_to_the_end(source, beside, path)
            raise
        _read_to_the_end(source, beside, path)


class _Beside:
    """Work in a thread of its own, at its own end of a pipe, which is closed when the work ends."""

    def __init__(self, work: Callable[[], object], end: IO[bytes]) -> None:
        self._work, self._end = work, end
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ended(self) -> Exception | None:
        """Wait for the end; what went wrong, if anything did."""
        self._thread.join()
        return self._failure

    def _run(self) -> None:
        try:
            self._work()
            self._end.flush()
        except Exception as error:
            self._failure = error
        finally:
            with suppress(OSError):
                self._end.close()


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    source, sink = pipe()
    return fdopen(source, "rb", CHUNK), fdopen(sink, "wb", CHUNK)


def _read_to_the_end(source: IO[bytes], beside: _Beside, path: Path) -> None:
    """A file that was cut off or altered shows it no later than in its last piece."""
    while source.read(CHUNK):
        pass
    failure = beside.ended()
    if isinstance(failure, DecryptError) and "No matching keys" in str(failure):
        raise AgeError(f"The private key does not fit {path}: it was encrypted to another one.") from None
    if failure:
        raise AgeError(f"{path} was cut off or altered: {failure}.") from None
