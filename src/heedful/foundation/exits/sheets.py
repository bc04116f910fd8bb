"""Tables as CSV that a spreadsheet shows and never runs."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# What makes a spreadsheet take a cell for a formula; the second half are the full-width forms it treats alike.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: object) -> object:
    """Text that would start a formula gets an apostrophe before it; numbers and dates are left as they are."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, so that a spreadsheet reads every letter; all text is quoted."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
