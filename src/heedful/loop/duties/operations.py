"""The verbs of triage: decide, agree to a lower level, do a duty, answer an open question."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.policies import Level
from heedful.foundation.ui.text import tidy
from heedful.loop.duties import queries, reading
from heedful.loop.duties.answering import answer as answer
from heedful.loop.duties.answering import told_of_review as told_of_review
from heedful.loop.duties.models import Classification, FindOut, Triage
from heedful.loop.duties.rules import Assessment, Suggestion, level_that_stands
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents import queries as events

LONGEST_WHY = 2_000
LIVE = "live"


class TriageRefused(ValueError):
    """Why this cannot be decided so; `field` is where it was typed."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DecidedMeanwhile(TriageRefused):
    """Somebody else decided, or the report was changed, after this person's page was made. Nothing is stored."""


@dataclass(frozen=True)
class Answered:
    """One independent question: the decider's answer, with the reason where it differs from the suggestion."""

    kind: str
    # yes, no or unsure: "unsure" is to be found out within the day.
    answer: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided, with what they answered on the way."""

    level: Level
    why: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    classifications: tuple[Answered, ...] = ()
    title: str = ""
    # What the decider had in view: how many decisions there were, and which version of the report.
    after: int | None = None
    version: int | None = None


def triage(
    *, event_id: UUID, decision: Decision, by: Viewer, at: datetime, known: reading.Known | None = None
) -> Triage:
    """Decide how serious an event is and which duties it brings. The suggestion is worked out again, and kept.

    `known`: what this very decider read of it at this moment, where nothing can have changed since.
    """
    why = _said(decision.why, "Say why. One or two plain sentences are enough: the family may read this.", "why")
    with transaction.atomic(), history.entry():
        event = incidents.decided(event_id=event_id, by=by, at=at)
        if event.source != LIVE:
            raise TriageRefused("This was imported. It is history, and there is nothing to decide.")
        number = _next_number(event, decision)
        known = replace(known, event=event) if known else reading.know(event, viewer=by)
        suggested = known.suggest(decision.answers)
        row = _decide(known, decision, suggested, number=number, why=why, by=by, at=at)
        incidents.name_event(event, title=tidy(decision.title).text, type=_type(decision))
        _classify(known, decision.classifications, suggested, by=by, at=at)
        _find_out(known, suggested, at=at)
        _wrote(row, decision, by=by, at=at)
    return row


def agree_to_lower(*, triage_id: UUID, by: Viewer, at: datetime) -> Triage:
    """A second person agrees to a level below the suggestion: from now on the lower one stands."""
    with transaction.atomic(), history.entry():
        row: Triage = _locked(Triage, triage_id, by)
        if row.decided_by == by.account_id:
            raise TriageRefused("Somebody else has to agree: you made this decision yourself.")
        if not queries.waits(row):
            raise TriageRefused("This decision does not wait for anybody.")
        row.agreed_by, row.agreed_at, row.stands_at = by.account_id, at, row.level
        row.response = Level.from_code(row.level).word
        row.save(update_fields=["agreed_by", "agreed_at", "stands_at", "response"])
        payload = {"level": row.level, "suggested": row.suggested}
        write(
            kind="event.lower_level_agreed",
            by=by,
            at=at,
            subject_type="event",
            subject_id=row.event_id,
            policy_version=row.policy_version,
            payload=payload,
        )
    return row


def do_duty(*, classification_id: UUID, reference_number: str, by: Viewer, at: datetime) -> Classification:
    """Record that a duty was done: told, sent, raised, with the number that was given for it."""
    number = tidy(reference_number).text.strip()
    if len(number) > 80:
        raise TriageRefused("A reference number can have 80 characters. Make it shorter.", "reference_number")
    with transaction.atomic(), history.entry():
        row: Classification = _locked(Classification, classification_id, by)
        if row.done_at or row.superseded_at or row.answer != "yes":
            raise TriageRefused("There is nothing left to do here.")
        row.done_at, row.done_by, row.reference_number = at, by.account_id, number
        row.save(update_fields=["done_at", "done_by", "reference_number"])
        payload = {"kind": row.kind, "reference_number": row.reference_number}
        write(kind="duty.done", by=by, at=at, subject_type="event", subject_id=row.event_id, payload=payload)
    return row


def answer_open_question(*, find_out_id: UUID, answer: str, by: Viewer, at: datetime) -> FindOut:
    """Write down what was found out. The page then offers to decide again."""
    found = _said(answer, "Write down what you found out.", "answer")
    with transaction.atomic(), history.entry():
        row: FindOut = _locked(FindOut, find_out_id, by)
        if row.found_at or row.superseded_at:
            raise TriageRefused("Somebody has already answered this.")
        row.found_at, row.found_by, row.answer = at, by.account_id, found
        row.save(update_fields=["found_at", "found_by", "answer"])
        payload = {"what": row.what, "answer": row.answer}
        # Not `question.answered`: that is the reporter's, and tells whoever asked them.
        write(kind="event.found_out", by=by, at=at, subject_type="event", subject_id=row.event_id, payload=payload)
    return row


def _next_number(event: Any, decision: Decision) -> int:
    """The number of this decision, under the event's lock: nobody decides on a page that is out of date."""
    made = Triage.objects.filter(event=event).count()
    if decision.after is not None and decision.after != made:
        raise DecidedMeanwhile("Somebody has decided about this while you were reading. Yours is not stored.", "level")
    if decision.version is not None and decision.version != event.version:
        raise DecidedMeanwhile("The report was changed while you were reading. Read it again, then decide.", "level")
    return made + 1


def _decide(
    known: reading.Known, decision: Decision, suggested: Assessment, *, number: int, why: str, by: Viewer, at: datetime
) -> Triage:
    stands = level_that_stands(suggested.level, decision.level, second_person_agreed=False)
    return Triage.objects.create(
        organisation_id=known.event.organisation_id,
        event=known.event,
        number=number,
        level=decision.level.code,
        suggested=suggested.level.code,
        stands_at=stands.code,
        response=stands.word,
        reasons=[_reason(reason) for reason in suggested.reasons],
        facts=known.facts(decision.answers).model_dump(mode="json"),
        why=why,
        decided_by=by.account_id,
        decided_at=at,
        policy_version=suggested.policy_version,
    )


def _wrote(row: Triage, decision: Decision, *, by: Viewer, at: datetime) -> None:
    write(
        kind="event.triaged",
        by=by,
        at=at,
        subject_type="event",
        subject_id=row.event_id,
        policy_version=row.policy_version,
        payload={
            "level": row.level,
            "suggested": row.suggested,
            "stands_at": row.stands_at,
            "why": row.why,
            "reasons": row.reasons,
            "classifications": [asdict(item) for item in decision.classifications],
        },
    )


def _locked(model: type[Any], row_id: UUID, by: Viewer) -> Any:
    """The row, locked, for somebody who decides about its event. Absent and not theirs are the same (Http404)."""
    row = model.objects.filter(pk=row_id).first()
    if row is None:
        raise Http404
    event = events.event(row.event_id, viewer=by)
    answer = may(by, Permission.TRIAGE_EVENT, events.subject_of(event))
    if not answer:
        raise incidents.NotAllowed(answer.reason)
    return model.objects.select_for_update(of=("self",), no_key=True).select_related("event").get(pk=row_id)


def _said(text: str, missing: str, where: str) -> str:
    said = tidy(text).text.strip()
    if not said:
        raise TriageRefused(missing, where)
    if len(said) > LONGEST_WHY:
        raise TriageRefused(
            f"This is {len(said)} characters long and we can keep {LONGEST_WHY}. Make it shorter.", where
        )
    return said


def _classify(
    known: reading.Known, answered: tuple[Answered, ...], suggested: Assessment, *, by: Viewer, at: datetime
) -> None:
    """Supersede the answers before; each yes starts its own clock. What was done already stays done."""
    rows = Classification.objects.filter(event=known.event, superseded_at__isnull=True)
    # Under lock: a duty that is being done at this moment is done.
    before = {row.kind: row for row in rows.select_for_update(no_key=True)}
    rows.update(superseded_at=at)
    given, made = {item.kind: item for item in answered}, []
    for suggestion in suggested.classifications:
        item = given.get(suggestion.classification)
        if item is None or item.answer not in ("yes", "no", "unsure"):
            raise TriageRefused("Answer each of the separate questions.", suggestion.classification)
        done = _done_before(before.get(item.kind)) if item.answer == "yes" else {}
        made.append(
            Classification(
                organisation_id=known.event.organisation_id,
                event=known.event,
                kind=item.kind,
                answer=item.answer,
                suggested=suggestion.answer,
                why=_why(item, suggestion),
                decided_by=by.account_id,
                decided_at=at,
                policy_version=suggested.policy_version,
                due_at=_due(known, item, suggestion, before.get(item.kind), at),
                **done,
            )
        )
    Classification.objects.bulk_create(made)


def _why(item: Answered, suggestion: Suggestion) -> str:
    """The decider's reason; where they follow the suggestion, its own. Not being sure needs none."""
    why = tidy(item.why).text.strip()[:LONGEST_WHY]
    if not why and item.answer not in (suggestion.answer, "unsure"):
        raise TriageRefused("You decide otherwise than suggested. Say why.", f"{item.kind}_why")
    return why or suggestion.reasons[0].sentence


def _done_before(row: Classification | None) -> dict[str, Any]:
    if row is None or row.answer != "yes" or not row.done_at:
        return {}
    return {"done_at": row.done_at, "done_by": row.done_by, "reference_number": row.reference_number}


def _due(
    known: reading.Known, item: Answered, suggestion: Suggestion, before: Classification | None, at: datetime
) -> datetime | None:
    """A duty's clock starts when somebody became aware. What is to be found out keeps its first limit."""
    if item.answer == "yes":
        return reading.deadline(known.event, known.book, suggestion.clock, known.event.aware_at)
    if item.answer == "no":
        return None
    if before and before.answer == "unsure" and before.due_at:
        return before.due_at
    return reading.deadline(known.event, known.book, "find_out_by", at)


def _find_out(known: reading.Known, suggested: Assessment, *, at: datetime) -> None:
    """What nobody knows yet and could raise the level. Deciding again does not give it another day."""
    rows = FindOut.objects.filter(event=known.event, found_at__isnull=True, superseded_at__isnull=True)
    before = {row.what: row.due_at for row in rows}
    rows.update(superseded_at=at)
    for item in suggested.find_out:
        if item.said == "unsure":
            FindOut.objects.create(
                organisation_id=known.event.organisation_id,
                event=known.event,
                what=item.input,
                due_at=before.get(item.input) or reading.deadline(known.event, known.book, item.clock, at),
            )


def _type(decision: Decision) -> str:
    types = decision.answers.get("types") or ()
    return next(iter(types), "")


def _reason(reason: Any) -> dict[str, Any]:
    return {"rule": reason.rule, "text": reason.text, "values": dict(reason.values), "inputs": list(reason.inputs)}
