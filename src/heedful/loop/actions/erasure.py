"""Forgetting a person in what was written about changes that came of their events. What was agreed and when stays."""

from uuid import UUID

from django.db.models import Q

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.loop.actions.models import Action, Evidence, Extension, PlanUpdate

ERASED = "[erased]"


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type != "person":
        return
    person = decision.subject_id
    about = Q(review__about__event__involved__person_id=person) | Q(theme__joined__event__involved__person_id=person)
    actions = list(Action.objects.filter(about).distinct().values_list("pk", flat=True))
    at = decision.agreed_at or decision.asked_at
    with history.entry():
        touched = _forget_words(person, actions)
        payload = {"erasure": str(decision.pk)}
        by = System(organisation_id)
        write(kind="actions.erased", by=by, at=at, subject_type="person", subject_id=person, payload=payload)
    ledger.forget_payloads(subject_ids=actions, erasure=decision, at=at)
    for table, ids in touched.items():
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)


def _forget_words(person: UUID, actions: list[UUID]) -> dict[str, list[UUID]]:
    """What was written about them, by table: the ids of the rows that held it."""
    touched: dict[str, list[UUID]] = {}
    of_theirs = Q(action_id__in=actions)
    for model, field, rows in (
        (PlanUpdate, "proof", Q(person_id=person)),
        (Evidence, "words", of_theirs),
        (Evidence, "sent_back_why", of_theirs),
        (Extension, "reason", of_theirs),
    ):
        found = model.objects.filter(rows).exclude(**{field: ""})
        touched.setdefault(model._meta.db_table, []).extend(found.values_list("pk", flat=True))
        found.update(**{field: ERASED})
    return touched
