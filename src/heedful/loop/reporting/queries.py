"""Reads of reports not sent yet, each person's own."""

from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.loop.reporting.models import Draft


def my_drafts(viewer: Viewer) -> list[Draft]:
    """Reports that the viewer began and did not send, the latest first."""
    return list(Draft.objects.filter(account_id=viewer.account_id).order_by("-updated_at")[:20])


def draft(client_key: UUID, *, viewer: Viewer) -> Draft | None:
    """One of the viewer's own drafts."""
    return Draft.objects.filter(client_key=client_key, account_id=viewer.account_id).first()
