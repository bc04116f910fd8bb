"""The map that a workbook suggests: its services, its tables, and what its owner has to be asked."""

from collections.abc import Callable

from heedful.intake.understanding import servicefinding
from heedful.intake.understanding.book import Understood, layouts_by_name
from heedful.intake.understanding.bookmap import Asked, BookMap, tables
from heedful.intake.understanding.model import Choice, Question


def suggested(found: Understood, *, sentence: Callable[[Question], str]) -> BookMap:
    """A map that can be saved as it is: what is open stands in it as a question and is asked row by row until then."""
    spellings = servicefinding.aliases(found.study.spellings, found.study.services)
    return BookMap(
        services={service: tuple(texts) for service, texts in spellings.items()},
        tables=tables(layouts_by_name(found.study)),
        questions=tuple(_asked(question, sentence) for question in found.open_questions()),
    )


def _asked(question: Question, sentence: Callable[[Question], str]) -> Asked:
    sheet, row = question.example
    return Asked(
        key=question.key,
        question=sentence(question),
        choices=tuple(written(choice) for choice in question.choices),
        suggested=written(question.suggested) if question.suggested else "",
        example=f"{sheet.strip()} {row}",
        rows=question.rows,
    )


def written(choice: Choice) -> str:
    """A choice as it can be typed: its code, and after a colon the values that go with it."""
    return f"{choice.code}: {', '.join(choice.values)}" if choice.values else choice.code
