"""Text files as a book of one sheet: encoding and separator found out, every line break in quotes kept."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from heedful.intake import lines
from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.grid import Cell, Merge, Row
from heedful.intake.sheets.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SHORT, _KEPT = 40, 20_000
_SAMPLE = 400_000
_NO_LETTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]")
_PAIRS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_STATED = re.compile(r"sep=(.)\s*", re.IGNORECASE)
# Signs that are no letters in UTF-8 where almost all others are: these few are read as the old code page has them.
_STRAY = "heedful_windows_1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252"), error.start + 1


codecs.register_error(_STRAY, _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes are read, and why (`marked`, `ascii`, `utf_8`, `utf_16_by_zeros`, `not_utf_8`, `mixed`)."""

    name: str
    why: str
    errors: str = "strict"


@dataclass(frozen=True, slots=True)
class TextSheet:
    """The one sheet; `delimiter` stands between its cells."""

    path: Path
    encoding: Encoding
    delimiter: str
    limits: Limits
    stated: bool = False
    name: str = "(file)"
    visibility: str = "shown"
    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def rows(self) -> Iterator[Row]:
        cell = _Cells().cell
        for number, texts in self._records():
            while texts and (not texts[-1] or texts[-1].isspace()):
                texts.pop()
            if len(texts) > self.limits.columns:
                raise FileRefused("sheet_columns", sheet=self.name, count=len(texts), limit=self.limits.columns)
            if texts:
                yield Row(number, tuple(map(cell, texts)))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        with _text(self.path, self.encoding, self.limits) as text:
            reader = lines.Lines(text, self.limits.text, self.encoding.name)
            records = enumerate(lines.split(reader, self.delimiter, self.limits.text), start=1)
            for number, (_, texts) in records:
                if number > 1 or not self.stated:
                    # A row whose quotation marks do not match is shown as it stands, in one cell.
                    yield number, ["".join(reader.kept).rstrip("\n")] if texts is None else texts


class _Cells:
    """The same cell for the same words: most cells of a log repeat a few."""

    def __init__(self) -> None:
        self._kept: dict[str, Cell] = {}

    def cell(self, text: str) -> Cell:
        if len(text) > _SHORT:
            return Cell(text)
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[text] = Cell(text or None)
        return found


class TextBook:
    """A text file with what was found out about it."""

    kind = "text"

    def __init__(self, path: Path, limits: Limits) -> None:
        self.encoding = _encoding(path, limits)
        with _text(path, replace(self.encoding, errors="replace"), limits) as text:
            sample = text.read(_SAMPLE)
        self.delimiter, stated = delimiter_of(sample)
        self.sheets = (TextSheet(path, self.encoding, self.delimiter, limits, stated),)
        self.remarks = (f"encoding_{self.encoding.why}",)


@contextmanager
def _text(path: Path, encoding: Encoding, limits: Limits) -> Iterator[io.TextIOWrapper]:
    with lines.opened(path) as packed:
        binary = lines.unpacked(packed, limits.text)
        yield io.TextIOWrapper(binary, encoding=encoding.name, errors=encoding.errors, newline=None)


def _encoding(path: Path, limits: Limits) -> Encoding:
    """Looks at every byte: a file is only UTF-8 when the last line is, too."""
    with lines.opened(path) as packed:
        lines.refuse_what_is_no_table(packed.peek(8)[:8])
        binary = lines.unpacked(packed, limits.text)
        start = binary.peek(4096)[:4096]
        lines.refuse_what_is_no_table(start[:8])
        for mark, name in _MARKS:
            if start.startswith(mark):
                return Encoding(name, "marked")
        if zeros := _utf_16_by_its_zeros(start):
            return Encoding(zeros, "utf_16_by_zeros")
        return _by_its_letters(binary)


def _utf_16_by_its_zeros(start: bytes) -> str:
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 2 < len(start) // 2 or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _by_its_letters(binary: io.BufferedReader) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    sound, high, paired, line = True, 0, 0, 1
    unknown: tuple[int, int] | None = None
    # Up to the end of a line each time, so that no letter is cut in two.
    while chunk := binary.read(_CHUNK) + binary.readline(_CHUNK):
        if not chunk.isascii():
            high += len(_HIGH.findall(chunk))
            paired += sum(map(len, _PAIRS.findall(chunk)))
            sound = sound and _decodes(decoder, chunk)
            if unknown is None and (odd := _NO_LETTER.search(chunk)):
                unknown = line + chunk.count(b"\n", 0, odd.start()), odd[0][0]
        line += chunk.count(b"\n")
    if sound and _decodes(decoder, b"", final=True):
        return Encoding("utf-8", "utf_8" if high else "ascii")
    if paired > 4 * (high - paired):
        return Encoding("utf-8", "mixed", _STRAY)
    if unknown:
        raise FileRefused("encoding_unknown", line=unknown[0], byte=f"0x{unknown[1]:02X}")
    return Encoding("cp1252", "not_utf_8")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(sample: str) -> tuple[str, bool]:
    """The separator that gives the most rows of one width, and whether the first line states it (`sep=;`)."""
    first = sample.partition("\n")[0]
    if stated := _STATED.fullmatch(first):
        return stated[1], True
    return max(lines.DELIMITERS.values(), key=lambda sign: _steadiness(sample, sign)), False


def _steadiness(sample: str, delimiter: str) -> tuple[int, int]:
    records = csv.reader(io.StringIO(sample), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for cells in records:
            widths[len(cells)] += len(cells) > 1
    except csv.Error:
        pass
    width, rows = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return rows, width
