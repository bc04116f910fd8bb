"""Reads of triage. Everything starts from the viewer: what they may not see is not there."""

from heedful.loop.duties.queries.adding_up import Picture, adding_up
from heedful.loop.duties.queries.decisions import (
    Decided,
    answers_to,
    classifications_of,
    decisions_in,
    decisions_of,
    duties_due,
    duty,
    find_outs_due,
    found_out,
    levels_of,
    lowered,
    overrides,
    question,
    to_find_out,
    triage_of,
    triages_of,
    waiting_for_second_person,
    waits,
)
from heedful.loop.duties.queries.due import DECIDE, Task, things_due, word
from heedful.loop.duties.queries.left import left_of, why_not_answered

__all__ = [
    "DECIDE",
    "Decided",
    "Picture",
    "Task",
    "adding_up",
    "answers_to",
    "classifications_of",
    "decisions_in",
    "decisions_of",
    "duties_due",
    "duty",
    "find_outs_due",
    "found_out",
    "left_of",
    "levels_of",
    "lowered",
    "overrides",
    "question",
    "things_due",
    "to_find_out",
    "triage_of",
    "triages_of",
    "waiting_for_second_person",
    "waits",
    "why_not_answered",
    "word",
]
