"""Forgetting somebody, room by room, in one job: either every room has forgotten, or none has and it is tried again."""

from uuid import UUID

from django.utils import timezone
from django.utils.module_loading import import_string

from heedful.config.keeping import every_table
from heedful.foundation.exits.erasure import forget_case as forget_given_out
from heedful.foundation.files.erasure import forget_files
from heedful.foundation.ledger import erasure, forgetting, history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import System, write
from heedful.foundation.people.erasure import held_now
from heedful.loop.incidents.erasure import forget_people_of
from heedful.loop.incidents.queries.retention import is_held

# The words first, while the names to look for are still known.
ROOMS = (
    "heedful.oversight.governance.erasure.after_erasure_agreed",
    "heedful.loop.feedback.erasure.after_erasure_agreed",
    "heedful.loop.audits.erasure.after_erasure_agreed",
    "heedful.loop.actions.erasure.after_erasure_agreed",
    "heedful.loop.reviews.erasure.after_erasure_agreed",
    "heedful.loop.duties.erasure.after_erasure_agreed",
    "heedful.loop.reporting.erasure.after_erasure_agreed",
    "heedful.loop.incidents.erasure.after_erasure_agreed",
    "heedful.intake.erasure.after_erasure_agreed",
    "heedful.foundation.exits.erasure.after_erasure_agreed",
    "heedful.foundation.files.erasure.after_erasure_agreed",
    "heedful.foundation.people.erasure.after_erasure_agreed",
)


def forget(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to `erasure.agreed`."""
    decision = erasure.agreed_erasure(entry_id)
    if decision.subject_type == "event":
        _forget_case(decision)
        return
    if decision.subject_type == "person" and held_now(decision.subject_id):
        # Somebody put a hold on it after the two had agreed: they decide again once it is lifted.
        erasure.stop(decision)
        return
    for room in ROOMS:
        import_string(room)(organisation_id, entry_id)
    erasure.forget_names(decision)


def _forget_case(decision: Erasure) -> None:
    """A whole case whose time is over, with all that came of it alone. Codes, days and numbers stay, for the counts."""
    case, at = decision.subject_id, timezone.now()
    if is_held(case):
        erasure.stop(decision)
        return
    with history.entry():
        gone = {hanging.model: forgetting.forget_case(hanging, decision) for hanging in every_table() if hanging.events}
        forget_people_of(case, decision)
        forget_files(subject_ids=[pk for rows in gone.values() for pk in rows], decision=decision)
        forget_given_out(case)
        by = System(decision.organisation_id)
        payload = {"erasure": str(decision.pk)}
        write(kind="case.erased", by=by, at=at, subject_type="event", subject_id=case, payload=payload)
