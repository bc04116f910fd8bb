"""The verbs of the board: what may be said of a change outside, and the meeting with its minutes."""

from heedful.oversight.governance.operations.words import clear_words, propose_words, release_words
from heedful.oversight.governance.refusals import Refused

__all__ = ["Refused", "clear_words", "propose_words", "release_words"]
