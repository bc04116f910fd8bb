"""A report not sent yet. It is nobody's record: no ledger entry, and gone once it is sent or thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents.models import Draft
from heedful.loop.incidents.refusals import KeyReused
from heedful.loop.incidents.unsent import forget_later


def save_draft(*, client_key: UUID, answers: Mapping[str, Any], by: Viewer, at: datetime) -> Draft:
    """Keep the answers of one page beside those of the pages before it."""
    with transaction.atomic():
        Draft.objects.bulk_create(
            [Draft(organisation_id=by.organisation_id, account_id=by.account_id, client_key=client_key, updated_at=at)],
            ignore_conflicts=True,
        )
        draft = Draft.objects.select_for_update().get(client_key=client_key)
        begun = not draft.answers
        if draft.account_id != by.account_id:
            raise KeyReused(client_key)
        draft.answers, draft.updated_at = {**draft.answers, **answers}, at
        draft.save(update_fields=["answers", "updated_at"])
        if begun:
            forget_later(draft)
    return draft


def discard_draft(*, client_key: UUID, by: Viewer, at: datetime) -> bool:
    """Throw away a report that was not sent. True if there was one."""
    gone, _ = Draft.objects.filter(client_key=client_key, account_id=by.account_id).delete()
    return gone > 0
