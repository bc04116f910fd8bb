"""What is possible with an event now, and what a report still has to say. Knows no users and no database."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from heedful.foundation.access.refusals import Problem
from heedful.foundation.policies import FormQuestion, FormVersion, Interval
from heedful.loop.incidents.naming import event_number, reference_for, title_from

__all__ = [
    "CLOSED",
    "TRANSITIONS",
    "WAITING_FOR_A_DECISION",
    "Move",
    "MoveRefusedError",
    "Status",
    "event_number",
    "implied_answers",
    "is_short",
    "next_status",
    "possible_moves",
    "questions_for",
    "questions_left",
    "reference_for",
    "required_left",
    "time_problems",
    "title_from",
]


class Status(StrEnum):
    """Where an event stands before and after triage."""

    RECORDED = "recorded"
    SENT_BACK = "sent_back"
    CORRECTED = "corrected"
    TRIAGED = "triaged"
    ANSWERED = "answered"
    DUPLICATE = "duplicate"
    REOPENED = "reopened"


class Move(StrEnum):
    """What somebody wants to do with an event."""

    EDIT = "edit"
    SEND_BACK = "send_back"
    CORRECT = "correct"
    TRIAGE = "triage"
    LINK_DUPLICATE = "link_duplicate"
    ANSWER = "answer"
    REOPEN = "reopen"


_OPEN: Mapping[Move, Status] = {
    Move.SEND_BACK: Status.SENT_BACK,
    Move.TRIAGE: Status.TRIAGED,
    Move.LINK_DUPLICATE: Status.DUPLICATE,
}
# A decision never waits for a correction: what was sent back can be triaged as it stands.
TRANSITIONS: Mapping[Status, Mapping[Move, Status]] = {
    Status.RECORDED: {**_OPEN, Move.EDIT: Status.RECORDED},
    Status.SENT_BACK: {**_OPEN, Move.EDIT: Status.SENT_BACK, Move.CORRECT: Status.CORRECTED},
    Status.CORRECTED: {**_OPEN, Move.EDIT: Status.CORRECTED},
    Status.TRIAGED: {**_OPEN, Move.EDIT: Status.TRIAGED, Move.ANSWER: Status.ANSWERED},
    Status.ANSWERED: {Move.REOPEN: Status.REOPENED},
    Status.DUPLICATE: {Move.REOPEN: Status.REOPENED},
    Status.REOPENED: {**_OPEN, Move.EDIT: Status.REOPENED},
}
# From here on the time runs for which a record is kept.
CLOSED = frozenset({Status.ANSWERED, Status.DUPLICATE})
WAITING_FOR_A_DECISION = frozenset({Status.RECORDED, Status.SENT_BACK, Status.CORRECTED, Status.REOPENED})

_WHY_NOT: Mapping[Status, str] = {
    Status.RECORDED: "Nobody has decided about this event yet.",
    Status.SENT_BACK: "This event was sent back with a question that has no answer yet.",
    Status.CORRECTED: "This event was corrected and waits for a decision.",
    Status.TRIAGED: "Somebody has decided about this event, and it is still open.",
    Status.ANSWERED: "This event has been answered. Open it again first.",
    Status.DUPLICATE: "This event is linked to another report of the same thing. Open it again first.",
    Status.REOPENED: "This event was opened again and waits for a decision.",
}


class MoveRefusedError(Exception):
    """That cannot be done with an event as it stands; the message says why."""


def possible_moves(status: Status) -> frozenset[Move]:
    """Everything that can be done with an event in that status."""
    return frozenset(TRANSITIONS[status])


def next_status(status: Status, move: Move) -> Status:
    """The status that a move leads to, or a refusal with its reason."""
    try:
        return TRANSITIONS[status][move]
    except KeyError:
        raise MoveRefusedError(_WHY_NOT[status]) from None


# --- which questions a report asks -------------------------------------------------------------------------------


def is_short(form: FormVersion, kinds: Iterable[str]) -> bool:
    """A near miss, a worry or good care, and nothing else, is a short report."""
    chosen = set(kinds)
    return bool(chosen) and chosen <= set(form.short_kinds)


def questions_for(form: FormVersion, kinds: Iterable[str]) -> tuple[FormQuestion, ...]:
    """The questions of a report of these kinds, in order. Before a kind is chosen, all of them."""
    short = is_short(form, kinds)
    return tuple(question for question in form.questions if question.short or not short)


def implied_answers(form: FormVersion, kinds: Iterable[str]) -> dict[str, str]:
    """What a short report says by what it is: a near miss reached nobody. A worry settles nothing about harm."""
    chosen = list(kinds)
    if not is_short(form, chosen):
        return {}
    each = [form.implied.get(kind, {}) for kind in chosen]
    return {slug: answer for slug, answer in each[0].items() if all(other.get(slug) == answer for other in each)}


def questions_left(form: FormVersion, kinds: Iterable[str], answers: Mapping[str, object]) -> tuple[FormQuestion, ...]:
    """The questions that have no answer yet."""
    return tuple(question for question in questions_for(form, kinds) if not _is_answered(answers.get(question.slug)))


def required_left(form: FormVersion, kinds: Iterable[str], answers: Mapping[str, object]) -> tuple[FormQuestion, ...]:
    """Those without which the report cannot be sent."""
    return tuple(question for question in questions_left(form, kinds, answers) if question.required)


def _is_answered(answer: object) -> bool:
    if isinstance(answer, str):
        return bool(answer.strip())
    if isinstance(answer, Collection):
        return bool(answer)
    return answer is not None


# --- times ------------------------------------------------------------------------------------------------------

SKEW = timedelta(minutes=5)
FIRST_DAY = datetime(1900, 1, 1, tzinfo=UTC)


def time_problems(occurred: Interval, became_aware: datetime, *, now: datetime) -> tuple[Problem, ...]:
    """What is impossible about the times. A phone's clock may be five minutes fast."""
    found = [
        Problem(field, text)
        for field, moment in (("when", occurred.earliest), ("aware", became_aware))
        for text in _impossible(moment, now)
    ]
    if not found and became_aware.astimezone(UTC) + SKEW < occurred.earliest.astimezone(UTC):
        found.append(Problem("aware", "You can't have found out before it happened. Check both times."))
    return tuple(found)


def _impossible(moment: datetime, now: datetime) -> list[str]:
    if moment < FIRST_DAY:
        return ["That is before 1900. Check the year."]
    if moment > now + SKEW:
        return ["That is in the future. Check the day and the time."]
    return []
