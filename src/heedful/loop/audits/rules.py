"""How a sample is drawn so that anybody can draw it again, and what an audit needs. No users, no database, no clock.

The draw: every one of the population has a number, 1 to N, in the order in which it was given. Number k gets the
SHA-256 of the text "<seed>:<k>" as hexadecimal digits. The `size` numbers with the lowest digits are the sample.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from heapq import nsmallest

from heedful.foundation.access.refusals import Problem

MOST_NUMBERED = 100_000
MOST_LISTED = 5_000
MOST_SAMPLED = 300
LONGEST_REFERENCE = 60
FURTHEST = timedelta(days=2 * 365)


class State(StrEnum):
    PLANNED = "planned"
    DRAWN = "drawn"
    DONE = "done"
    CANCELLED = "cancelled"


class Move(StrEnum):
    MOVE = "move"
    DRAW = "draw"
    ANSWER = "answer"
    FINISH = "finish"
    ASK_TO_CANCEL = "ask_to_cancel"
    CANCEL = "cancel"


TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.PLANNED, Move.MOVE): State.PLANNED,
    (State.PLANNED, Move.DRAW): State.DRAWN,
    (State.PLANNED, Move.ASK_TO_CANCEL): State.PLANNED,
    (State.PLANNED, Move.CANCEL): State.CANCELLED,
    (State.DRAWN, Move.MOVE): State.DRAWN,
    (State.DRAWN, Move.ANSWER): State.DRAWN,
    (State.DRAWN, Move.FINISH): State.DONE,
    (State.DRAWN, Move.ASK_TO_CANCEL): State.DRAWN,
    (State.DRAWN, Move.CANCEL): State.CANCELLED,
}
_WHY_NOT: Mapping[State, str] = {
    State.PLANNED: "The sample is not drawn yet.",
    State.DRAWN: "The sample is drawn already. It is never drawn twice.",
    State.DONE: "This is finished.",
    State.CANCELLED: "This was cancelled.",
}
ANSWERS = ("yes", "no", "not_applicable")


def next_state(state: State, move: Move) -> State | None:
    """Where the move leads; None when it cannot be made now."""
    return TRANSITIONS.get((state, move))


def why_not(state: State) -> str:
    return _WHY_NOT[state]


def sign(seed: str, number: int) -> str:
    """What puts one number in its place: the same in any language that knows SHA-256."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def sample(seed: str, population: int, size: int) -> tuple[int, ...]:
    """The numbers drawn, lowest first. Each set of that size is as likely as any other, over seeds."""
    if not 1 <= size <= population:
        raise ValueError(f"A sample of {size} cannot be drawn from {population}.")
    return tuple(sorted(nsmallest(size, range(1, population + 1), key=lambda number: sign(seed, number))))


@dataclass(frozen=True, kw_only=True)
class Population:
    """What the sample is drawn from: so many, by number, or a list of references."""

    words: str
    size: int | None
    listed: Sequence[str] = ()


def references(text: str) -> tuple[str, ...]:
    """One reference a line; empty lines are passed over."""
    return tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))


def draw_problems(population: Population, size: int | None, *, as_list: bool) -> list[Problem]:
    """Why a sample cannot be drawn, each at its field."""
    found = [] if population.words else [Problem("population_words", "Say what these are, and from which days.")]
    found += _listed_problems(population.listed) if as_list else _numbered_problems(population.size)
    if size is None or size < 1:
        return [*found, Problem("sample_size", "Write how many to look at: 1 or more.")]
    if size > MOST_SAMPLED:
        return [*found, Problem("sample_size", f"{MOST_SAMPLED} is the most. Fewer, looked at well, tell as much.")]
    there = len(population.listed) if as_list else population.size
    if not found and there is not None and size > there:
        text = f"The sample is larger than the population: {size} cannot be drawn from {there}."
        return [Problem("sample_size", text)]
    return found


def _numbered_problems(size: int | None) -> list[Problem]:
    if size is None or size < 1:
        return [Problem("population_size", "Write how many there are: 1 or more.")]
    if size > MOST_NUMBERED:
        return [Problem("population_size", f"{MOST_NUMBERED:,} is the most. Take fewer days.")]
    return []


def _listed_problems(listed: Sequence[str]) -> list[Problem]:
    if not listed:
        return [Problem("listed", "Paste the references, one on each line.")]
    if len(listed) > MOST_LISTED:
        return [
            Problem("listed", f"There are {len(listed):,} lines, and {MOST_LISTED:,} is the most. Take fewer days.")
        ]
    too_long = next((line for line in listed if len(line) > LONGEST_REFERENCE), "")
    if too_long:
        start = too_long[:20]
        return [Problem("listed", f"“{start}…” is longer than {LONGEST_REFERENCE} characters. Use references only.")]
    seen: dict[str, int] = {}
    for number, line in enumerate(listed, start=1):
        first = seen.setdefault(line.casefold(), number)
        if first != number:
            return [Problem("listed", f"“{line}” stands twice, as number {first} and {number}. It would count double.")]
    return []


def named_problem(listed: Sequence[str], names: Sequence[str]) -> list[Problem]:
    """A list of references holds no names: full names of people and staff are looked for."""
    known = {name.casefold() for name in names if " " in name}
    for number, line in enumerate(listed, start=1):
        lower = line.casefold()
        if any(name in lower for name in known):
            return [Problem("listed", f"Line {number} looks like a name. Use numbers or references only.")]
    return []


def move_problems(due_on: date, new_due: date, reason: str, today: date) -> list[Problem]:
    """Another day needs a reason, and is to come."""
    found = [] if reason else [Problem("reason", "Say why it moves. The reason is kept.")]
    if new_due < today:
        return [*found, Problem("due_on", "This day is over. Choose today or a day to come.")]
    if new_due == due_on:
        return [*found, Problem("due_on", "It is planned for that day already.")]
    if new_due > today + FURTHEST:
        return [*found, Problem("due_on", "That is more than two years away. Check the year.")]
    return found


def plan_problems(question: str, wanted: int | None, due_on: date | None, today: date) -> list[Problem]:
    """What a planned check needs."""
    found = []
    if not question:
        found.append(Problem("question", "Write what will be looked at: a question that is answered yes or no."))
    if wanted is None or not 1 <= wanted <= 99:
        found.append(Problem("wanted", "Write a number from 1 to 99."))
    if due_on is None:
        found.append(Problem("due_on", "Tell us the day."))
    elif due_on < today:
        found.append(Problem("due_on", "This day is over. Choose today or a day to come."))
    elif due_on > today + FURTHEST:
        found.append(Problem("due_on", "That is more than two years away. Check the year."))
    return found


def is_overdue(state: State, due_on: date, today: date) -> bool:
    return state in (State.PLANNED, State.DRAWN) and today > due_on
