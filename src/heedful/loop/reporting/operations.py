"""Sending a report, and keeping it until then. A draft is nobody's record: it has no entry in the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.operations import KeyReused, NewEvent, Recorded
from heedful.loop.reporting.models import Draft
from heedful.loop.reporting.unsent import forget_later


def save_draft(*, client_key: UUID, answers: Mapping[str, Any], by: Viewer, at: datetime) -> Draft:
    """Keep the answers of one page beside those of the pages before it."""
    with transaction.atomic():
        Draft.objects.bulk_create(
            [Draft(organisation_id=by.organisation_id, account_id=by.account_id, client_key=client_key, updated_at=at)],
            ignore_conflicts=True,
        )
        draft = Draft.objects.select_for_update(no_key=True).get(client_key=client_key)
        begun = not draft.answers
        if draft.account_id != by.account_id:
            raise KeyReused(client_key)
        draft.answers, draft.updated_at = {**draft.answers, **answers}, at
        draft.save(update_fields=["answers", "updated_at"])
        if begun:
            forget_later(draft)
    return draft


def send(*, report: NewEvent, by: Viewer, at: datetime) -> Recorded:
    """Record what somebody tells us; its draft goes in the same transaction. Refuses what `record` refuses."""
    with transaction.atomic():
        recorded = incidents.record(report=report, by=by, at=at)
        if not recorded.again:
            Draft.objects.filter(client_key=report.client_key, account_id=by.account_id).delete()
    return recorded


def discard_draft(*, client_key: UUID, by: Viewer, at: datetime) -> bool:
    """Throw away a report that was not sent. True if there was one."""
    gone, _ = Draft.objects.filter(client_key=client_key, account_id=by.account_id).delete()
    return gone > 0
