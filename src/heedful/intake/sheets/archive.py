"""The parts of a zipped workbook: looked over before the first is opened, never unpacked to the disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.limits import Limits

_CHUNK = 1 << 14
_ENCRYPTED = 0x1
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_BYTES_PER_NAME = 400
# What goes wrong inside a file that was cut off or tampered with, wherever it is met.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    NotImplementedError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    # A place outside the file.
    OSError,
)


@contextmanager
def soundness(part: str = "") -> Iterator[None]:
    """Whatever breaks in here is damage of the file, said in words that a person can act on."""
    try:
        yield
    except FileRefused:
        raise
    except _DAMAGE as error:
        raise FileRefused("workbook_damaged", part=part) from error


class Archive:
    """A zip file that was found harmless."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._limits = limits
        with soundness():
            _refuse_endless_contents(file, limits)
            self._zip = zipfile.ZipFile(file)
            self._parts = self._looked_over(self._zip.infolist())

    def close(self) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def chunks(self, part: str, since: int = 0) -> Iterator[bytes]:
        """The bytes of a part, in pieces. It cannot give more than it declares: that is refused as damage."""
        with soundness(part), self._zip.open(self._parts[part.lower()]) as opened:
            opened.seek(since)
            while chunk := opened.read(_CHUNK):
                yield chunk

    def _looked_over(self, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(infos) > self._limits.parts:
            raise FileRefused("workbook_parts", limit=self._limits.parts)
        parts: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename.replace("\\", "/").removeprefix("/").lower()
            if info.is_dir():
                continue
            self._refuse_odd(info, name)
            if name in parts:
                raise FileRefused("workbook_odd_part", part=info.filename[:100])
            parts[name] = info
        if sum(info.file_size for info in infos) > self._limits.unpacked_bytes:
            raise FileRefused("workbook_unpacks_too_large", megabytes=self._limits.unpacked_bytes // 1_000_000)
        return parts

    def _refuse_odd(self, info: zipfile.ZipInfo, name: str) -> None:
        limits = self._limits
        if info.flag_bits & _ENCRYPTED:
            raise FileRefused("workbook_protected")
        if ".." in name.split("/") or name.startswith("/") or ":" in name[:3]:
            raise FileRefused("workbook_odd_part", part=info.filename[:100])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused("workbook_odd_part", part=info.filename[:100])
        swollen = info.file_size > max(info.compress_size, 1) * limits.unpacking_ratio
        if swollen and info.file_size > limits.ratio_looked_at_from:
            raise FileRefused("workbook_unpacks_too_large", megabytes=limits.unpacked_bytes // 1_000_000)


def _refuse_endless_contents(file: BinaryIO, limits: Limits) -> None:
    """The table of contents is read whole by the library, so its length is looked at first."""
    size = file.seek(0, 2)
    tail_from = max(0, size - 66_000)
    file.seek(tail_from)
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0:
        raise FileRefused("workbook_damaged", part="")
    (length,) = struct.unpack_from("<L", tail, end + 12)
    if tail[max(0, end - 20) : end][:4] == _LOCATOR:
        (place,) = struct.unpack_from("<Q", tail, end - 20 + 8)
        file.seek(place)
        record = file.read(56)
        length = struct.unpack_from("<Q", record, 40)[0] if record[:4] == _END_64 else size
    if length > limits.parts * _BYTES_PER_NAME:
        raise FileRefused("workbook_parts", limit=limits.parts)
