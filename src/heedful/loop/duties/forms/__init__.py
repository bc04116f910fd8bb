"""Forms of triage."""

from heedful.loop.duties.forms.deciding import Deciding, deciding
from heedful.loop.duties.forms.moving import Answer, Duplicate, PassOn, Reopen, SendBack
from heedful.loop.duties.forms.questions import Questions
from heedful.loop.duties.forms.small import DoDuty, FoundOut

__all__ = [
    "Answer",
    "Deciding",
    "DoDuty",
    "Duplicate",
    "FoundOut",
    "PassOn",
    "Questions",
    "Reopen",
    "SendBack",
    "deciding",
]
