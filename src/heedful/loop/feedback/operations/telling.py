"""Telling somebody, and what has to be decided before: may the family be told, and do the police agree?"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from heedful.foundation.access.refusals import Refused, refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.keeping import keep
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.policies import local_date
from heedful.foundation.ui.text import tidy
from heedful.loop.feedback import queries, rules
from heedful.loop.feedback.hanging import HANGING
from heedful.loop.feedback.models import FamilyDecision, KnownResult, PoliceWord, Telling
from heedful.loop.feedback.rules import Recipient, Step
from heedful.loop.incidents.queries import Event


def tell(
    *,
    event_id: UUID,
    client_key: UUID,
    recipient: Recipient,
    step: Step,
    words: str,
    by: Viewer,
    at: datetime,
    person_id: UUID | None = None,
    relation_id: UUID | None = None,
    channel: str = "",
) -> Telling:
    """Keep what is told. The reporter reads it here; a person or family was told outside, and this says how."""
    before = Telling.objects.filter(client_key=client_key, event_id=event_id, told_by=by.account_id).first()
    if before is not None:
        return before
    said, how = _clean(words), _line(channel, "channel")
    with transaction.atomic(), history.entry():
        event = _locked(event_id, by)
        asked = queries.standing(event, recipient, viewer=by, person_id=person_id, relation_id=relation_id)
        found = rules.problems(said, asked, channel=how)
        if found:
            raise Refused(*found)
        row = Telling(
            organisation_id=by.organisation_id, client_key=client_key, event=event, recipient=recipient, step=step,
            person_id=person_id, relation_id=relation_id, words=said, channel=how, told_at=at, told_by=by.account_id,
        )  # fmt: skip
        return _kept(row, at, by)


def decide_family(
    *,
    event_id: UUID,
    relation_id: UUID,
    allowed: bool,
    basis: str,
    decided_by: str,
    decided_on: date | None,
    why: str,
    by: Viewer,
    at: datetime,
) -> FamilyDecision:
    """Write down who decided whether a relation may be told about this case, and on what basis."""
    who, reason = _line(decided_by, "decided_by"), _clean(why, "why")
    with transaction.atomic(), history.entry():
        event = _locked(event_id, by)
        member = queries.relation_in(event, relation_id)
        today, may = local_date(at, event.service.time_zone), member.relation.may_be_told
        found = rules.family_problems(basis, who, decided_on, reason, allowed=allowed, may_be_told=may, today=today)
        if found or decided_on is None:
            raise Refused(*found)
        row = FamilyDecision.objects.create(
            organisation_id=by.organisation_id, event=event, relation_id=relation_id, allowed=allowed, basis=basis,
            number=member.decision.number + 1 if member.decision else 1, decided_by=who, decided_on=decided_on,
            why=reason, recorded_at=at, recorded_by=by.account_id,
        )  # fmt: skip
        keep(HANGING, row)
        payload = {"decision": row.pk, "relation": relation_id, "allowed": allowed, "basis": basis}
        _wrote("feedback.family_decided", event.pk, by=by, at=at, payload=payload)
    return row


def note_police_word(
    *, event_id: UUID, who: str, words: str, said_on: date | None, by: Viewer, at: datetime
) -> PoliceWord:
    """The police said that people may be told now."""
    name, said = _line(who, "who"), _clean(words)
    with transaction.atomic(), history.entry():
        event = _locked(event_id, by)
        if not queries.police_come_first(event):
            raise refused("The police are no reason to wait here.")
        found = rules.police_problems(name, said, said_on, local_date(at, event.service.time_zone))
        if found or said_on is None:
            raise Refused(*found)
        row = PoliceWord.objects.create(
            organisation_id=by.organisation_id, event=event, number=len(queries.police_words(event)) + 1, who=name,
            said_on=said_on, words=said, recorded_at=at, recorded_by=by.account_id,
        )  # fmt: skip
        _wrote("feedback.police_agreed", event.pk, by=by, at=at, payload={"word": row.pk, "said_on": said_on})
    return row


def know_result(*, action_id: UUID, answer: str, by: Actor, at: datetime) -> KnownResult:
    """The verdict's answer, kept here for what is told. The same answer twice is one."""
    with transaction.atomic(), history.entry():
        row = KnownResult.objects.select_for_update(no_key=True).filter(action_id=action_id).first()
        if row is not None and (row.answer == answer or row.known_at > at):
            return row
        row = row or KnownResult(organisation_id=by.organisation_id, action_id=action_id)
        row.answer, row.known_at = answer, at
        row.save()
        write(
            kind="feedback.result_known", by=by, at=at, subject_type="action", subject_id=action_id,
            payload={"answer": answer},
        )  # fmt: skip
    return row


def _kept(row: Telling, at: datetime, by: Viewer) -> Telling:
    payload: dict[str, Any] = {"telling": row.pk, "recipient": row.recipient, "step": row.step}
    payload |= {"person": row.person_id, "relation": row.relation_id}
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refused("This was sent already. Open the page again.") from None
    keep(HANGING, row)
    _wrote("feedback.told", row.event_id, by=by, at=at, payload=payload)
    return row


def _locked(event_id: UUID, by: Viewer) -> Event:
    """The case, locked, for somebody who chooses what is told of it: nobody is named in it meanwhile."""
    event = queries.event_to_tell(event_id, viewer=by)
    return Event.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=event.pk)


def _clean(words: str, field: str = "words") -> str:
    said = tidy(words).text.strip()
    if len(said) > rules.LONGEST:
        text = f"This is {len(said)} characters long and we can keep {rules.LONGEST}. Make it shorter."
        raise refused(text, field)
    return said


def _line(words: str, field: str) -> str:
    said = " ".join(tidy(words).text.split())
    if len(said) > 200:
        raise refused(f"This is {len(said)} characters long and we can keep 200. Make it shorter.", field)
    return said


def _wrote(kind: str, event_id: UUID, *, by: Viewer, at: datetime, payload: dict[str, Any]) -> None:
    write(kind=kind, by=by, at=at, subject_type="event", subject_id=event_id, payload=payload)
