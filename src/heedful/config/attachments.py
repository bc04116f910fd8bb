"""What attachments may hang on, and who may see and add them: each room's own rule decides."""

from uuid import UUID

from django.urls import reverse

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files.subjects import Finder, Holder
from heedful.loop.incidents import queries
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.queries import visible_to


def event(viewer: Viewer, event_id: UUID) -> Holder | None:
    """Whoever sees the event sees its files; its reporter, and those who may correct it, add to it."""
    found = visible_to(viewer).filter(pk=event_id).first()
    if found is None:
        return None
    own = queries.is_reporter(found, viewer)
    url = reverse("incidents:own" if own else "casefile:show", args=[found.pk])
    may_add = own or viewer.holds(Permission.CORRECT_EVENT)
    return Holder(reference_for(found.number), url, may_add=may_add, nameless=own)


SUBJECTS: dict[str, Finder] = {"event": event}
