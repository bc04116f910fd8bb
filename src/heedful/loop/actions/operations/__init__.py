"""The verbs of actions. Each is keyword-only, one transaction, one ledger entry."""

from heedful.foundation.access.refusals import Refused
from heedful.loop.actions.operations.agreeing import agree, problems
from heedful.loop.actions.operations.moving import change_aim, extend, record_plan_update
from heedful.loop.actions.operations.proving import drop, say_done, send_back, verify
from heedful.loop.actions.operations.told import escalate_overdue, know_outcome
from heedful.loop.actions.plans import Aim, NewAction

__all__ = [
    "Aim",
    "NewAction",
    "Refused",
    "agree",
    "change_aim",
    "drop",
    "escalate_overdue",
    "extend",
    "know_outcome",
    "problems",
    "record_plan_update",
    "say_done",
    "send_back",
    "verify",
]
