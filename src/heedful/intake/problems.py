"""What is wrong or odd with a row, as codes and facts; `wording.py` says them in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 40
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field of one row. A flag keeps the row and marks it."""

    code: str
    field: str = ""
    column: str = ""
    value: str = ""
    facts: tuple[tuple[str, object], ...] = ()
    rejects: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """Something about the whole file that only its owner knows; nothing is imported before it is answered."""

    code: str
    field: str
    column: str
    value: str


def shown(text: str) -> str:
    """A value short and harmless enough for a terminal: no line breaks, controls or direction marks."""
    short = text[:SHOWN] + ("…" if len(text) > SHOWN else "")
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in short)


@dataclass(slots=True)
class Tally:
    """Counts per problem with a few examples; the size of it does not grow with the file."""

    counts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    examples: dict[tuple[str, str, bool], list[tuple[int, Problem]]] = field(default_factory=dict)
    questions: dict[tuple[str, str], tuple[Question, int]] = field(default_factory=dict)
    orders: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: int, problems: Iterable[Problem]) -> None:
        for problem in problems:
            key = (problem.code, problem.field, problem.rejects)
            self.counts[key] += 1
            kept = self.examples.setdefault(key, [])
            if len(kept) < EXAMPLES:
                kept.append((row, problem))

    def ask(self, question: Question, order: str) -> None:
        """Count one value that raises a question, and what it would prove about the order of dates."""
        key = (question.code, question.field)
        first, count = self.questions.get(key, (question, 0))
        self.questions[key] = (first, count + 1)
        if order:
            self.orders[(question.field, order)] += 1
