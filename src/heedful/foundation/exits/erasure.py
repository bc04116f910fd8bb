"""Forgetting a person in what was written about what left; that it left, when and to whom stays."""

from uuid import UUID

from heedful.foundation.exits.hanging import HANGING
from heedful.foundation.exits.models import Disclosure
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import forgetting


def after_erasure_agreed(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`, before the events forget whom they were about."""
    forgetting.forget_room(HANGING, ledger.agreed_erasure(entry_id), kind="exits.erased")


def forget_case(event_id: UUID) -> None:
    """To whom parts of a case were given, and why, goes with it; that they were stays."""
    gone = {"purpose": forgetting.ERASED, "body_name": forgetting.ERASED, "reference": ""}
    Disclosure.objects.filter(subject_type="event", subject_id=event_id).update(**gone)
