"""Text files read line by line: unpacked within bounds, each line of bounded length, nothing decoded by guess."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from heedful.intake.refusals import FileRefused

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "windows-1252": "cp1252",
    "iso-8859-1": "iso-8859-1",
    "utf-16": "utf-16",
}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}

# What a file begins with when it is not a text table at all, and what to do instead.
_NOT_A_TABLE = (
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"<htm", "web_page"),
    (b"<HTM", "web_page"),
    (b"<!DO", "web_page"),
    (b"<!do", "web_page"),
    (b"<tab", "web_page"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps beyond which a file is refused whole; one long account is a matter of its row, not of the file."""

    characters_per_record: int = 24_000_000
    columns: int = 1_000
    bytes_unpacked: int = 4_000_000_000
    # A table of words packs 5 to 50 times; far above that it is made to fill a memory.
    unpacking_ratio: int = 250
    ratio_looked_at_from: int = 50_000_000


LIMITS = Limits()


class Unpacked(io.RawIOBase):
    """The bytes of a gzip file, stopped when they grow out of all proportion to what was packed."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._packed, self._limits, self._count = packed, limits, 0
        self._gzip = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._gzip.read(len(view))
        except EOFError as error:
            raise FileRefused("gzip_cut_off") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FileRefused("gzip_broken") from error
        self._count += len(data)
        packed = max(self._packed.tell(), 1)
        over = self._count > self._limits.ratio_looked_at_from and self._count > packed * self._limits.unpacking_ratio
        if over or self._count > self._limits.bytes_unpacked:
            raise FileRefused("unpacks_too_large", limit=self._limits.bytes_unpacked)
        view[: len(data)] = data
        return len(data)


class Lines:
    """Lines of text, each of bounded length, that remembers those of the record being read."""

    def __init__(self, text: TextIO, limits: Limits, encoding: str) -> None:
        self._text, self._limits, self._encoding = text, limits, encoding
        self.number = 0
        self.kept: list[str] = []
        self._kept_length = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        limit = self._limits.characters_per_record
        try:
            line = self._text.readline(limit)
        except UnicodeError as error:
            raise FileRefused("not_this_encoding", line=self.number + 1, encoding=self._encoding) from error
        if not line:
            raise StopIteration
        self.number += 1
        self._kept_length += len(line)
        if self._kept_length >= limit:
            raise FileRefused("record_too_long", line=self.number - len(self.kept), limit=limit)
        self._refuse_undecoded(line)
        self.kept.append(line)
        return line

    def _refuse_undecoded(self, line: str) -> None:
        if line.isascii():
            return
        try:
            line.encode("utf-8")
        except UnicodeEncodeError as error:
            byte = f"0x{ord(line[error.start]) & 0xFF:02X}"
            raise FileRefused("not_this_encoding", line=self.number, encoding=self._encoding, byte=byte) from error

    def forget(self) -> None:
        self.kept, self._kept_length = [], 0


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The file as it lies on the disk."""
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise FileRefused("no_such_file", path=str(path)) from error
    except IsADirectoryError as error:
        raise FileRefused("a_folder", path=str(path)) from error
    except PermissionError as error:
        raise FileRefused("may_not_read", path=str(path)) from error
    with opened:
        yield opened


def refuse_what_is_no_table(start: bytes) -> None:
    """Refuse, by its first bytes, what holds no text at all."""
    if not start:
        raise FileRefused("empty_file")
    for magic, what in _NOT_A_TABLE:
        if start.startswith(magic):
            raise FileRefused(f"is_a_{what}")


def unpacked(packed: io.BufferedReader, limits: Limits) -> io.BufferedReader:
    """The bytes of a text file from its beginning, out of its gzip wrapping where it has one."""
    packed.seek(0)
    is_gzip = packed.peek(2)[:2] == b"\x1f\x8b"
    return io.BufferedReader(Unpacked(packed, limits), 1 << 17) if is_gzip else packed


def split(lines: Lines, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str] | None]]:
    """Each record's first line and its cells; None where the quotation marks are broken, `lines.kept` has its text."""
    # The csv module's own cap is global to the process; ours is the line reader's, which is below it.
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters_per_record))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.forget()
        line = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise FileRefused("ends_inside_quotes", line=line) from error
            yield line, None
        else:
            yield line, cells
