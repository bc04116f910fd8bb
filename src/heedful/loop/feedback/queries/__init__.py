"""Reads of what was told. Everything starts from the viewer: what they may not see is not there."""

from heedful.loop.feedback.queries.bulletins import to_read
from heedful.loop.feedback.queries.cases import (
    FamilyMember,
    Supported,
    event_to_tell,
    family_decisions,
    family_of,
    known_results,
    may_tell,
    police_come_first,
    police_words,
    relation_in,
    standing,
    supported_in,
    tellings_of,
)
from heedful.loop.feedback.queries.drafts import drafted
from heedful.loop.feedback.queries.own import OwnStep, own_steps
from heedful.loop.feedback.queries.promise import (
    ToldShare,
    ToTell,
    Untold,
    share_of,
    to_tell,
    told_events,
    told_share,
    untold,
)
from heedful.loop.feedback.rules import Recipient, Step

__all__ = [
    "FamilyMember",
    "OwnStep",
    "Recipient",
    "Step",
    "Supported",
    "ToTell",
    "ToldShare",
    "Untold",
    "drafted",
    "event_to_tell",
    "family_decisions",
    "family_of",
    "known_results",
    "may_tell",
    "own_steps",
    "police_come_first",
    "police_words",
    "relation_in",
    "share_of",
    "standing",
    "supported_in",
    "tellings_of",
    "to_read",
    "to_tell",
    "told_events",
    "told_share",
    "untold",
]
