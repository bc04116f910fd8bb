"""The verbs of telling. Each is keyword-only, one transaction, one ledger entry."""

from heedful.foundation.access.refusals import Refused
from heedful.loop.feedback.operations.reminding import remind_of_untold
from heedful.loop.feedback.operations.telling import decide_family, know_result, note_police_word, tell

__all__ = ["Refused", "decide_family", "know_result", "note_police_word", "remind_of_untold", "tell"]
