"""Sending an event back to its reporter with a question, and the answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy
from heedful.loop.incidents.checks import LONGEST_REASON
from heedful.loop.incidents.models import Question
from heedful.loop.incidents.operations import standing
from heedful.loop.incidents.operations.recording import reporting
from heedful.loop.incidents.refusals import NotAllowed, Refused
from heedful.loop.incidents.rules import Move, Status, next_status


def send_back(*, event_id: UUID, words: str, by: Viewer, at: datetime) -> Question:
    """Ask the reporter something. Whoever decides keeps the event: a decision never waits for an answer."""
    asked = _said(words, "Write what you want to know.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.CORRECT_EVENT)
        # A second question to an event that is sent back already joins the first.
        if event.status != Status.SENT_BACK:
            standing.move(event, next_status(Status(event.status), Move.SEND_BACK))
        question = Question.objects.create(
            organisation_id=event.organisation_id, event=event, asked_by=by.account_id, asked_at=at, words=asked
        )
        write(
            kind="event.sent_back",
            by=by,
            at=at,
            subject_type="event",
            subject_id=event.pk,
            payload={"question": question.pk, "words": asked},
        )
    return question


def answer_question(*, question_id: UUID, words: str, by: Viewer, at: datetime) -> Question:
    """The reporter answers. When no question is left open, the event is back with whoever decides."""
    answer = _said(words, "Write your answer. “I don't know” is fine.")
    with transaction.atomic(), history.entry():
        found = Question.objects.filter(pk=question_id).first()
        event = standing.locked_own(found.event_id, by=by) if found else None
        if found is None or event is None:
            raise NotAllowed("Only the person who told us can answer this.")
        if found.answered_at:
            raise Refused("This question has an answer already.")
        found.answer, found.answered_at = answer, at
        found.save(update_fields=["answer", "answered_at"])
        left = Question.objects.filter(event=event, answered_at__isnull=True).exists()
        if not left and event.status == Status.SENT_BACK:
            standing.move(event, next_status(Status(event.status), Move.CORRECT))
        write(
            kind="question.answered",
            by=reporting(event.organisation_id),
            at=at,
            subject_type="event",
            subject_id=event.pk,
            payload={"question": found.pk, "as": "reporter"},
        )
    return found


def _said(words: str, missing: str) -> str:
    said = tidy(words).text.strip()
    if not said:
        raise Refused(missing)
    if len(said) > LONGEST_REASON:
        raise Refused(f"This is {len(said)} characters long and we can keep {LONGEST_REASON}. Make it shorter.")
    return said
