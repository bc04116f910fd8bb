"""What happens by itself to an action. Each may run twice: a notice is made once per cause."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations as notices
from heedful.loop.actions import links, operations, queries, workforce
from heedful.loop.actions.models import Action

# Whoever comes first and is free of it.
CHECKERS = ("registered_manager", "safeguarding_lead", "nominated_individual")


def tell_lead(organisation_id: UUID, entry_id: UUID) -> None:
    """Agreed, or sent back: tell whoever leads it that it waits for them."""
    entry = Entry.objects.get(pk=entry_id)
    row = _action(entry)
    others = [account for account in workforce.reached(row, entry.at) if account != entry.actor_id]
    _notify(row, _free(row, others, entry), entry)


def escalate_overdue(organisation_id: UUID) -> None:
    """Every day: whoever should know by now that something is late is told."""
    operations.escalate_overdue(organisation_id=organisation_id, at=timezone.now())


def tell_checkers(organisation_id: UUID, entry_id: UUID) -> None:
    """Said to be done: tell those who can check it and may hear of it, never its lead nor whoever said so."""
    entry = Entry.objects.get(pk=entry_id)
    row = _action(entry)
    own = workforce.owners(row) | {entry.actor_id}
    for role in CHECKERS:
        free = [one for one in workforce.holding(role, row.service_ids, entry.at) if one not in own]
        if hear := _free(row, free, entry):
            _notify(row, hear, entry)
            return


def _action(entry: Entry) -> Action:
    rows = Action.objects.select_related("lead", "deputy", "review", "theme")
    return rows.get(organisation_id=entry.organisation_id, pk=str(entry.subject_id))


def _free(row: Action, accounts: Iterable[UUID], entry: Entry) -> list[UUID]:
    return workforce.free_to_hear(row, queries.subject_of(row).event_ids, accounts, entry.at)


def _notify(row: Action, accounts: Iterable[UUID], entry: Entry) -> None:
    notices.notify(
        account_ids=list(accounts),
        kind=entry.kind,
        cause_id=entry.pk,
        link=links.to_action(row.pk),
        at=entry.at,
        organisation_id=entry.organisation_id,
    )
