"""What an action needs before it is agreed, and what can be done with it now. No users, no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from heedful.foundation.access.refusals import Problem

Direction = Literal["fewer", "more"]
Better = Literal["fewer", "neutral"]
USUAL_TARGET = Decimal("0.70")
USUAL_WANTED = 90
FURTHEST = timedelta(days=2 * 365)
MOST_REAUDITS = 8


class State(StrEnum):
    AGREED = "agreed"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


class Move(StrEnum):
    EXTEND = "extend"
    CHANGE_AIM = "change_aim"
    RECORD_PLAN = "record_plan"
    SAY_DONE = "say_done"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    DROP = "drop"


TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.AGREED, Move.EXTEND): State.AGREED,
    (State.AGREED, Move.CHANGE_AIM): State.AGREED,
    (State.AGREED, Move.RECORD_PLAN): State.AGREED,
    (State.AGREED, Move.SAY_DONE): State.DONE,
    (State.AGREED, Move.DROP): State.DROPPED,
    (State.DONE, Move.SEND_BACK): State.AGREED,
    (State.DONE, Move.VERIFY): State.VERIFIED,
    (State.DONE, Move.DROP): State.DROPPED,
}
_WHY_NOT: Mapping[State, str] = {
    State.AGREED: "Nobody has said yet that it is done.",
    State.DONE: "It was said to be done, and waits for somebody to check it.",
    State.VERIFIED: "It is done and was checked.",
    State.DROPPED: "It was dropped.",
}


def next_state(state: State, move: Move) -> State | None:
    """Where the move leads; None when it cannot be made now."""
    return TRANSITIONS.get((state, move))


def why_not(state: State) -> str:
    """Why something cannot be done with an action that stands so."""
    return _WHY_NOT[state]


@dataclass(frozen=True)
class Person:
    """Somebody who could lead: do notices reach them by an account of their own?"""

    id: UUID
    has_account: bool
    kept_away: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody wants to agree, as far as these rules look at it."""

    what_will_differ: str
    strength: str
    lead: Person | None
    deputy: Person | None
    due_on: date | None
    starts_on: date | None
    series_key: str
    direction: str
    target: Decimal | None
    not_measured_why: str
    reaudit_question: str
    reaudit_wanted: int | None
    reaudit_on: Sequence[date]
    weak_reason: str = ""
    # How strong the others in the same plan are.
    others: Sequence[str] = ()


def problems(plan: Plan, *, today: date, measures: Mapping[str, Better]) -> list[Problem]:
    """All that keeps a plan from being agreed, each at its field; empty when nothing does."""
    return [
        *_said(plan),
        *_led(plan),
        *_dated(plan, today),
        *aim_problems(plan.series_key, plan.direction, plan.target, plan.not_measured_why, measures=measures),
        *_looked_at_again(plan),
        *_strong_enough(plan),
    ]


def relies_on_memory(strengths: Iterable[str]) -> bool:
    """Is there a plan, and is every action in it of the weakest kind?"""
    found = list(strengths)
    return bool(found) and all(strength == "weaker" for strength in found)


def aim_problems(
    series_key: str, direction: str, target: Decimal | None, why_not: str, *, measures: Mapping[str, Better]
) -> list[Problem]:
    """What it should move, which way and how far; or why that cannot be counted."""
    if not series_key:
        text = "Say why it cannot be counted, and how you will know instead."
        return [] if why_not else [Problem("not_measured_why", text)]
    if series_key not in measures:
        return [Problem("series_key", "Choose what it should move.")]
    if direction not in ("fewer", "more"):
        return [Problem("direction", "Choose which way is good.")]
    if direction == "more" and measures[series_key] == "fewer":
        return [Problem("direction", "More of these would not be better. Choose fewer, or something else to count.")]
    return _target_problems(direction, target)


def _target_problems(direction: str, target: Decimal | None) -> list[Problem]:
    if target is None:
        return [Problem("target", "Write how far it should move.")]
    if direction == "fewer" and target >= 1:
        return [Problem("target", "This target is on the wrong side: it would be as many as now, or more.")]
    if direction == "more" and target <= 1:
        return [Problem("target", "This target is on the wrong side: it would be as few as now, or fewer.")]
    if target <= 0:
        return [Problem("target", "None at all cannot be told from luck. Write 99 or less.")]
    return [Problem("target", "That is more than nine times as many. Check the number.")] if target > 10 else []


def target_from(direction: str, per_cent: int) -> Decimal:
    """30 per cent fewer is 0.70 of what would be usual; 50 per cent more is 1.50."""
    change = Decimal(per_cent) / 100
    return 1 - change if direction == "fewer" else 1 + change


def per_cent_of(target: Decimal) -> int:
    """0.70 and 1.30 are both 30 per cent."""
    return int(abs(1 - target) * 100)


def aim_is_fixed(starts_on: date, today: date) -> bool:
    """From the first day of the change on, nobody moves what counts as success."""
    return today >= starts_on


def is_overdue(state: State, due_on: date, today: date) -> bool:
    """Late from the day after; what is done and waits for a check is late no more."""
    return state == State.AGREED and today > due_on


def steps_reached(due_on: date, today: date, steps: Iterable[tuple[str, int]]) -> list[str]:
    """Who should have heard by now that it is late, in the order in which it climbs."""
    late = (today - due_on).days
    return [who for who, days in steps if late >= days]


def extension_problems(due_on: date, new_due: date, reason: str, today: date) -> list[Problem]:
    """More time needs a later day and a reason."""
    found = [] if reason else [Problem("reason", "Say why it needs more time. Extensions are counted.")]
    if new_due <= due_on:
        return [*found, Problem("due_on", "Choose a day after the one it has now.")]
    return [*found, *_not_far("due_on", new_due, today)]


def verify_problem(by: UUID, *, done_by: UUID | None, owners: Collection[UUID]) -> str:
    """Two people: whoever leads it, stands in for the lead or said that it is done cannot also check it."""
    if by in owners:
        return "You lead this or stand in for its lead, so somebody else has to check it."
    if by == done_by:
        return "You said that it is done, so somebody else has to check it."
    return ""


def _said(plan: Plan) -> list[Problem]:
    found = []
    if not plan.what_will_differ:
        found.append(Problem("what_will_differ", "Write what will be different on a shift."))
    if not plan.strength:
        found.append(Problem("kind", "Choose what kind of change it is."))
    return found


def _led(plan: Plan) -> list[Problem]:
    if plan.lead is None:
        return [Problem("lead", "Choose who leads it. An action that nobody leads is not done.")]
    if plan.lead.kept_away:
        return [Problem("lead", "This person is named in the case, so somebody else has to lead it.")]
    if plan.deputy is not None and plan.deputy.id == plan.lead.id:
        return [Problem("deputy", "The deputy is the same person. Choose somebody else, or nobody.")]
    if plan.deputy is not None and plan.deputy.kept_away:
        return [Problem("deputy", "This person is named in the case. Choose somebody else.")]
    if not plan.lead.has_account and (plan.deputy is None or not plan.deputy.has_account):
        return [Problem("deputy", "The lead has no sign-in. Choose a deputy who has one, so that notices reach them.")]
    return []


def _dated(plan: Plan, today: date) -> list[Problem]:
    found: list[Problem] = []
    for field, day, missing, past in (
        ("due_on", plan.due_on, "Tell us by when it is done.", "This day is over. Choose today or a day to come."),
        (
            "starts_on",
            plan.starts_on,
            "Tell us the first day of the change.",
            "This day is over. What the change should move is fixed before its first day.",
        ),
    ):
        if day is None:
            found.append(Problem(field, missing))
        elif day < today:
            found.append(Problem(field, past))
        else:
            found += _not_far(field, day, today)
    return found


def _not_far(field: str, day: date, today: date) -> list[Problem]:
    return [Problem(field, "That is more than two years away. Check the year.")] if day > today + FURTHEST else []


def _looked_at_again(plan: Plan) -> list[Problem]:
    found = []
    if not plan.reaudit_question:
        found.append(
            Problem("reaudit_question", "Write what will be looked at: a question that is answered yes or no.")
        )
    if plan.reaudit_wanted is None or not 1 <= plan.reaudit_wanted <= 99:
        found.append(Problem("reaudit_wanted", "Write a number from 1 to 99."))
    if not plan.reaudit_on:
        found.append(Problem("reaudits", "Choose at least one day to look again. Nobody knows if a change holds else."))
    elif plan.starts_on and min(plan.reaudit_on) <= plan.starts_on:
        found.append(Problem("reaudit_other", "Choose a day after the first day of the change."))
    elif plan.starts_on and max(plan.reaudit_on) > plan.starts_on + FURTHEST:
        found.append(Problem("reaudit_other", "That is more than two years away. Check the year."))
    if len(set(plan.reaudit_on)) > MOST_REAUDITS:
        found.append(Problem("reaudit_other", f"There can be {MOST_REAUDITS} at most."))
    return found


def _strong_enough(plan: Plan) -> list[Problem]:
    if plan.strength and relies_on_memory([plan.strength, *plan.others]) and not plan.weak_reason:
        text = "Everything in this plan relies on memory. Choose something stronger as well, or say why this is enough."
        return [Problem("weak_reason", text)]
    return []
