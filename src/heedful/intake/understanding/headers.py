"""Where a sheet's header stands: under titles, over two rows, merged or not, or nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from heedful.intake.sheets.grid import Merge, Row
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.meanings import meanings
from heedful.intake.understanding.text import at, filled, fold, is_blank, is_moment, said

LONGEST_HEADING = 60
SEARCHED = 40


@dataclass(frozen=True)
class Header:
    """The rows of a header and the words above each column; `first` is 0 where there is none."""

    first: int
    last: int
    names: dict[int, str]


NONE = Header(0, 0, {})


def find(sheet: Held) -> Header:
    """The row with the most words that name columns, and the row above or below that belongs to it."""
    rows = sheet.top[:SEARCHED]
    scored = [(_score(row), -place) for place, row in enumerate(rows)]
    if not scored or max(scored)[0] < 2:
        return NONE
    place = -max(scored)[1]
    return _whole(rows, place, sheet.merges)


def _score(row: Row) -> float:
    """How much a row looks like names of columns: known words count, values count against it."""
    texts = [said(cell) for cell in row.cells if not is_blank(cell)]
    if len(texts) < 2 or len(set(map(fold, texts))) < len(texts) * 0.7:
        return 0
    known = sum(1 for text in texts if len(text) <= LONGEST_HEADING and meanings(text))
    values = sum(1 for cell in row.cells if not is_blank(cell) and (is_moment(cell.value) or _is_value(said(cell))))
    long = sum(1 for text in texts if len(text) > LONGEST_HEADING)
    return known - 1.5 * values - 2 * long if known >= 0.4 * len(texts) else 0


def _is_value(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit() or form(text).shape in ("day", "range", "week")


def _whole(rows: Sequence[Row], place: int, merges: Sequence[Merge]) -> Header:
    row = rows[place]
    after = rows[place + 1] if place + 1 < len(rows) else None
    before = rows[place - 1] if place else None
    if after and after.number == row.number + 1 and _is_lower_half(row, after, merges):
        return Header(row.number, after.number, _grouped(row, after, merges))
    if before and before.number == row.number - 1 and _is_group_row(before, row, merges):
        return Header(before.number, row.number, _grouped(before, row, merges))
    return Header(row.number, row.number, {place: said(at(row, place)) for place in filled(row)})


def _is_lower_half(upper: Row, lower: Row, merges: Sequence[Merge]) -> bool:
    """The lower row only names parts of groups: short words under a merged or unfinished heading."""
    places = filled(lower)
    texts = [said(at(lower, place)) for place in places]
    if not places or len(places) >= len(filled(upper)) or any(len(text) > 30 or _is_value(text) for text in texts):
        return False
    spans = _spans(upper, merges)
    if spans:
        return all(any(first <= place <= last for first, last in spans) for place in places)
    under = [place for place in places if not is_blank(at(upper, place))]
    parts = [place for place in places if is_blank(at(upper, place))]
    return bool(parts) and all(place + 1 in parts for place in under)


def _is_group_row(upper: Row, lower: Row, merges: Sequence[Merge]) -> bool:
    """The upper row only names groups of the columns beneath it."""
    spans = _spans(upper, merges)
    places = filled(upper)
    widest = max((last - first + 1 for first, last in spans), default=0)
    return (
        bool(spans)
        and widest < len(filled(lower)) - 1
        and all(any(first <= place <= last for first, last in spans) for place in places)
        and all(not is_blank(at(lower, place)) for first, last in spans for place in range(first, last + 1))
    )


def _spans(row: Row, merges: Sequence[Merge]) -> list[tuple[int, int]]:
    """Merged cells of one row that reach over several columns."""
    return [
        (merge.first_column, merge.last_column)
        for merge in merges
        if merge.first_row == merge.last_row == row.number and merge.last_column > merge.first_column
    ]


def _grouped(upper: Row, lower: Row, merges: Sequence[Merge]) -> dict[int, str]:
    names, group = {}, ""
    spans = _spans(upper, merges)
    for place in range(1, max(len(upper.cells), len(lower.cells)) + 1):
        above, below = said(at(upper, place)), said(at(lower, place))
        if above or not (below and (not spans or any(first <= place <= last for first, last in spans))):
            group = above
        name = f"{group} > {below}" if below and group else below or above
        if name:
            names[place] = name
    return names
