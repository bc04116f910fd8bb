"""What happens by itself: a decision opens a review, and whoever leads or owns is told. Each may run twice."""

from uuid import UUID

from django.utils import timezone

from heedful.foundation.ledger import queries as ledger
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import System
from heedful.foundation.notices import operations as notices
from heedful.loop.reviews import links, operations
from heedful.loop.reviews.models import Review, Theme


def open_if_required(organisation_id: UUID, entry_id: UUID) -> None:
    """Reaction to a decision: the review that it asks for."""
    entry = Entry.objects.get(pk=entry_id)
    event_id = UUID(str(entry.subject_id))
    operations.open_if_required(event_id=event_id, by=System(organisation_id), at=entry.at)


def tell_lead(organisation_id: UUID, entry_id: UUID) -> None:
    """A review was given to somebody who did not ask for it: tell them."""
    entry = Entry.objects.get(pk=entry_id)
    row = Review.objects.filter(pk=str(entry.subject_id)).first()
    # What a decision asked for stands on its lead's page of today; a notice for each would be noise.
    by_somebody = entry.actor_id is not None
    if (
        row
        and by_somebody
        and row.closed_at is None
        and row.lead_id != entry.actor_id
        and _given(entry, "lead") == row.lead_id
    ):
        _notify("review.yours", row.lead_id, entry, links.to_review(row.pk))


def tell_owner(organisation_id: UUID, entry_id: UUID) -> None:
    """A theme was given to somebody, or opened again: tell them."""
    entry = Entry.objects.get(pk=entry_id)
    row = Theme.objects.filter(pk=str(entry.subject_id)).first()
    again = entry.kind == "theme.reopened"
    if (
        row
        and row.state == "open"
        and row.owner_id != entry.actor_id
        and (again or _given(entry, "owner") == row.owner_id)
    ):
        kind = "theme.reopened" if again else "theme.yours"
        _notify(kind, row.owner_id, entry, links.to_theme(row.pk))


def remind_of_late(organisation_id: UUID) -> None:
    """Every day: whoever should know by now that a review is late is told."""
    operations.remind_of_late(organisation_id=organisation_id, at=timezone.now())


def _given(entry: Entry, name: str) -> UUID | None:
    """To whom this very entry gave it: a job may run after it was passed on again."""
    payload = next((one.payload for one in ledger.timeline(UUID(str(entry.subject_id))) if one.id == entry.pk), {})
    given = payload.get("to") or payload.get(name)
    return UUID(str(given)) if given else None


def _notify(kind: str, account_id: UUID | None, entry: Entry, link: str) -> None:
    if account_id:
        notices.notify(
            account_ids=[account_id], kind=kind, cause_id=entry.pk, link=link, at=entry.at,
            organisation_id=entry.organisation_id,
        )  # fmt: skip
