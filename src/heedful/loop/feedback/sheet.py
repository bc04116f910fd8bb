"""A bulletin of one page: its parts, what it still needs, and how its reach may be shown. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from heedful.foundation.access.refusals import Problem
from heedful.foundation.exits.names import Finding
from heedful.loop.feedback.rules import in_the_way

# In the order in which they are read. Each with how many letters fit, so that the whole is one side.
PARTS: Mapping[str, int] = {
    "line": 60,
    "summary": 160,
    "what_happened": 240,
    "why_it_made_sense": 240,
    "what_is_different": 240,
    "next_shift": 240,
    "is_it_working": 200,
    "ask_team": 160,
    "question": 160,
    "explanation": 240,
}
OPTIONS = 3
LONGEST_OPTION = 120
# Fewer people than this in a team: who answered what could be guessed from a number.
FEW = 5


@dataclass(frozen=True)
class Sheet:
    """Everything that is typed: the parts by name, the three answers, and which of them is right (0, 1 or 2)."""

    parts: Mapping[str, str]
    options: Sequence[str]
    right: int | None


def problems(sheet: Sheet) -> list[Problem]:
    """All that a bulletin still needs, each at its field."""
    found = []
    for name, longest in PARTS.items():
        text = sheet.parts.get(name, "")
        if not text:
            found.append(Problem(name, "Write this part. One or two sentences are enough."))
        elif len(text) > longest:
            found.append(Problem(name, f"This is {len(text)} characters long, and {longest} fit on the page."))
        else:
            found += [Problem(name, said) for said in in_the_way(text, ())]
    return found + _answers(sheet)


def _answers(sheet: Sheet) -> list[Problem]:
    names = [f"option_{number}" for number in range(1, OPTIONS + 1)]
    found = [Problem(name, "Write an answer.") for name, text in zip(names, sheet.options, strict=False) if not text]
    for name, text in zip(names, sheet.options, strict=False):
        if len(text) > LONGEST_OPTION:
            found.append(Problem(name, f"This is {len(text)} characters long. Make it {LONGEST_OPTION} or fewer."))
    if not found and len({text.casefold() for text in sheet.options}) < OPTIONS:
        found.append(Problem(names[-1], "Two answers are the same. Only one can be right."))
    if sheet.right not in range(OPTIONS):
        found.append(Problem("right", "Choose which answer is right."))
    return found


def whole_text(sheet: Sheet) -> str:
    """Everything that goes out, as one text: what is looked through for names."""
    parts = [sheet.parts[name] for name in PARTS if name != "explanation"]
    return "\n\n".join([*parts, *sheet.options, sheet.parts["explanation"]])


def outermost(found: Iterable[Finding]) -> list[Finding]:
    """Findings that do not lie inside another one: "Arthur Kettleby" is one place, not three."""
    ones = list(found)
    return [one for one in ones if not any(_lies_in(one, other) for other in ones if other is not one)]


def within(found: Iterable[Finding], key: str) -> list[Finding]:
    """The finding with this key, and those that lie inside it: one reason is for all of them."""
    ones = list(found)
    outer = next((one for one in ones if one.key == key), None)
    return [] if outer is None else [one for one in ones if one is outer or _lies_in(one, outer)]


def _lies_in(one: Finding, other: Finding) -> bool:
    return other.start <= one.start and one.end <= other.end and (other.end - other.start) > (one.end - one.start)


@dataclass(frozen=True)
class OnShift:
    """Those of a team who read it, or were told, while a shift was on. Who usually works it is not known: no share.

    `right` is None where it would say how one of a few people answered.
    """

    name: str
    read: int
    right: int | None


@dataclass(frozen=True)
class ShiftTimes:
    """A shift on the clock on the wall; it may cross midnight."""

    name: str
    starts: time
    ends: time

    def holds(self, at: time) -> bool:
        if self.starts < self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


def by_shift(shifts: Sequence[ShiftTimes], read: Sequence[tuple[time, bool]], *, inside: bool) -> tuple[OnShift, ...]:
    """Each reading, (local time, right answer), in the first shift that was on. A shift without any is listed too."""
    found: dict[str, list[bool]] = {shift.name: [] for shift in shifts}
    for at, right in read:
        name = next((shift.name for shift in shifts if shift.holds(at)), None)
        if name is not None:
            found[name].append(right)
    # From the whole and all shifts but one, that one could be worked out: all of them, or none.
    few = (
        any(0 < len(answers) < FEW for answers in found.values()) or 0 < len(read) - sum(map(len, found.values())) < FEW
    )
    shown = inside or not few
    return tuple(OnShift(name, len(answers), sum(answers) if shown else None) for name, answers in found.items())


@dataclass(frozen=True)
class Reach:
    """Of one team: how many there are, how many read it, and how many of those chose the right answer."""

    team: str
    people: int
    read: int
    right: int
    # The viewer looks after this very home; from outside a small team's numbers are not shown.
    inside: bool
    shifts: tuple[OnShift, ...] = ()

    @property
    def hidden(self) -> bool:
        return not self.inside and self.people < FEW

    @property
    def in_counts(self) -> bool:
        """A few people are said as "3 of 4", never as a share."""
        return self.people < FEW

    @property
    def read_share(self) -> int | None:
        return None if self.hidden or self.in_counts else round(100 * self.read / self.people)

    @property
    def right_share(self) -> int | None:
        """Of those who answered; a share of a few answers is not shown either."""
        return None if self.hidden or self.read < FEW else round(100 * self.right / self.read)
