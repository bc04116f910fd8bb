"""Finding subjects by their words. What comes back are ids: the caller filters them by what the viewer may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from heedful.foundation.access import tenant

LONGEST_QUERY = 200


@dataclass(frozen=True)
class Hit:
    """One subject found, and the moment it stands under in the list. The last one is where the next page begins."""

    at: datetime
    subject_id: UUID


def find(words: str, subject_type: str, limit: int = 50, before: Hit | None = None) -> list[UUID]:
    """Ids of subjects with all these words, newest first; "quoted words" stand together, -word leaves out."""
    return [hit.subject_id for hit in hits(words, subject_type, limit, before)]


def hits(words: str, subject_type: str, limit: int = 50, before: Hit | None = None) -> list[Hit]:
    """The same with the moments, for paging."""
    tenant.current()
    asked = " ".join(words.replace("\0", " ").split())[:LONGEST_QUERY]
    if not asked:
        return []
    at, subject_id = (before.at, before.subject_id) if before else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, subject_id FROM heedful_search(%s, %s, %s, %s, %s)",
            [asked, subject_type, limit, at, subject_id],
        )
        return [Hit(*row) for row in cursor.fetchall()]
