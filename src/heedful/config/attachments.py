"""What attachments may hang on, and who may see and add them: each room's own rule decides."""

from uuid import UUID

from django.urls import reverse

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files.subjects import Finder, Holder
from heedful.loop.actions import queries as actions
from heedful.loop.incidents import queries
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.queries import visible_to


def event(viewer: Viewer, event_id: UUID) -> Holder | None:
    """Whoever sees the event sees its files; its reporter, and those who may correct it, add to it."""
    found = visible_to(viewer).filter(pk=event_id).first()
    if found is None:
        return None
    own = queries.is_reporter(found, viewer)
    url = reverse("reporting:own" if own else "casefile:show", args=[found.pk])
    may_add = own or bool(may(viewer, Permission.CORRECT_EVENT, queries.subject_of(found)))
    return Holder(
        reference_for(found.number),
        url,
        may_add=may_add,
        nameless=own,
        legal_hold=found.legal_hold,
        retain_from=found.retain_from,
    )


def action(viewer: Viewer, action_id: UUID) -> Holder | None:
    """Whoever sees an action sees what shows that it is done; its lead and those who decide on it add to it."""
    found = actions.actions_seen(viewer).filter(pk=action_id).first()
    if found is None:
        return None
    may_add = found.state == "agreed" and actions.may_work_on(found, viewer)
    return Holder(
        found.what_will_differ[:60],
        reverse("actions:show", args=[found.pk]),
        may_add=may_add,
        legal_hold=found.legal_hold,
        retain_from=found.retain_from,
    )


SUBJECTS: dict[str, Finder] = {"event": event, "action": action}
