"""The verbs of audits. Each is keyword-only, one transaction, one ledger entry."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.http import Http404

from heedful.foundation.access.refusals import Refused, refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.keeping import keep
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people.models import Person, StaffMember
from heedful.foundation.policies import local_date
from heedful.foundation.ui.text import tidy
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries, rules, standing
from heedful.loop.audits.hanging import HANGING
from heedful.loop.audits.models import Audit, AuditItem, AuditMove
from heedful.loop.audits.reminding import remind_of_due
from heedful.loop.audits.rules import Move, Population, State
from heedful.loop.reviews import queries as reviews

__all__ = [
    "Population",
    "Refused",
    "agree_to_cancel",
    "answer",
    "ask_to_cancel",
    "draw",
    "finish",
    "move",
    "plan",
    "remind_of_due",
    "schedule",
]
LONGEST = 2_000


def schedule(*, action_id: UUID, by: Actor, at: datetime) -> list[Audit]:
    """Plan the checks that were set when an action was agreed. May run twice: one for each day."""
    row = actions.Action.objects.get(pk=action_id)
    return [
        _planned(
            client_key=uuid5(NAMESPACE_URL, f"heedful:reaudit:{row.pk}:{day}"),
            action_id=row.pk,
            theme_id=row.theme_id,
            service_ids=row.service_ids,
            question=row.reaudit_question,
            wanted=row.reaudit_wanted,
            due_on=day,
            by=by,
            at=at,
        )
        for day in row.reaudit_on
    ]


def plan(
    *,
    client_key: UUID,
    question: str,
    wanted: int | None,
    due_on: date | None,
    by: Viewer,
    at: datetime,
    action_id: UUID | None = None,
    theme_id: UUID | None = None,
) -> Audit:
    """A check besides those that were set: of an action, or a spot check of a theme."""
    theme, services = _about(action_id, theme_id, by)
    if not actions.may_agree(by, services):
        raise refused("This belongs to services that you do not look after.")
    asked = _said(question, "question", longest=200)
    found = rules.plan_problems(asked, wanted, due_on, local_date(at, _zone(services)))
    if found or wanted is None or due_on is None:
        raise Refused(*found)
    return _planned(
        client_key=client_key, action_id=action_id, theme_id=theme, service_ids=services, question=asked,
        wanted=wanted, due_on=due_on, by=by, at=at,
    )  # fmt: skip


def draw(*, audit_id: UUID, population: Population, size: int | None, by: Viewer, at: datetime) -> Audit:
    """Draw the sample. The population is fixed first; only then is there a seed, which nobody chose."""
    words = _said(population.words, "population_words", longest=200)
    given = Population(words=words, size=population.size, listed=tuple(population.listed))
    as_list = population.size is None
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.DRAW)
        found = rules.draw_problems(given, size, as_list=as_list)
        found += rules.named_problem(given.listed, _names()) if as_list and not found else []
        if found or size is None:
            raise Refused(*found)
        row.population_words, row.listed = words, list(given.listed) if as_list else []
        row.population_size = len(given.listed) if as_list else given.size
        row.sample_size, row.seed = size, secrets.token_hex(16)
        row.state, row.drawn_at, row.drawn_by = State.DRAWN, at, by.account_id
        row.save()
        numbers = _keep_sample(row)
        payload = {"seed": row.seed, "population": row.population_size, "size": size, "numbers": numbers}
        _wrote("audit.drawn", row, by=by, at=at, payload=payload)
    return row


def answer(*, audit_id: UUID, position: int, said: str, note: str, by: Viewer, at: datetime) -> AuditItem:
    """Answer one of the sample. Until it is finished an answer can be changed; the history keeps both."""
    if said not in rules.ANSWERS:
        raise refused("Choose yes, no, or does not apply.", "answer")
    words = _said(note, "note")
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.ANSWER)
        item = queries.item(row, position)
        if (item.answer, item.note) == (said, words):
            return item
        item.answer, item.note, item.answered_at, item.answered_by = said, words, at, by.account_id
        item.save(update_fields=["answer", "note", "answered_at", "answered_by"])
        _wrote("audit.answered", row, by=by, at=at, payload={"position": position, "answer": said, "note": words})
    return item


def finish(*, audit_id: UUID, by: Viewer, at: datetime) -> Audit:
    """All are answered: the result stands."""
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.FINISH)
        left = AuditItem.objects.filter(audit=row, answer="").count()
        if left:
            raise refused(f"{left} of {row.sample_size} have no answer yet. A sample counts only when it is whole.")
        found = queries.result_of(row)
        if not found.looked_at:
            raise refused("None of these applied, so this says nothing. Cancel it, and draw another one.")
        row.state, row.done_at, row.done_by = State.DONE, at, by.account_id
        row.save(update_fields=["state", "done_at", "done_by"])
        keep(HANGING, row)
        payload = {"misses": found.misses, "looked_at": found.looked_at, "high": found.high, "answer": found.answer}
        _wrote("audit.done", row, by=by, at=at, payload=payload)
    return row


def move(*, audit_id: UUID, due_on: date, reason: str, by: Viewer, at: datetime) -> Audit:
    """Another day, with a reason that is kept."""
    why = _said(reason, "reason")
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.MOVE, decides=True)
        found = rules.move_problems(row.due_on, due_on, why, local_date(at, queries.zone_of(row)))
        if found:
            raise Refused(*found)
        number, before = AuditMove.objects.filter(audit=row).count() + 1, row.due_on
        AuditMove.objects.create(
            organisation_id=row.organisation_id, audit=row, number=number, reason=why, due_before=before,
            due_after=due_on, moved_at=at, moved_by=by.account_id,
        )  # fmt: skip
        row.due_on = due_on
        row.save(update_fields=["due_on"])
        _wrote("audit.moved", row, by=by, at=at, payload={"from": before, "to": due_on, "reason": why})
    return row


def ask_to_cancel(*, audit_id: UUID, why: str, by: Viewer, at: datetime) -> Audit:
    """Ask a second person to let it go. Until they agree it is still due."""
    reason = _said(why, "why")
    if not reason:
        raise refused("Say why it is not needed. A second person reads this.", "why")
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.ASK_TO_CANCEL, decides=True)
        if row.cancel_asked_at:
            raise refused("Somebody has asked already. A second person has to agree.", "why")
        row.cancel_why, row.cancel_asked_at, row.cancel_asked_by = reason, at, by.account_id
        row.save(update_fields=["cancel_why", "cancel_asked_at", "cancel_asked_by"])
        _wrote("audit.cancel_asked", row, by=by, at=at, payload={"why": reason})
    return row


def agree_to_cancel(*, audit_id: UUID, by: Viewer, at: datetime) -> Audit:
    """A second person agrees: it is not due any more."""
    with transaction.atomic(), history.entry():
        row = _locked(audit_id, by, Move.CANCEL, decides=True)
        if not row.cancel_asked_at:
            raise refused("Nobody has asked to cancel this.")
        if row.cancel_asked_by == by.account_id:
            raise refused("You asked for it yourself, so somebody else has to agree.")
        row.state, row.cancelled_at, row.cancelled_by = State.CANCELLED, at, by.account_id
        row.save(update_fields=["state", "cancelled_at", "cancelled_by"])
        keep(HANGING, row)
        _wrote("audit.cancelled", row, by=by, at=at, payload={"why": row.cancel_why})
    return row


def _about(action_id: UUID | None, theme_id: UUID | None, by: Viewer) -> tuple[UUID | None, list[UUID]]:
    """The theme and the services of what is checked, for somebody who may see it (Http404 else)."""
    if action_id is not None:
        row = actions.action(action_id, viewer=by)
        if not actions.may_decide(row, by):
            raise Http404
        return row.theme_id, list(row.service_ids)
    if theme_id is None:
        raise refused("A check is about an action or a theme. Begin there.")
    return theme_id, list(reviews.subject(viewer=by, theme_id=theme_id).service_ids)


def _planned(*, client_key: UUID, by: Actor, at: datetime, due_on: date, **said: Any) -> Audit:
    before = Audit.objects.filter(client_key=client_key).first()
    if before is not None:
        return before
    try:
        with transaction.atomic(), history.entry():
            row = Audit.objects.create(
                organisation_id=by.organisation_id, client_key=client_key, due_on=due_on, first_due_on=due_on,
                planned_at=at, planned_by=by.account_id, **said,
            )  # fmt: skip
            keep(HANGING, row)
            payload = {"due_on": due_on, "question": row.question, "wanted": row.wanted, "action": row.action_id}
            _wrote("audit.planned", row, by=by, at=at, payload=payload)
    except IntegrityError:
        return Audit.objects.get(client_key=client_key)
    return row


def _keep_sample(row: Audit) -> Sequence[int]:
    numbers = rules.sample(row.seed, row.population_size or 0, row.sample_size or 0)
    AuditItem.objects.bulk_create(
        AuditItem(
            organisation_id=row.organisation_id,
            audit=row,
            position=position,
            number=number,
            label=row.listed[number - 1] if row.listed else "",
        )
        for position, number in enumerate(numbers, start=1)
    )
    return numbers


def _names() -> list[str]:
    people = Person.objects.values_list("name", flat=True)
    return [*people, *StaffMember.objects.values_list("name", flat=True)]


def _locked(audit_id: UUID, by: Viewer, step: Move, *, decides: bool = False) -> Audit:
    """The row, locked, for somebody who may. Absent and not theirs are the same (Http404)."""
    seen = queries.audit(audit_id, viewer=by)
    if not (standing.may_cancel(seen, by) if decides else standing.may_check(seen, by)):
        raise Http404
    row = Audit.objects.select_for_update(of=("self",), no_key=True).get(pk=audit_id)
    if rules.next_state(State(row.state), step) is None:
        raise refused(rules.why_not(State(row.state)))
    return row


def _said(text: str, field: str, *, longest: int = LONGEST) -> str:
    clean = tidy(text).text.strip()
    if len(clean) > longest:
        raise refused(f"This is {len(clean)} characters long and we can keep {longest}. Make it shorter.", field)
    return clean


def _zone(service_ids: Sequence[UUID]) -> str:
    return queries.zone_of(Audit(service_ids=list(service_ids)))


def _wrote(kind: str, row: Audit, *, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    write(kind=kind, by=by, at=at, subject_type="audit", subject_id=row.pk, payload=payload)
