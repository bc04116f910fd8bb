"""Forgetting somebody, room by room, in one job: either every room has forgotten, or none has and it is tried again."""

from uuid import UUID

from django.utils.module_loading import import_string

from heedful.foundation.ledger import erasure
from heedful.foundation.people.erasure import held_now

# The words first, while the names to look for are still known.
ROOMS = (
    "heedful.loop.feedback.erasure.after_erasure_agreed",
    "heedful.loop.audits.erasure.after_erasure_agreed",
    "heedful.loop.actions.erasure.after_erasure_agreed",
    "heedful.loop.reviews.erasure.after_erasure_agreed",
    "heedful.loop.duties.erasure.after_erasure_agreed",
    "heedful.loop.incidents.erasure.after_erasure_agreed",
    "heedful.intake.erasure.after_erasure_agreed",
    "heedful.foundation.exits.erasure.after_erasure_agreed",
    "heedful.foundation.files.erasure.after_erasure_agreed",
    "heedful.foundation.people.erasure.after_erasure_agreed",
)


def forget(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`."""
    decision = erasure.agreed_erasure(entry_id)
    if decision.subject_type == "person" and held_now(decision.subject_id):
        # Somebody put a hold on it after the two had agreed: they decide again once it is lifted.
        erasure.stop(decision)
        return
    for room in ROOMS:
        import_string(room)(organisation_id, entry_id)
    erasure.forget_names(decision)
