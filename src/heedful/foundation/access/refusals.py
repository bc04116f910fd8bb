"""Why something was not done, in words for the person who asked, and where it was typed."""

from typing import NamedTuple


class Problem(NamedTuple):
    """What is wrong, and the field where it was typed; no field when it is about the whole."""

    field: str
    text: str


class Refused(ValueError):
    """That cannot be done; each problem names its field. Nothing is stored."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.text for problem in problems))


def refused(text: str, field: str = "") -> Refused:
    return Refused(Problem(field, text))
