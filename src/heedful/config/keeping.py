"""What hangs on a case, in every room; and what has a hold and a day of its own without hanging on one."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from heedful.foundation.exits import keeping as exits
from heedful.foundation.files import keeping as files
from heedful.foundation.ledger import history, keeping
from heedful.foundation.ledger.hanging import Hanging
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import System, write

ROOMS = (
    "heedful.oversight.governance.hanging.HANGING",
    "heedful.loop.feedback.hanging.HANGING",
    "heedful.loop.audits.hanging.HANGING",
    "heedful.loop.actions.hanging.HANGING",
    "heedful.loop.reviews.hanging.HANGING",
    "heedful.loop.duties.hanging.HANGING",
    "heedful.loop.reporting.hanging.HANGING",
    "heedful.loop.incidents.hanging.HANGING",
    "heedful.intake.hanging.HANGING",
    "heedful.foundation.exits.hanging.HANGING",
    "heedful.foundation.files.hanging.HANGING",
)
# Files and what went out name these by type and id.
SUBJECTS = {
    "event": "heedful.loop.incidents.hanging.EVENT",
    "action": "heedful.loop.actions.hanging.ACTION",
    "theme": "heedful.loop.reviews.hanging.THEME",
}
# Tables with a hold and a day that no way leads from to a case, each with what decides about it.
BY_THEMSELVES = {
    "people.Person": "A hold of its own; no operation ends a stay yet, so no day is known.",
    "people.Relation": "Goes with the person; a hold of its own.",
    "people.StaffMember": "A hold of its own; no operation ends a post in the staff list yet.",
    "reporting.Draft": "No case yet. Thrown away by itself a month after the last word.",
    "intake.Upload": "No case yet. Thrown away by itself a month after it was sent, or once its events are in.",
    "files.Attachment": "Follows what it hangs on, by type and id.",
    "exits.Disclosure": "Follows the case that it was about, by type and id.",
    "exits.Release": "Follows the case or theme that it was about, by type and id.",
}


def every_table() -> Iterator[Hanging]:
    """Each once, the last of the loop first."""
    for room in ROOMS:
        yield from import_string(room)


def follow(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to what changes the hold on a case, or what hangs on it: its marks are worked out anew, everywhere."""
    entry = Entry.objects.select_related("payload").get(pk=entry_id)
    cases = [entry.subject_id] if entry.subject_type == "event" and entry.subject_id else _joined(entry)
    with history.entry():
        changed = sum(keeping.keep_cases(import_string(room), cases) for room in ROOMS)
        for subject_type, name in SUBJECTS.items():
            hanging: Hanging = import_string(name)
            _carry(subject_type, hanging.rows(hanging.of_cases(cases) | Q(pk=entry.subject_id)))
        payload = {"because": entry.pk, "rows": changed}
        write(kind="keeping.followed", by=System(organisation_id), at=entry.at, payload=payload)


def _joined(entry: Entry) -> list[UUID]:
    """The cases that an entry about something else is about."""
    body = entry.payload.body
    return [UUID(one) for one in json.loads(bytes(body)).get("events", [])] if body is not None else []


def _carry(subject_type: str, rows: QuerySet[Model]) -> None:
    """Files and what went out take on the marks of what they are about."""
    for pk, legal_hold, retain_from in rows.values_list("pk", "legal_hold", "retain_from"):
        files.keep(subject_type, pk, legal_hold=legal_hold, retain_from=retain_from)
        exits.keep(subject_type, pk, legal_hold=legal_hold, retain_from=retain_from)
