"""What a page shows of a file that was read: counts, questions, columns, and the rows that stay behind. Plain values.

It is kept with the upload, so that a page never reads the file itself. Codes stand here, not sentences.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from heedful.intake.understanding.book import Understood, layouts_by_name
from heedful.intake.understanding.bookmap import tables
from heedful.intake.understanding.model import Layout, Question, Read

# As many rows as a person looks through; the rest is in the file of rows.
MOST_LEFT = 2_000
SAMPLE = 8
WORDS = 160


def shape(understood: Understood) -> str:
    """Files with the same headings have the same; no words of theirs stand in it."""
    headings = [sorted(table.columns.items()) for table in tables(layouts_by_name(understood.study))]
    return hashlib.sha256(repr(sorted(headings)).encode()).hexdigest()


def shown(understood: Understood, here_asked: Iterable[Question] = ()) -> dict[str, Any]:
    """Everything the pages need, small enough to keep."""
    reads = understood.rows
    taken = [read for read in reads if read.outcome == "import"]
    days = sorted(read.event.date for read in taken)
    left = [read for read in reads if read.outcome != "import"]
    return {
        "counts": {outcome: sum(1 for read in reads if read.outcome == outcome) for outcome in OUTCOMES},
        "others": dict(Counter(other.what for other in understood.others)),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "services": _most(read.event.service for read in taken),
        "kinds": _most(kind for read in taken for kind in read.event.kinds),
        "questions": [_question(question) for question in [*_asked(understood), *here_asked]],
        "sheets": [_sheet(layout, reads) for layout in understood.study.layouts],
        "sample": [_row(read) for read in taken[:: max(1, len(taken) // SAMPLE)][:SAMPLE]],
        "reasons": [[outcome, reason, count] for (outcome, reason), count in _reasons(left)],
        "left": [_row(read) for read in left[:MOST_LEFT]],
    }


OUTCOMES = ("import", "ask", "reject")


def _asked(understood: Understood) -> list[Question]:
    """What was answered, and of what is open as much as a person answers at once."""
    asking = understood.asking
    return [one for one in asking.all() if asking.answer(one.key)] + asking.open()


def _most(names: Iterable[str]) -> list[list[Any]]:
    return [[name, count] for name, count in Counter(names).most_common()]


def _reasons(left: list[Read]) -> list[tuple[tuple[str, str], int]]:
    return Counter((read.outcome, read.reason) for read in left).most_common()


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "topic": question.topic,
        "scope": question.scope,
        "facts": dict(question.facts),
        "rows": question.rows,
        "example": list(question.example),
        "choices": [[choice.code, list(choice.values)] for choice in question.choices],
        "suggested": _place_of(question),
    }


def _place_of(question: Question) -> int | None:
    """Which of the choices the file itself suggests."""
    return next((place for place, one in enumerate(question.choices) if one == question.suggested), None)


def _sheet(layout: Layout, reads: list[Read]) -> dict[str, Any]:
    columns = [[column.header, column.meaning] for column in layout.columns]
    rows = sum(1 for read in reads if read.sheet == layout.sheet)
    return {"name": layout.sheet, "role": layout.role, "copy_of": layout.copy_of, "rows": rows, "columns": columns}


def _row(read: Read) -> dict[str, Any]:
    said = read.event
    words = said.narrative if len(said.narrative) <= WORDS else said.narrative[: WORDS - 1] + "…"
    return {
        "sheet": read.sheet,
        "row": read.row,
        "outcome": read.outcome,
        "reason": read.reason,
        "day": said.date,
        "until": said.date_end,
        "service": said.service,
        "kinds": list(said.kinds),
        "words": words,
    }
