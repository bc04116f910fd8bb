"""The verbs of events. Each is keyword-only, one transaction, one ledger entry."""

from heedful.loop.incidents.operations.answering import answered
from heedful.loop.incidents.operations.asking import answer_question, send_back
from heedful.loop.incidents.operations.assigning import decided, name_event, pass_on
from heedful.loop.incidents.operations.correcting import correct
from heedful.loop.incidents.operations.erasing import agree_to_erase_case, ask_to_erase_case
from heedful.loop.incidents.operations.holding import hold_case, lift_hold
from heedful.loop.incidents.operations.linking import link_duplicate, reopen
from heedful.loop.incidents.operations.naming import lift_shut_out, match_name, name_involved
from heedful.loop.incidents.operations.recording import Recorded, record
from heedful.loop.incidents.operations.sharing import share_case, withdraw_share
from heedful.loop.incidents.refusals import KeyReused, MoveRefusedError, NotAllowed, Refused, ReportRefused
from heedful.loop.incidents.reports import Named, NewEvent, Told

__all__ = [
    "KeyReused",
    "MoveRefusedError",
    "Named",
    "NewEvent",
    "NotAllowed",
    "Recorded",
    "Refused",
    "ReportRefused",
    "Told",
    "agree_to_erase_case",
    "answer_question",
    "answered",
    "ask_to_erase_case",
    "correct",
    "decided",
    "hold_case",
    "lift_hold",
    "lift_shut_out",
    "link_duplicate",
    "match_name",
    "name_event",
    "name_involved",
    "pass_on",
    "record",
    "reopen",
    "send_back",
    "share_case",
    "withdraw_share",
]
