"""Questions about a whole file: one for a column, a sheet, a colour, a code or a mark, however many rows hang on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from heedful.intake.understanding.kindwords import KINDS
from heedful.intake.understanding.model import Choice, Question

MOST = 8
BY_ROW = "by_row"
HARMS = ("none", "low", "moderate", "severe", "death", "unknown")
# Topics from the one that decides most about the rows to the one that decides least.
TOPICS = (
    *(
        "duplicate_sheet",
        "date_meaning",
        "date_order",
        "strike_meaning",
        "void",
        "hidden_rows",
        "service_value",
        "kind_code",
    ),
    *("colour_meaning", "harm_scale"),
)


class Answer(Protocol):
    """What the owner chose: a code, and the values that belong to it."""

    @property
    def choice(self) -> str: ...
    @property
    def values(self) -> tuple[str, ...]: ...


def choices(topic: str, services: Sequence[str] = (), writers: Sequence[str] = ()) -> tuple[Choice, ...]:
    """What can be answered; with each code stand the values that go with it."""
    if topic == "date_order":
        return tuple(Choice(code, tuple(writers) if code == "day_first_except" else ()) for code in _CODES[topic])
    if topic == "service_value":
        named = tuple(Choice("service", (name,)) for name in services) or (Choice("service"),)
        return (*named, Choice(BY_ROW))
    if topic == "kind_code":
        return (*(Choice("kind", (kind,)) for kind in KINDS), Choice("account"), Choice(BY_ROW))
    return tuple(Choice(code) for code in _CODES.get(topic, ()))


_CODES: Mapping[str, tuple[str, ...]] = {
    "strike_meaning": ("error", "keep", BY_ROW),
    "void": ("error", "keep", BY_ROW),
    "hidden_rows": ("import", "leave_out", BY_ROW),
    "duplicate_sheet": ("old_copy", "import", BY_ROW),
    "colour_meaning": ("closed", "open", "with_others", "discussed", "nothing"),
    "date_order": ("day_first", "month_first", "day_first_except", BY_ROW),
    "date_exchanged": ("exchange", "as_written", BY_ROW),
    "date_meaning": ("column", BY_ROW),
    "harm_scale": ("scale", "unknown"),
}


@dataclass(slots=True)
class Asking:
    """Counts the rows that hang on each question, and hands out the answers that were given."""

    answers: Mapping[str, Answer]
    services: Sequence[str] = ()
    # Who puts the month first, as they are written in the file.
    writers: Sequence[str] = ()
    questions: dict[str, Question] = field(default_factory=dict)

    def answer(self, key: str) -> Answer | None:
        return self.answers.get(key)

    def ask(
        self, topic: str, scope: str = "", *, sheet: str, row: int, kind: str = "", rows: int = 1,
        suggested: Choice | None = None, offers: Sequence[Choice] = (), **facts: str | int
    ) -> Answer | None:  # fmt: skip
        """Note that a row hangs on a question; returns its answer, if any. `kind`: whose choices; `offers`: its own."""
        key = f"{topic}/{scope}" if scope else topic
        question = self.questions.get(key)
        if question is None:
            usual = choices(kind or topic, self.services, self.writers)
            offered = tuple(offers) or tuple(c for c in usual if c.values or c.code != "day_first_except")
            question = Question(topic, scope, offered, dict(facts), 0, (sheet, row), suggested)
            self.questions[key] = question
        question.rows += rows
        return self.answers.get(question.key)

    def open(self) -> list[Question]:
        """The questions without an answer, at most eight: those that decide most, and of these with most rows."""
        left = [question for question in self.questions.values() if question.key not in self.answers]
        left.sort(key=lambda question: (TOPICS.index(question.topic), -question.rows))
        return left[:MOST]

    def all(self) -> list[Question]:
        return sorted(self.questions.values(), key=lambda question: (TOPICS.index(question.topic), -question.rows))
