"""Who may be told what about a case. No users, no database, no clock: names and facts come in, problems go out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from heedful.foundation.access.refusals import Problem
from heedful.foundation.exits.names import Finding, Known, findings


class Recipient(StrEnum):
    REPORTER = "reporter"
    PERSON = "person"
    FAMILY = "family"


class Step(StrEnum):
    """What comes after `heard`, which is the receipt and comes by itself."""

    DECIDED = "decided"
    CHANGED = "changed"
    RESULT = "result"


BASES = ("consent", "authority", "best_interests")
LONGEST = 4_000
# What belongs between an employer and a member of staff, and is nobody else's to be told.
_DISCIPLINE = re.compile(
    r"\b(?:disciplin\w*|dismiss\w*|suspend(?:ed|ing)?|suspension|sacked|fired|gross misconduct|misconduct"
    r"|(?:first|final|written|verbal|formal) warning|grievance|capability (?:process|procedure|plan)"
    r"|performance (?:plan|management)|human resources|probation(?:ary)?|barred|barring"
    r"|disclosure and barring|fitness to practi[cs]e|let (?:her|him|them) go)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(r"\b(?:HR|DBS|NMC)\b")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case and a recipient stand to each other. `known`: every name but the recipient's own."""

    recipient: Recipient
    decided: bool = True
    police_first: bool = False
    alleged_source: bool = False
    # A name in the case is not matched yet: it could be anybody's, the recipient's too.
    in_doubt: bool = False
    reachable: bool = True
    # The newest decision whether this relation may be told; None when there is none.
    family_allowed: bool | None = None
    # The recipient is named as alleged source, and the one who asks may not know who the recipient is.
    identity_withheld: bool = False
    known: Sequence[Known] = ()


def refusal(standing: Standing) -> str:
    """Why this recipient may be told nothing but that we have it; empty when they may be told."""
    if standing.alleged_source:
        return _ALLEGED_WITHHELD if standing.identity_withheld else _ALLEGED
    if standing.in_doubt:
        return _IN_DOUBT
    if standing.police_first:
        return _POLICE
    if not standing.reachable:
        return _NOBODY
    if standing.recipient is Recipient.FAMILY and not standing.family_allowed:
        return _FAMILY_NO if standing.family_allowed is False else _FAMILY_OPEN
    return "" if standing.decided else "Nobody has decided about it yet, so there is only the receipt to tell."


_ALLEGED = "They are named in this case as a possible source of harm. Nothing is told to them from here."
# Said of a confidential reporter: the reason itself would say who it is.
_ALLEGED_WITHHELD = "This cannot be told from here. Ask whoever keeps the names of confidential reporters."
_IN_DOUBT = "A name in this case is not matched yet. Until it is known who is meant, nothing more is told."
_POLICE = "The police come first. Until they say that people may be told, only the receipt is."
_NOBODY = "Nobody can be reached here: it came from a file, or from somebody without a sign-in."
_FAMILY_OPEN = (
    "Write down first who decided that they may be told: the person, somebody with authority, or a best interests"
    " decision."
)
_FAMILY_NO = "It was decided that they are not told about this."


def problems(words: str, standing: Standing, *, channel: str = "") -> list[Problem]:
    """All that keeps these words from being told to this recipient, each at its field."""
    closed = refusal(standing)
    if closed:
        return [Problem("", closed)]
    found = [Problem("words", text) for text in in_the_way(words, standing.known)]
    if not words.strip():
        found.append(Problem("words", "Choose at least one sentence, or write your own."))
    elif len(words) > LONGEST:
        found.append(Problem("words", f"This is {len(words)} characters long. Make it {LONGEST} or fewer."))
    if standing.recipient is not Recipient.REPORTER and not channel.strip():
        found.append(Problem("channel", "Say how they were told: in person, by phone, by letter."))
    return found


def in_the_way(words: str, known: Iterable[Known]) -> list[str]:
    """Why these words may not be told to anybody: a name that is not theirs, or what is an employer's business."""
    said = []
    named = list(dict.fromkeys(one.text for one in third_parties(words, known)))
    if named:
        said.append(f"This says who somebody is: {', '.join(named)}. Leave it out.")
    discipline = dict.fromkeys(match.group() for match in (*_BODIES.finditer(words), *_DISCIPLINE.finditer(words)))
    if discipline:
        said.append(f"What happens with a member of staff is not told here: {', '.join(discipline)}.")
    return said


def third_parties(words: str, known: Iterable[Known]) -> list[Finding]:
    """Names, addresses and numbers of people in the words; a word that is also a name, in small letters, is a word."""
    return [one for one in findings(words, known) if one.blocking]


def without(known: Iterable[Known], own: Iterable[str]) -> tuple[Known, ...]:
    """The names that are not the recipient's own. A namesake's name is the same name, and may be said."""
    theirs = {name.casefold().strip() for name in own}
    return tuple(one for one in known if one.name.casefold().strip() not in theirs)


def may_be_meant(relation: str, relationship: str, alleged: Iterable[str]) -> bool:
    """Could a typed name of an alleged source ("his son", "Mr Adair") be this relation?"""
    own = (Known(relation, "relation"),)
    ties = set(re.findall(r"\w+", relationship.casefold()))
    return any(findings(name, own) or ties & set(re.findall(r"\w+", name.casefold())) for name in alleged)


def sentences(text: str) -> list[str]:
    """A text as sentences that can be chosen one by one."""
    found = re.split(r"(?<=[.!?])\s+|\n+", text)
    return [one.strip() for one in found if one.strip()]


def family_problems(
    basis: str, decided_by: str, decided_on: date | None, why: str, *, allowed: bool, may_be_told: bool | None,
    today: date,
) -> list[Problem]:  # fmt: skip
    """What a decision on telling the family still needs."""
    found = []
    if basis not in BASES:
        found.append(Problem("basis", "Choose on what it rests."))
    elif allowed and may_be_told is False and basis != "consent":
        text = "It is written down with the person that they are not told. Only the person's own consent changes that."
        found.append(Problem("basis", text))
    if not decided_by:
        found.append(Problem("decided_by", "Write who decided: their name and what gives them the say."))
    if not why:
        found.append(Problem("why", "Write what was said or looked at. The person may ask for it."))
    return found + _day_problems("decided_on", decided_on, today)


def police_problems(who: str, words: str, said_on: date | None, today: date) -> list[Problem]:
    """What must be known before the police are no reason to wait any more."""
    found = [] if who else [Problem("who", "Write who at the police said it.")]
    if not words:
        found.append(Problem("words", "Write what they said may be told."))
    return found + _day_problems("said_on", said_on, today)


def _day_problems(field: str, day: date | None, today: date) -> list[Problem]:
    if day is None:
        return [Problem(field, "Tell us the day.")]
    return [Problem(field, "This day is still to come.")] if day > today else []


# --- what can be done with a bulletin now -----------------------------------------------------------------------


class BulletinState(StrEnum):
    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RELEASED = "released"


class BulletinMove(StrEnum):
    WRITE = "write"
    PROPOSE = "propose"
    CLEAR = "clear"
    RELEASE = "release"
    HAND_OVER = "hand_over"


# Whatever is written anew is a draft again. What went out never changes.
BULLETIN_TRANSITIONS: Mapping[tuple[BulletinState, BulletinMove], BulletinState] = {
    (BulletinState.DRAFTED, BulletinMove.WRITE): BulletinState.DRAFTED,
    (BulletinState.DRAFTED, BulletinMove.PROPOSE): BulletinState.PROPOSED,
    (BulletinState.PROPOSED, BulletinMove.WRITE): BulletinState.DRAFTED,
    (BulletinState.PROPOSED, BulletinMove.CLEAR): BulletinState.PROPOSED,
    (BulletinState.PROPOSED, BulletinMove.RELEASE): BulletinState.RELEASED,
    (BulletinState.RELEASED, BulletinMove.HAND_OVER): BulletinState.RELEASED,
}
NOT_NOW: Mapping[BulletinState, str] = {
    BulletinState.DRAFTED: "It is a draft still. Somebody proposes it first.",
    BulletinState.PROPOSED: "It was proposed, and waits for somebody else to look at it.",
    BulletinState.RELEASED: "It went out already. What was read does not change: write a new one.",
}


def next_bulletin(state: BulletinState, move: BulletinMove) -> BulletinState | None:
    """Where the move leads; None when it cannot be made now."""
    return BULLETIN_TRANSITIONS.get((state, move))
