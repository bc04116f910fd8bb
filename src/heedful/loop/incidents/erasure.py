"""Forgetting a person in what was told about them. The event itself stays, so that it still counts.

Where the person is the only one supported who had a part, all words go; where others had one too, their names go.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from heedful.foundation.files.erasure import forget_files
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import System, write
from heedful.loop.incidents import finding
from heedful.loop.incidents.models import Draft, Event, Informed, Involved, Question, Share, Version

ERASED = "[erased]"
TEXTS = ("title", "words", "made_safe", "met_safeguarding_why", "met_clinical_why", "met_family_why")
Blank = Callable[[str], str]


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`. It may run before or after the one that empties the person's own record."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type == "person":
        _erase(organisation_id, decision)


def names_in(decision: Erasure) -> list[str]:
    """The person's names as they were when it was asked; the request keeps them until the rooms are done."""
    return sorted({part for name in decision.names for part in (name, *name.split()) if len(part) > 2}, key=len)[::-1]


def _erase(organisation_id: UUID, decision: Erasure) -> None:
    at, names = timezone.now(), names_in(decision)
    events = list(Event.objects.filter(involved__person_id=decision.subject_id).distinct())
    ledger.forget_payloads(subject_ids=[event.pk for event in events], erasure=decision, at=at)
    with history.entry():
        touched = [_erase_event(event, decision.subject_id, names) for event in events]
        # Nobody can say who else is in a picture: those of a shared event stay, and the people of that event decide.
        alone = [event.pk for event in events if not _others(event, decision.subject_id)]
        forget_files(subject_ids=alone, decision=decision)
        _erase_drafts(names)
        payload = {"erasure": str(decision.pk), "events": len(events)}
        write(
            kind="events.erased",
            by=System(organisation_id),
            at=at,
            subject_type="person",
            subject_id=decision.subject_id,
            payload=payload,
        )
    _forget_history(decision, [event.pk for event in events], touched)


def _erase_event(event: Event, person_id: UUID, names: list[str]) -> dict[str, list[UUID]]:
    alone = not _others(event, person_id)
    blank: Blank = (lambda text: ERASED if text else "") if alone else without(names)
    for field in TEXTS:
        setattr(event, field, blank(getattr(event, field)))
    event.save(update_fields=TEXTS)
    involved = Involved.objects.filter(event=event, person_id=person_id)
    touched = {"involved": list(involved.values_list("pk", flat=True))}
    involved.update(name="")
    if alone:
        touched["involved"] = list(Involved.objects.filter(event=event).values_list("pk", flat=True))
        Involved.objects.filter(event=event).update(name="")
        touched["informed"] = list(Informed.objects.filter(event=event).values_list("pk", flat=True))
        Informed.objects.filter(event=event).update(name="")
    touched["question"] = _rows(Question, event, ("words", "answer"), blank)
    touched["share"] = _rows(Share, event, ("why",), blank)
    for version in Version.objects.filter(event=event):
        version.body, version.why = _deep(version.body, blank), blank(version.why)
        version.save(update_fields=["body", "why"])
    finding.make_findable(event)
    return touched


def _others(event: Event, person_id: UUID) -> bool:
    return Involved.objects.filter(event=event, person__isnull=False).exclude(person_id=person_id).exists()


def _rows(model: type[Question] | type[Share], event: Event, fields: tuple[str, ...], blank: Blank) -> list[UUID]:
    rows = list(model.objects.filter(event=event))
    for row in rows:
        for field in fields:
            setattr(row, field, blank(getattr(row, field)))
        row.save(update_fields=fields)
    return [row.pk for row in rows]


def _erase_drafts(names: list[str]) -> None:
    """Reports begun and not sent: the names go, the rest stays for its writer."""
    blank = without(names)
    for draft in Draft.objects.all():
        cleaned = _deep(draft.answers, blank)
        if cleaned != draft.answers:
            Draft.objects.filter(pk=draft.pk).update(answers=cleaned)


def without(names: list[str]) -> Blank:
    """A function that takes these names out of a text, whole words only, however they are written."""
    if not names:
        return lambda text: text
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)
    return lambda text: pattern.sub(ERASED, text)


def _deep(value: Any, blank: Blank) -> Any:
    if isinstance(value, str):
        return blank(value)
    if isinstance(value, list):
        return [_deep(item, blank) for item in value]
    if isinstance(value, dict):
        return {key: _deep(item, blank) for key, item in value.items()}
    return value


def _forget_history(decision: Erasure, event_ids: list[UUID], touched: list[dict[str, list[UUID]]]) -> None:
    ledger.forget_history(table="incidents_event_history", object_ids=event_ids, erasure=decision)
    for name in ("involved", "informed", "question", "share"):
        ids = [pk for rows in touched for pk in rows.get(name, [])]
        ledger.forget_history(table=f"incidents_{name}_history", object_ids=ids, erasure=decision)
