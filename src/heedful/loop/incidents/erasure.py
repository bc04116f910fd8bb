"""Forgetting a person in what was told about them. The event itself stays, so that it still counts.

Where the person is the only one supported who had a part, all words go; where others had one too, their names go.
"""

from uuid import UUID

from django.utils import timezone

from heedful.foundation.files.erasure import forget_files
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting, history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import System, write
from heedful.loop.incidents import finding
from heedful.loop.incidents.hanging import EVENT, HANGING
from heedful.loop.incidents.models import Event, Informed, Involved, Reporter


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`. It may run before or after the one that empties the person's own record."""
    decision = ledger.agreed_erasure(entry_id)
    if decision.subject_type == "person":
        _erase(organisation_id, decision)


def _erase(organisation_id: UUID, decision: Erasure) -> None:
    alone = forgetting.theirs_alone(EVENT, decision.subject_id)
    with history.entry():
        _forget_who(decision.subject_id, alone)
        touched = forgetting.forget(HANGING, decision)
        # Nobody can say who else is in a picture: those of a shared event stay, and the people of that event decide.
        forget_files(subject_ids=alone, decision=decision)
        for event in Event.objects.filter(pk__in=touched[Event]):
            finding.make_findable(event)
        write(
            kind="events.erased",
            by=System(organisation_id),
            at=timezone.now(),
            subject_type="person",
            subject_id=decision.subject_id,
            payload={"erasure": str(decision.pk), "events": len(touched[Event])},
        )


def _forget_who(person_id: UUID, alone: list[UUID]) -> None:
    """Names that were typed: theirs everywhere, and everybody's in what is about them alone."""
    Involved.objects.filter(person_id=person_id).update(name="")
    Involved.objects.filter(event_id__in=alone).update(name="")
    Informed.objects.filter(event_id__in=alone).update(name="")


def forget_people_of(event_id: UUID, decision: Erasure) -> None:
    """Of a whole case: who had a part in it and who told us. That somebody did stays, for the counts."""
    nobody = {"name": "", "person": None, "staff": None, "matched": True}
    for table, rows, gone in (
        ("incidents_involved", Involved.objects.filter(event_id=event_id), nobody),
        (
            "incidents_reporter",
            Reporter.objects.filter(event_id=event_id),
            {"name": "", "account_id": None, "staff": None},
        ),
        ("incidents_informed", Informed.objects.filter(event_id=event_id), {"name": ""}),
    ):
        ids = list(rows.values_list("pk", flat=True))
        rows.update(**gone)
        ledger.forget_history(table=f"{table}_history", object_ids=ids, erasure=decision)
    finding.make_findable(Event.objects.get(pk=event_id))
