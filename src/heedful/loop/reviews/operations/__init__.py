"""The verbs of reviews and themes. Each is keyword-only, one transaction, one ledger entry."""

from heedful.loop.reviews.operations.answering import Answers, add_finding, answer, drop_finding
from heedful.loop.reviews.operations.closing import close_review, reopen_review
from heedful.loop.reviews.operations.opening import add_events, hand_over_review, open_if_required, open_review
from heedful.loop.reviews.operations.reminding import remind_of_late
from heedful.loop.reviews.operations.themes import (
    ChartRange,
    close_theme,
    hand_over_theme,
    join_theme,
    leave_theme,
    open_theme,
    reopen_theme,
)
from heedful.loop.reviews.refusals import ClosedMeanwhile, Refused, WrittenMeanwhile

__all__ = [
    "Answers",
    "ChartRange",
    "ClosedMeanwhile",
    "Refused",
    "WrittenMeanwhile",
    "add_events",
    "add_finding",
    "answer",
    "close_review",
    "close_theme",
    "drop_finding",
    "hand_over_review",
    "hand_over_theme",
    "join_theme",
    "leave_theme",
    "open_if_required",
    "open_review",
    "open_theme",
    "remind_of_late",
    "reopen_review",
    "reopen_theme",
]
