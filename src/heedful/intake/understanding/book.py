"""A whole workbook with its map: every row accounted for, and the questions that are left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from heedful.intake.sheets.grid import Book
from heedful.intake.understanding.asking import Asking
from heedful.intake.understanding.bookmap import BookMap
from heedful.intake.understanding.dating import Dates, Habits
from heedful.intake.understanding.judging import Seen
from heedful.intake.understanding.model import Layout, Other, Question, Read
from heedful.intake.understanding.order import Proofs
from heedful.intake.understanding.reading import SheetReader
from heedful.intake.understanding.rowkinds import other_rows
from heedful.intake.understanding.study import Study, studied
from heedful.intake.understanding.text import filled


@dataclass(slots=True)
class Understood:
    """What a reading came to. `rows` and `others` are complete once `lines` has been walked through."""

    study: Study
    asking: Asking
    rows: list[Read] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)

    def open_questions(self) -> list[Question]:
        return self.asking.open()


def understand(book: Book, book_map: BookMap, *, today: date, services: Sequence[str] = ()) -> Understood:
    """Read the whole book and keep every row: for the dry run's report and for the first suggestion."""
    study = studied(book, book_map, services)
    found = Understood(study, Asking(book_map.answers, study.services.names))
    for line in lines(study, found.asking, today):
        (found.rows if isinstance(line, Read) else found.others).append(line)  # type: ignore[arg-type]
    return found


def lines(study: Study, asking: Asking, today: date) -> Iterator[Read | Other]:
    """Every row that is not blank, once: as a record or named as something else."""
    proofs, seen = Proofs(), Seen()
    readers: dict[str, SheetReader] = {}
    for sheet, layout in zip(study.sheets, study.layouts, strict=True):
        if layout.role == "events":
            readers[sheet.name] = SheetReader(study, sheet, layout, asking, seen)
            readers[sheet.name].survey(proofs)
    asking.writers = [proofs.names[writer] for writer in sorted(proofs.month_writers())]
    habits = _habits(proofs, asking)
    for sheet, layout in sorted(zip(study.sheets, study.layouts, strict=True), key=lambda pair: bool(pair[1].copy_of)):
        if layout.role == "events":
            reader = readers[sheet.name]
            yield from reader.rows(Dates(reader.stated, habits, proofs, today, layout.year))
        else:
            yield from (Other(sheet.name, row.number, other_rows(layout, row)) for row in sheet.rows() if filled(row))


def _habits(proofs: Proofs, asking: Asking) -> Habits:
    """What the dates prove, and where the owner answered what he said."""
    usual, writers, confirmed = proofs.usual(), proofs.month_writers(), False
    answer = asking.answer("date_order")
    if answer and answer.choice in ("day_first", "day_first_except"):
        usual, confirmed = "day", True
        writers = (
            frozenset(value.casefold() for value in answer.values)
            if answer.choice == "day_first_except"
            else frozenset()
        )
    elif answer and answer.choice == "month_first":
        usual, confirmed = "month", True
    exchanged = asking.answer("date_order/exchanged")
    return Habits(usual, writers, confirmed, exchanged.choice if exchanged else "")


def layouts_by_name(study: Study) -> dict[str, Layout]:
    return {layout.sheet: layout for layout in study.layouts}
