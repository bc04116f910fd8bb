"""Why something was not done, in words for the person who asked."""

from uuid import UUID

from heedful.foundation.access.refusals import Problem
from heedful.loop.incidents.rules import MoveRefusedError

__all__ = ["KeyReused", "MoveRefusedError", "NotAllowed", "Refused", "ReportRefused"]


class Refused(ValueError):
    """That cannot be done now; the message says why."""


class NotAllowed(Refused):
    """This person may not do it; the message says why."""


class KeyReused(Refused):
    """The same client key came with another report. The first one is stored; this one is not."""

    def __init__(self, client_key: UUID) -> None:
        self.client_key = client_key
        super().__init__(
            "This report was sent before, with other words. The first one is kept. Send this as a new one."
        )


class ReportRefused(Refused):
    """The report cannot be stored as it stands: what is wrong, per field. Nothing of it was stored."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.text for problem in problems))
