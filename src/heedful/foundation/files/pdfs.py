"""A cheap look into a PDF: whole, unlocked, nothing in it that acts? It is only ever served as a download."""

import re
import zlib
from collections.abc import Iterator

# Names in a PDF that start, fetch or carry something. Written out, or with #-escapes, which are undone first.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia\w*|SubmitForm|ImportData|GoToE|Rendition|Movie|Sound|Filespec"
    rb"|XFA)(?![A-Za-z0-9])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_FILTER = re.compile(rb"/Filter\s*(\[?)\s*/(\w+)\s*(\]?)")
MOST_UNPACKED = 64 * 1024 * 1024
_STEP = 1024 * 1024


class Broken(ValueError):
    """It does not end like a PDF."""


class Active(ValueError):
    """It can start or send something."""


class Locked(ValueError):
    """It cannot be looked into."""


def look(content: bytes) -> None:
    """Raise when this PDF should not be kept."""
    if b"%%EOF" not in content[-1024:] or b"startxref" not in content[-2048:]:
        raise Broken
    plain = _unescaped(content)
    if _LOCKED.search(plain):
        raise Locked
    if _ACTIVE.search(plain):
        raise Active
    left = MOST_UNPACKED
    for match in _STREAM.finditer(content):
        # The stream's own dictionary stands between its `obj` and the word `stream`.
        head = _unescaped(content[max(0, match.start() - 4096) : match.start()]).rpartition(b"obj")[2]
        if _PACKED.search(head) and b"/Filter" in head:
            left -= _look_into(content, match.end(), head, left)


def _look_into(content: bytes, start: int, head: bytes, left: int) -> int:
    """Search one packed stream of objects, a megabyte at a time; returns how much it held."""
    found = _FILTER.search(head)
    if not found or found[2] != b"FlateDecode" or (found[1] and not found[3]) or b"/DecodeParms" in head:
        raise Locked
    held, before = 0, b""
    for part in _unpacked(content, start):
        held += len(part)
        if held > left:
            raise Locked
        if _ACTIVE.search(_unescaped(before + part)):
            raise Active
        before = part[-64:]
    return held


def _unpacked(content: bytes, start: int) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(), b""
    while not unpacker.eof:
        if not rest:
            rest, start = content[start : start + _STEP], start + _STEP
        if not rest:
            raise Broken
        try:
            yield unpacker.decompress(rest, _STEP)
        except zlib.error as error:
            raise Broken from error
        rest = unpacker.unconsumed_tail


def _unescaped(content: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)
