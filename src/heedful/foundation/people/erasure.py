"""Forgetting a person supported: their own rows here. Their history goes with them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from heedful.foundation.access.models import PersonalRecord
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import Actor, System, write
from heedful.foundation.people.models import Person, Relation, Stay

NOBODY = "Name erased"


def ask_to_erase(*, person: Person, why: str, by: Actor, at: datetime) -> Erasure:
    """Refused while a legal hold stands."""
    if held(person):
        raise ledger.ErasureRefused("There is a legal hold on this record: it cannot be erased until that is lifted.")
    names = [name for name in (person.name, person.known_as) if name]
    names += Relation.objects.filter(person=person).values_list("name", flat=True)
    return ledger.ask(subject_type="person", subject_id=person.pk, why=why, names=names, by=by, at=at)


def held(person: Person) -> bool:
    records: list[PersonalRecord] = [person, *Relation.objects.filter(person=person)]
    if any(record.legal_hold for record in records):
        return True
    elsewhere: Callable[[UUID], bool] = import_string(settings.HEEDFUL_HELD_ELSEWHERE)
    return elsewhere(person.pk)


def held_now(person_id: UUID) -> bool:
    """The same by id, for whoever is about to erase."""
    person = Person.objects.filter(pk=person_id).first()
    return person is not None and held(person)


def agree_to_erase(*, erasure: Erasure, by: Actor, at: datetime) -> None:
    """The second of the two; a hold that was set since it was asked stops it as well."""
    person = Person.objects.filter(pk=erasure.subject_id).first()
    if person and held(person):
        raise ledger.ErasureRefused("There is a legal hold on this record: it cannot be erased until that is lifted.")
    ledger.agree(erasure=erasure, by=by, at=at)


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type == "person":
        _erase(organisation_id, decision)


def _erase(organisation_id: UUID, decision: Erasure) -> None:
    person_id, at = decision.subject_id, timezone.now()
    relations = list(Relation.objects.filter(person_id=person_id).values_list("id", flat=True))
    stays = list(Stay.objects.filter(person_id=person_id).values_list("id", flat=True))
    ledger.forget_payloads(subject_ids=[person_id, *relations], erasure=decision, at=at)
    with history.entry():
        Person.objects.filter(pk=person_id).update(name=NOBODY, known_as="", born_on=None, communication_needs="")
        # The row stays: whether somebody close may be told was decided about it.
        Relation.objects.filter(pk__in=relations).update(name=NOBODY, relationship="", contact="")
        Stay.objects.filter(pk__in=stays).update(room="")
        write(
            kind="person.erased",
            by=System(organisation_id),
            at=at,
            subject_type="person",
            subject_id=person_id,
            payload={"erasure": str(decision.pk)},
        )
    for table, ids in (("people_person", [person_id]), ("people_relation", relations), ("people_stay", stays)):
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)
