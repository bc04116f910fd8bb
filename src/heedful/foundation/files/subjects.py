"""What attachments hang on. The rooms above say so through one setting; this room knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.operations import Actor, System


@dataclass(frozen=True)
class Holder:
    """A subject, as far as this viewer may see it."""

    name: str
    url: str
    may_add: bool
    # What this viewer does here must not name them: a ledger entry would give a confidential reporter away.
    nameless: bool = False
    # How long it is kept: its files follow it.
    legal_hold: bool = False
    retain_from: date | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """The marks that a file added now takes on."""
        return {"legal_hold": self.legal_hold, "retain_from": self.retain_from}

    def actor(self, viewer: Viewer) -> Actor:
        """In whose name an entry about this subject is written."""
        return System(viewer.organisation_id) if self.nameless else viewer


Finder = Callable[[Viewer, UUID], Holder | None]


def holder(viewer: Viewer, subject_type: str, subject_id: UUID) -> Holder | None:
    """The subject if this viewer may see it; None when it is absent, another's or of an unknown type."""
    finders: dict[str, Finder] = import_string(settings.HEEDFUL_FILE_SUBJECTS)
    finder = finders.get(subject_type)
    return finder(viewer, subject_id) if finder else None
