"""A sheet read once and kept while it is small enough; a large one is read again for every pass."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from heedful.intake.sheets.grid import Merge, Row, Sheet

KEPT, SAMPLED = 30_000, 1_500


class Held:
    """A sheet whose rows can be asked for several times."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.name, self.visibility = sheet, sheet.name, sheet.visibility
        first = list(islice(sheet.rows(), KEPT + 1))
        self._kept = first if len(first) <= KEPT else None
        self.top = first[:60]
        # Rows from the whole sheet when it is kept, else from its beginning: what columns are judged by.
        # Picked by chance, always the same: every n-th row would see every n-th home of a list in turns.
        places = range(len(first)) if len(first) <= SAMPLED else sorted(Random(7).sample(range(len(first)), SAMPLED))  # noqa: S311
        self.sample = [first[place] for place in places]

    @property
    def is_text(self) -> bool:
        """A text file has no columns of its own: what stands beyond the last heading is a cell too many."""
        return self.name == "(file)"

    @property
    def merges(self) -> tuple[Merge, ...]:
        return self.sheet.merges

    def rows(self) -> Iterator[Row]:
        return iter(self._kept) if self._kept is not None else self.sheet.rows()
