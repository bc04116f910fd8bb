"""What the marks in a harm column mean: by the file's own list, by words beside numbers, by words, or by an answer."""

import re
from collections import Counter

from heedful.intake.understanding.asking import HARMS, Answer, Asking
from heedful.intake.understanding.glossary import Glossary
from heedful.intake.understanding.marks import harm
from heedful.intake.understanding.model import Choice
from heedful.intake.understanding.text import fold

_BESIDE = re.compile(r"^(\w{1,2}) ?[-=:.)] ?([a-z][a-z ]+)$")
_NOTHING = re.compile(r"^(n/?a|n/?k|not known|unknown|tbc|\W+)$")
SEVERAL = 3


class Harms:
    """One column's scale."""

    def __init__(self, glossary: Glossary, header: str) -> None:
        self._known = dict(glossary.harms)
        self._unclear = set(glossary.unclear_harms)
        self._scope = fold(header)
        self._open: Counter[str] = Counter()
        self._seen: dict[str, str] = {}

    def look(self, text: str) -> None:
        """On the first pass: “1 - none” explains every bare 1, and what nothing explains is counted."""
        code = fold(text).rstrip(".")
        beside = _BESIDE.match(code)
        if beside and harm(beside[2]):
            self._seen.setdefault(beside[1], harm(beside[2]))
        if code and not _NOTHING.match(code) and (code.isdigit() or not self.level(text)):
            self._open[code] += 1

    def level(self, text: str) -> str:
        """The level, or nothing where it is not certain."""
        code = fold(text).rstrip(".")
        if code in self._unclear:
            return ""
        named = self._known.get(code) or self._seen.get(code)
        # A bare number is only certain when something explains it; nought is no harm on every scale.
        return named or (harm(text) if not code.isdigit() or code == "0" else "")

    def ask(self, asking: Asking, sheet: str, row: int) -> None:
        """One question for the column, if marks that nothing explains stand there often."""
        left = {code: count for code, count in self._open.items() if not self.level(code) and count >= SEVERAL}
        if not left:
            return
        marks = ", ".join(sorted(left)[:8])
        answer = asking.ask(
            "harm_scale", self._scope, sheet=sheet, row=row, rows=sum(left.values()), offers=_offers(sorted(left)),
            value=marks, column=self._scope,
        )  # fmt: skip
        self._answered(answer)

    def _answered(self, answer: Answer | None) -> None:
        """“1=none” settles every 1."""
        for pair in answer.values if answer and answer.choice == "scale" else ():
            code, _equals, level = pair.partition("=")
            if level.strip() in HARMS:
                self._unclear.discard(fold(code))
                self._known[fold(code)] = level.strip()


def _offers(marks: list[str]) -> tuple[Choice, ...]:
    """The scales that are usual for numbers; for a single mark every level; else the owner says each one."""
    last = Choice("unknown")
    if all(mark.isdigit() for mark in marks):
        first = 0 if max(map(int, marks)) < len(_LEVELS) and "0" in marks else 1
        scales = [tuple(f"{first + n}={level}" for n, level in enumerate(_LEVELS[start:])) for start in (0, 1)]
        return (*(Choice("scale", scale) for scale in scales), last)
    if len(marks) == 1:
        return (*(Choice("scale", (f"{marks[0]}={level}",)) for level in _LEVELS), last)
    return Choice("scale"), last


_LEVELS = HARMS[:5]
