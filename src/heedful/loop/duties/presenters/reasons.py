"""The reason sheet: what was decided, why, by whom, and what comes of it. For a family member, in a minute."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.policies import Level, Rulebook, taxonomy
from heedful.foundation.policies.tables import LevelResponse
from heedful.loop.duties import queries, reading
from heedful.loop.duties.presenters.picture import cautions, kept_reasons
from heedful.loop.duties.queries import Decided, word
from heedful.loop.incidents import queries as incidents


@dataclass(frozen=True)
class Line:
    """One of the separate questions as it was answered."""

    id: UUID
    question: str
    answer: str
    why: str
    todo: str
    due_at: datetime | None
    done_at: datetime | None
    reference_number: str


@dataclass(frozen=True)
class Step:
    """Something that the level asks for, and by when."""

    text: str
    due_at: datetime


@dataclass(frozen=True)
class Sheet:
    """The decision in force, the ones before it, and what it brings."""

    decision: Decided
    level: str
    stands: str
    suggested: str
    meaning: str
    response: str
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    yes: tuple[Line, ...]
    unsure: tuple[Line, ...]
    no: tuple[Line, ...]
    open: tuple[tuple[Any, str], ...]
    found: tuple[tuple[Any, str], ...]
    earlier: tuple[Decided, ...]
    book: Rulebook
    cautions: tuple[str, ...]

    @property
    def waits(self) -> bool:
        return self.decision.waits

    @property
    def other_level(self) -> bool:
        return self.level != self.suggested


def sheet(event: Any) -> Sheet:
    """Of an event that has a decision."""
    *earlier, now = queries.decisions_of(event.pk)
    book, row = reading.rules_for(event), now.triage
    response = book.seriousness.response_to(Level.from_code(row.stands_at))
    lines = [(one.answer, _line(event, one)) for one in queries.classifications_of(event.pk)]
    by_answer = {answer: tuple(line for said, line in lines if said == answer) for answer in ("yes", "unsure", "no")}
    return Sheet(
        decision=now,
        level=word(row.level),
        stands=word(row.stands_at),
        suggested=word(row.suggested),
        meaning=_(response.meaning),
        response=_(response.response),
        reasons=tuple(kept_reasons(row.reasons)),
        steps=tuple(_steps(event, book, response)),
        open=tuple((one, question_words(one, event)) for one in queries.to_find_out(event.pk)),
        found=tuple((one, question_words(one, event)) for one in queries.found_out(event.pk)),
        earlier=tuple(reversed(earlier)),
        book=book,
        cautions=tuple(cautions(book, event.service.nation)),
        **by_answer,
    )


def duty_words(row: Any) -> dict[str, str]:
    """What a duty asks for, why, and when it is done."""
    duty = reading.duty_of(row.event, row.kind)
    if duty is None:
        return {"title": _(taxonomy("classifications").label(row.kind)), "meaning": "", "done_when": ""}
    label = reading.rules_for(row.event).clocks.clock(duty.clock).label
    return {"title": _(label), "meaning": _(duty.yes_means), "done_when": _(duty.done_when)}


def question_words(row: Any, event: Any = None) -> str:
    return _(reading.question_for(event or row.event, row.what))


def _steps(event: Any, book: Rulebook, response: LevelResponse) -> list[Step]:
    """The review that the level asks for, and who is told; without those who were told already."""
    informed, people = incidents.informed_codes(event), taxonomy("who_is_told")
    found = [(_(book.clocks.clock(response.review_clock).label), response.review_clock)]
    if response.review == "none":
        found = []
    told = [(_("Tell: %(who)s") % {"who": _(people.label(one.who)).lower()}, one.clock) for one in response.tell]
    found += [pair for pair, one in zip(told, response.tell, strict=True) if one.who not in informed]
    steps = [Step(text, reading.deadline(event, book, clock, event.aware_at)) for text, clock in found]
    return sorted(steps, key=lambda step: step.due_at)


def _line(event: Any, row: Any) -> Line:
    duty = reading.duty_of(event, row.kind)
    return Line(
        id=row.pk,
        question=_(duty.question) if duty else _(taxonomy("classifications").label(row.kind)),
        answer=_(taxonomy("answers").label(row.answer)),
        why=_(row.why),
        todo=_(duty.yes_means) if duty and row.answer == "yes" else "",
        due_at=row.due_at,
        done_at=row.done_at,
        reference_number=row.reference_number,
    )
