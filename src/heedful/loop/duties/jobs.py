"""What happens by itself after a decision. May run twice: a notice is made once per cause."""

from uuid import UUID

from django.urls import reverse

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations as notices
from heedful.loop.duties import queries
from heedful.loop.duties.models import Triage
from heedful.loop.incidents.deciders import LEAD
from heedful.loop.incidents.operations import conflict
from heedful.loop.incidents.queries import decision_makers


def ask_for_second_look(organisation_id: UUID, entry_id: UUID) -> None:
    """A lower level than suggested was chosen: ask those who may agree, never the decider or anyone shut out."""
    entry = Entry.objects.get(pk=entry_id)
    rows = Triage.objects.filter(event_id=str(entry.subject_id)).select_related("event", "event__service")
    row = rows.order_by("-number").first()
    if row is None or not queries.waits(row):
        return
    notices.notify(
        account_ids=_second_people(row, entry),
        kind="event.second_look",
        cause_id=row.pk,
        link=reverse("duties:agree", args=[row.event_id]),
        at=entry.at,
        organisation_id=organisation_id,
    )


def _second_people(row: Triage, entry: Entry) -> list[UUID]:
    """The safeguarding leads who are there; when there is none, whoever else decides for the service."""
    makers = decision_makers(row.event.service_id, entry.at)
    away = conflict.kept_away(row.event, [one.account_id for one in makers], entry.at) | {row.decided_by}
    found = [one for one in makers if one.account_id not in away]
    there = [one for one in found if not one.absent] or found
    leads = [one for one in there if one.role == LEAD]
    return sorted({one.account_id for one in leads or there})
