"""What a review still needs, when an answer stops at a person, and which review follows. No users, no database."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from heedful.foundation.policies.schema import IndividualWords, ReviewRule


class Kind(StrEnum):
    """How an event is looked into, the lightest first."""

    REFLECTION = "reflection"
    HUDDLE = "huddle"
    AFTER_ACTION = "after_action"
    THEMATIC = "thematic"
    STRUCTURED = "structured"


WEIGHT: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}
# The four questions, in the order in which they are asked; `beneath` only where an answer stops at a person.
QUESTIONS = ("what_happened", "why", "what_made_it_likely", "beneath", "what_must_change")
CAUSES = ("why", "what_made_it_likely", "beneath")
# Factors of this head are about people; alone they are an individual cause.
PERSONAL_HEAD = "people"


@dataclass(frozen=True)
class Written:
    """What stands in a review: pure text and codes, as the rules look at it."""

    what_happened: str = ""
    why: str = ""
    what_made_it_likely: str = ""
    beneath: str = ""
    what_must_change: str = ""
    factors: frozenset[str] = frozenset()
    findings: int = 0


@dataclass(frozen=True)
class Known:
    """Whom an answer could name, and the words that put something down to a person."""

    names: tuple[str, ...]
    words: IndividualWords
    # Words of the services' own names: a Mrs Rowan at Rowan House is not named by the house.
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Missing:
    """One thing without which a review cannot be closed, and the page where it is said."""

    step: str
    text: str


# --- what can be done with one now -------------------------------------------------------------------------------


class Stand(StrEnum):
    """Of a review or a theme."""

    OPEN = "open"
    CLOSED = "closed"


class Move(StrEnum):
    WRITE = "write"
    ADD_EVENTS = "add_events"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITIONS: Mapping[tuple[Stand, Move], Stand] = {
    (Stand.OPEN, Move.WRITE): Stand.OPEN,
    (Stand.OPEN, Move.ADD_EVENTS): Stand.OPEN,
    (Stand.OPEN, Move.HAND_OVER): Stand.OPEN,
    (Stand.OPEN, Move.CLOSE): Stand.CLOSED,
    (Stand.CLOSED, Move.REOPEN): Stand.OPEN,
}
_WHY_NOT: Mapping[Stand, str] = {
    Stand.OPEN: "It is open already.",
    Stand.CLOSED: "This review is finished. Open it again first.",
}


def why_not(move: Move, *, closed: bool) -> str:
    """Why that cannot be done with a review as it stands; empty when it can."""
    stand = Stand.CLOSED if closed else Stand.OPEN
    return "" if (stand, move) in TRANSITIONS else _WHY_NOT[stand]


class ThemeMove(StrEnum):
    JOIN = "join"
    LEAVE = "leave"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


THEME_TRANSITIONS: Mapping[tuple[Stand, ThemeMove], Stand] = {
    (Stand.OPEN, ThemeMove.JOIN): Stand.OPEN,
    (Stand.OPEN, ThemeMove.LEAVE): Stand.OPEN,
    (Stand.OPEN, ThemeMove.HAND_OVER): Stand.OPEN,
    (Stand.OPEN, ThemeMove.CLOSE): Stand.CLOSED,
    (Stand.CLOSED, ThemeMove.REOPEN): Stand.OPEN,
}
_WHY_NOT_THEME: Mapping[Stand, str] = {
    Stand.OPEN: "It is open already.",
    Stand.CLOSED: "This theme has been answered. Open it again first.",
}


def why_not_theme(move: ThemeMove, stand: Stand) -> str:
    """Why that cannot be done with a theme as it stands; empty when it can."""
    return "" if (stand, move) in THEME_TRANSITIONS else _WHY_NOT_THEME[stand]


# --- which review follows ---------------------------------------------------------------------------------------


class Next(StrEnum):
    OPEN = "open"
    CHANGE = "change"
    REOPEN = "reopen"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Standing:
    """The review that an event has already."""

    kind: Kind
    begun: bool
    closed: bool


def kind_for(rule: ReviewRule, *, repeated: bool, pattern: bool) -> Kind:
    """Several small ones that add up weigh more than a second one."""
    chosen = (rule.if_pattern if pattern else None) or (rule.if_repeated if repeated or pattern else None)
    return Kind(chosen or rule.review)


def next_step(standing: Standing | None, wanted: Kind) -> Next:
    """Deciding again can raise a review. It never takes away what somebody has begun to write."""
    if standing is None:
        return Next.OPEN
    if WEIGHT[wanted] > WEIGHT[standing.kind]:
        return Next.REOPEN if standing.closed else Next.CHANGE
    lighter = WEIGHT[wanted] < WEIGHT[standing.kind]
    return Next.CHANGE if lighter and not standing.begun and not standing.closed else Next.NOTHING


# --- when an answer stops at a person ---------------------------------------------------------------------------


def stops_at_a_person(text: str, known: Known) -> str:
    """The words that name a person or put it down to one, as they were written; empty when there are none."""
    words = known.words
    for pattern in (_alone(tuple(words.alone)), _failing(tuple(words.roles), tuple(words.failings), words.within)):
        found = pattern.search(text)
        if found:
            return " ".join(found.group().split())
    return _named(text, known.names, known.places | frozenset(words.names_that_are_words))


def asks_again(written: Written, known: Known) -> str:
    """What the last answer stopped at, when the next question must come; else empty."""
    return stops_at_a_person(written.what_made_it_likely, known)


def only_individual(written: Written, known: Known) -> bool:
    """Every cause that was given is a person, and no condition around them was chosen."""
    given = [said for field in CAUSES if (said := getattr(written, field).strip())]
    around = [slug for slug in written.factors if slug.partition(".")[0] != PERSONAL_HEAD]
    return bool(given) and not around and all(stops_at_a_person(one, known) for one in given)


def _named(text: str, names: Iterable[str], words_too: frozenset[str]) -> str:
    """A full name in any case; a first or last name alone only with its capital, and not where it is a word.

    There are hundreds of names, and hardly one of them is there: the plain look comes before the exact one.
    """
    lower = text.lower()
    for name in names:
        parts = name.split()
        if not any(part.lower() in lower for part in parts):
            continue
        if len(parts) > 1 and (found := re.search(rf"(?<!\w){_spaced(parts)}(?!\w)", text, re.IGNORECASE)):
            return found.group()
        for part in parts:
            alone = len(part) > 2 and part[0].isupper() and part.lower() not in words_too
            if alone and re.search(rf"(?<!\w){re.escape(part)}(?:['’]s)?(?!\w)", text):
                return part
    return ""


@lru_cache(maxsize=32)
def _alone(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(phrases)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=32)
def _failing(roles: tuple[str, ...], failings: tuple[str, ...], within: int) -> re.Pattern[str]:
    """A role and, a few words later in the same sentence, a failing."""
    between = rf"(?:[ \t\n]+[^\s.!?;]{{1,40}}){{0,{within}}}?[ \t\n]+"
    return re.compile(rf"(?<!\w)(?:{_any(roles)}){between}(?:{_any(failings)})(?!\w)", re.IGNORECASE)


def _any(phrases: tuple[str, ...]) -> str:
    return "|".join(_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _phrase(phrase: str) -> str:
    """A star stands for the rest of the word; either apostrophe will do."""
    spaced = _spaced(phrase.rstrip("*").split()).replace("'", "['’]")
    return spaced + (r"\w{0,12}" if phrase.endswith("*") else "")


def _spaced(parts: list[str]) -> str:
    return r"\s{1,3}".join(re.escape(part) for part in parts)


# --- what is missing --------------------------------------------------------------------------------------------

_ASKED = {
    "what_happened": "Say what happened, in a sentence or two.",
    "why": "Say why it happened.",
    "what_made_it_likely": "Say what made it likely.",
    "what_must_change": "Say what must change. If nothing must, say why not.",
}


def steps_of(kind: Kind, *, again: bool) -> tuple[str, ...]:
    """The pages of a review, in order. Findings take the place of the last question where there can be several."""
    asked = ["what_happened", "why", "what_made_it_likely", *(["beneath"] if again else [])]
    return (*asked, "what_must_change", "factors") if kind is Kind.REFLECTION else (*asked, "factors", "findings")


def missing(kind: Kind, written: Written, known: Known) -> tuple[Missing, ...]:
    """Why a review cannot be closed yet, in the order of its pages."""
    again = asks_again(written, known)
    found = []
    for step in steps_of(kind, again=bool(again)):
        if step in _ASKED and not getattr(written, step).strip():
            found.append(Missing(step, _ASKED[step]))
        if step == "beneath" and _same(written.beneath, written.what_made_it_likely):
            found.append(Missing(step, f"You wrote “{again}”. Say what made that likely."))
        if step == "factors" and kind is not Kind.REFLECTION and not written.factors:
            found.append(Missing(step, "Choose what played a part, at least one."))
        if step == "findings" and not written.findings:
            found.append(Missing(step, "Write at least one thing that must change."))
    return tuple(found)


def _same(answer: str, before: str) -> bool:
    """Nothing, or the same words again, is no second answer."""
    return not answer.strip() or answer.split() == before.split()


# --- when and over what time ------------------------------------------------------------------------------------

HALF_A_YEAR = timedelta(days=183)


def is_overdue(due_on: date | None, *, today: date) -> bool:
    return due_on is not None and due_on < today


def window_of(days: Collection[date]) -> tuple[date | None, date | None]:
    """The time that made somebody look: from the first to the last of these days, at most half a year back."""
    if not days:
        return None, None
    last = max(days)
    return min(day for day in days if day >= last - HALF_A_YEAR), last
