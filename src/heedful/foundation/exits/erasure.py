"""Forgetting a person in what was written about what left; that it left, when and to whom stays."""

import re
from uuid import UUID

from heedful.foundation.exits.models import Clearing, Disclosure, Release
from heedful.foundation.ledger import erasure as ledger

ERASED = "[erased]"


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`. Part of one job that writes its own entries."""
    decision = ledger.agreed_erasure(entry_id)
    names = sorted({part for name in decision.names for part in (name, *name.split()) if len(part) > 2}, key=len)[::-1]
    if decision.subject_type != "person" or not names:
        return
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)
    for rows, fields in (
        (Disclosure.objects.all(), ("purpose", "body_name", "reference")),
        (Release.objects.all(), ("text",)),
        (Clearing.objects.all(), ("why",)),
    ):
        for row in rows:
            changed = [field for field in fields if pattern.search(getattr(row, field))]
            for field in changed:
                setattr(row, field, pattern.sub(ERASED, getattr(row, field)))
            if changed:
                row.save(update_fields=changed)
