"""Reads a CSV or gzipped CSV record by record: every row accounted for, no file able to fill the memory."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from heedful.intake import lines as text_lines
from heedful.intake.lines import DELIMITERS, ENCODINGS, LIMITS, Limits, Lines
from heedful.intake.refusals import FileRefused

__all__ = ["DELIMITERS", "ENCODINGS", "LIMITS", "Limits", "Record", "Table", "table"]


class Record(NamedTuple):
    """One row as it stands in the file; `fault` is set when it could not be split, `raw` then holds its text."""

    number: int
    line: int
    cells: tuple[str, ...]
    fault: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The header and, once, its records in order. Blank lines are not records."""

    header: tuple[str, ...]
    records: Iterator[Record]


@contextmanager
def table(path: Path, *, encoding: str = "utf-8", delimiter: str = ",", limits: Limits = LIMITS) -> Iterator[Table]:
    """Open a file and hand out its header and records; everything wrong with the file as a whole is `FileRefused`."""
    with text_lines.opened(path) as packed:
        _refuse_what_is_no_table(packed.peek(4)[:4], encoding)
        binary = text_lines.unpacked(packed, limits)
        _refuse_what_is_no_table(binary.peek(4)[:4], encoding)
        errors = "strict" if encoding == "utf-16" else "surrogateescape"
        text = io.TextIOWrapper(binary, encoding=ENCODINGS[encoding], errors=errors, newline=None)
        yield _table(Lines(text, limits, encoding), delimiter, limits)


def _refuse_what_is_no_table(start: bytes, encoding: str) -> None:
    text_lines.refuse_what_is_no_table(start)
    if start[:2] == b"\x1f\x8b":
        return
    marked_as_utf_16 = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    if marked_as_utf_16 and encoding != "utf-16":
        raise FileRefused("is_utf_16", encoding=encoding)
    if encoding == "utf-16" and not marked_as_utf_16:
        raise FileRefused("no_utf_16_mark")


def _table(lines: Lines, delimiter: str, limits: Limits) -> Table:
    records = _records(lines, delimiter, limits)
    first = next(records, None)
    if first is None:
        raise FileRefused("empty_file")
    if first.fault:
        raise FileRefused("header_broken", line=first.line)
    _refuse_another_separator(first.cells, delimiter)
    return Table(_header(first.cells, limits), records)


def _refuse_another_separator(cells: tuple[str, ...], delimiter: str) -> None:
    """One column that holds another separator twice is a header that was not split."""
    if len(cells) != 1:
        return
    for name, other in DELIMITERS.items():
        if other != delimiter and cells[0].count(other) > 1:
            raise FileRefused("another_separator", name=name)


def _header(cells: tuple[str, ...], limits: Limits) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        raise FileRefused("too_many_columns", count=len(names), limit=limits.columns)
    for place, name in enumerate(names, start=1):
        if not name:
            raise FileRefused("column_without_name", place=place)
        if not name.isprintable():
            raise FileRefused("odd_column_name", place=place)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileRefused("column_twice", columns=", ".join(twice))
    return tuple(names)


def _records(lines: Lines, delimiter: str, limits: Limits) -> Iterator[Record]:
    """The header is record 0."""
    number = -1
    for line, cells in text_lines.split(lines, delimiter, limits):
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        number += 1
        if cells is None:
            yield Record(number, line, (), fault="broken_quotes", raw="".join(lines.kept))
        else:
            yield Record(number, line, tuple(cells))
