"""The verbs of the board: what may be said of a change outside, and the meeting with its minutes."""

from heedful.foundation.access.refusals import Refused
from heedful.oversight.governance.operations.meetings import (
    agree_minutes,
    correct,
    decide,
    prepare_meeting,
    take_back,
    write_minutes,
)
from heedful.oversight.governance.operations.words import clear_words, propose_words, release_words

__all__ = [
    "Refused",
    "agree_minutes",
    "clear_words",
    "correct",
    "decide",
    "prepare_meeting",
    "propose_words",
    "release_words",
    "take_back",
    "write_minutes",
]
