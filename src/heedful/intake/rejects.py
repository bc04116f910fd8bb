"""The file of rejected rows: safe to open in a spreadsheet, to be corrected and given back to the import."""

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from heedful.intake.refusals import FileRefused

ROW, REASON, RAW = "heedful_row", "heedful_reason", "heedful_unsplit_text"
OWN_COLUMNS = (ROW, REASON, RAW)

# A spreadsheet runs a cell that begins with one of these. Full-width forms count: some programs fold them.
_DANGER = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_GUARD_NEEDED = re.compile(f"'*[{_DANGER}]")
_GUARDED = re.compile(f"'+[{_DANGER}]")


def guarded(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return "'" + cell if _GUARD_NEEDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def is_ours(path: Path) -> bool:
    """Whether this is a file of rejected rows coming back: then it is UTF-8 with commas, whatever the map says."""
    start = ",".join(OWN_COLUMNS).encode()
    try:
        with path.open("rb") as file:
            return file.read(len(start) + 3).removeprefix(b"\xef\xbb\xbf").startswith(start)
    except OSError:
        return False


def without_own_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """A row that comes back, as it stood in the first file."""
    return tuple(unguarded(cell) for cell in cells[len(OWN_COLUMNS) :])


class Sheet(Protocol):
    """Where rejected rows go."""

    def add(self, number: int, reasons: str, cells: Iterable[str], raw: str) -> None: ...


class _Written:
    def __init__(self, file: TextIO, header: Sequence[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow([*OWN_COLUMNS, *map(guarded, header)])

    def add(self, number: int, reasons: str, cells: Iterable[str], raw: str) -> None:
        self._writer.writerow([str(number), guarded(reasons), guarded(raw), *map(guarded, cells)])


class Nowhere:
    """No file of rejected rows was asked for."""

    def add(self, number: int, reasons: str, cells: Iterable[str], raw: str) -> None:
        """Counted elsewhere."""


@contextmanager
def sheet(path: Path | None, header: Sequence[str], *, source: Path) -> Iterator[Sheet]:
    """Write beside the target and put it in place at the end, readable by its owner only: it holds people's words."""
    if path is None:
        yield Nowhere()
        return
    if path.exists() and path.samefile(source):
        raise FileRefused("rejects_would_replace_the_file", path=str(path))
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        raise FileRefused("cannot_write", path=str(path)) from error
    part = Path(name)
    try:
        # With its mark, Excel reads the file as UTF-8.
        with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as file:
            yield _Written(file, header)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
