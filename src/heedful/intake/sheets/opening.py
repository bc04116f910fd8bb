"""Opens a file of any kind that people keep their logs in, or says why it cannot be opened and what to do."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from heedful.intake import lines
from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.archive import Archive
from heedful.intake.sheets.grid import Book
from heedful.intake.sheets.limits import LIMITS, Limits
from heedful.intake.sheets.ods import OdsBook
from heedful.intake.sheets.text import TextBook
from heedful.intake.sheets.xlsx import XlsxBook
from heedful.intake.sheets.xlsx_parts import main_part

_ZIP, _OLD, _XML = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml"


@contextmanager
def opened(path: Path, limits: Limits = LIMITS) -> Iterator[Book]:
    """The file as sheets of rows. Everything wrong with it as a whole is `FileRefused`, before any row is read."""
    with lines.opened(path) as file:
        start = file.peek(8)[:8]
        size = path.stat().st_size
        if start.startswith(_OLD):
            _refuse_old(file)
        if not start.startswith(_ZIP):
            _refuse_too_large(size, limits.text_file_bytes)
            if start.lstrip(b"\xef\xbb\xbf").startswith(_XML):
                raise FileRefused("is_xml")
            yield TextBook(path, limits)
            return
        _refuse_too_large(size, limits.packed_bytes)
        archive = Archive(file, limits)
        try:
            yield _workbook(archive, limits)
        finally:
            archive.close()


def _workbook(archive: Archive, limits: Limits) -> Book:
    if "mimetype" in archive or "content.xml" in archive:
        return OdsBook(archive, limits)
    part = main_part(archive, limits)
    if part.endswith(".bin"):
        raise FileRefused("is_binary_workbook")
    if part not in archive:
        raise FileRefused("zip_without_workbook")
    return XlsxBook(archive, limits)


def _refuse_too_large(size: int, limit: int) -> None:
    if size > limit:
        raise FileRefused("file_too_large", megabytes=size // 1_000_000, limit=limit // 1_000_000)


def _refuse_old(file: BinaryIO) -> None:
    """The old container of Office: a workbook of before 2007, or a newer one locked with a password."""
    head = file.read(512)
    (first,) = struct.unpack_from("<L", head, 0x30) if len(head) == 512 else (0,)
    file.seek(min((first + 1) * 512, 2**40))
    names = file.read(1 << 16).decode("utf-16-le", "ignore")
    raise FileRefused("workbook_protected" if "EncryptedPackage" in names else "is_old_workbook")
