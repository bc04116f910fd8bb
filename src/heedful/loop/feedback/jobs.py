"""What happens by itself: a result is known, a reporter hears of what waits to be read, a promise is remembered."""

import json
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import System
from heedful.foundation.notices import operations as notices
from heedful.loop.feedback import operations
from heedful.loop.feedback.rules import Recipient
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries import Event


def know_result(organisation_id: UUID, entry_id: UUID) -> None:
    """A verdict was recorded."""
    entry = Entry.objects.get(pk=entry_id)
    said = _payload(entry)
    if "action" not in said:
        return
    operations.know_result(
        action_id=UUID(str(said["action"])), answer=str(said["answer"]), by=System(organisation_id), at=entry.at
    )


def tell_reporter(organisation_id: UUID, entry_id: UUID) -> None:
    """Something was told: a notice that it can be read. Looked up here, so that no page knows who it is."""
    entry = Entry.objects.get(pk=entry_id)
    said = _payload(entry)
    if said.get("recipient") != Recipient.REPORTER or entry.subject_id is None:
        return
    event = Event.objects.filter(pk=entry.subject_id)
    account = incidents.account_to_tell(event)
    if account is None or account == entry.actor_id:
        return
    notices.notify(
        account_ids=[account],
        kind="feedback.told",
        cause_id=UUID(str(said["telling"])),
        link=reverse("feedback:own", args=[entry.subject_id]),
        at=entry.at,
        organisation_id=organisation_id,
    )


def remind_of_untold(organisation_id: UUID) -> None:
    """Every day: whoever should know by now that a reporter was not told is reminded."""
    operations.remind_of_untold(organisation_id=organisation_id, at=timezone.now())


def _payload(entry: Entry) -> dict[str, Any]:
    """Empty once it was erased: then there is nothing to do any more."""
    body = entry.payload.body
    return json.loads(bytes(body)) if body is not None else {}
